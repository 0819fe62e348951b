"""Django's SMTP backend that can tell, when a sending breaks, whether the server may have the letter.

The dividing line is the dot that ends a letter (RFC 5321, 4.1.1.4): before it goes out the server has taken nothing;
after it only the server's answer tells, and a connection lost between the two leaves it open for ever.
"""

import contextlib
import re
import smtplib
from http import HTTPStatus

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

GO_AHEAD = 354
LINE_END = b"\r\n"


class LetterRefused(smtplib.SMTPException):
    """The server has not taken the letter. `for_good`: it said that trying again is of no use (5yz), or nothing can
    be made of the letter at all.
    """

    def __init__(self, cause: Exception, *, for_good: bool = False) -> None:
        super().__init__(described(cause))
        self.for_good = for_good


class LetterInDoubt(smtplib.SMTPException):
    """The letter was handed over whole, and no answer came: the server may have taken it."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(described(cause))


class Staged:
    """An SMTP connection that knows whether a letter is out of its hands."""

    handed_over = False

    def data(self, msg: bytes) -> tuple[int, bytes]:
        """As smtplib's, but the dot goes out by itself."""
        self.handed_over = False
        self.putcmd("data")
        code, reply = self.getreply()
        if code != GO_AHEAD:
            raise smtplib.SMTPDataError(code, reply)
        body = re.sub(rb"(?m)^\.", b"..", msg)
        self.send(body if body.endswith(LINE_END) else body + LINE_END)
        self.handed_over = True
        self.send(b"." + LINE_END)
        code, reply = self.getreply()
        self.handed_over = not is_refusal(code)
        return code, reply


class StagedSMTP(Staged, smtplib.SMTP):
    pass


class StagedSMTPS(Staged, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Raises LetterRefused or LetterInDoubt; both are SMTPExceptions, as Django's callers expect."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return StagedSMTPS if self.use_ssl else StagedSMTP

    def open(self) -> bool | None:
        try:
            return super().open()
        except (smtplib.SMTPException, OSError) as error:
            # A wrong password is mended by the portal's owner, not by giving up on the letter.
            raise LetterRefused(error) from error

    def _send(self, email_message: EmailMessage) -> bool:
        try:
            return super()._send(email_message)
        except (smtplib.SMTPException, OSError) as error:
            if self.connection.handed_over:
                raise LetterInDoubt(error) from error
            raise LetterRefused(error, for_good=is_final(error)) from error
        except ValueError as error:
            # An address or a header that no letter can have.
            raise LetterRefused(error, for_good=True) from error

    def _close_connection(self, connection: smtplib.SMTP) -> None:
        """Whatever goes wrong at the goodbye, the letter's fate is known by now."""
        try:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                connection.quit()
        finally:
            connection.close()


def is_refusal(code: int) -> bool:
    return HTTPStatus.BAD_REQUEST <= code < 600  # noqa: PLR2004 - SMTP's classes of answers are numbered as HTTP's


def is_final(error: Exception) -> bool:
    """Whether the server's answer is of the class «do not try again»."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in error.recipients.values())  # noqa: PLR2004
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500  # noqa: PLR2004


def described(error: Exception) -> str:
    """What the server said, or what became of the connection, in one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        error = next(iter(error.recipients.values()))
        return f"{error[0]} {readable(error[1])}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {readable(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def readable(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return " ".join(text.replace("\x00", "").split())[:500]
