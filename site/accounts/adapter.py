"""allauth, as this portal wants it: see the settings under «People» too."""

from smtplib import SMTPException
from urllib.parse import urlencode

import qrcode
import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from accounts.letters import paragraphs
from accounts.models import User

log = structlog.get_logger(__name__)


class LetterNotSent(ImmediateHttpResponse):
    """The mail server is away: the person is told so on a page of its own, the deed may be tried again."""


class AccountAdapter(DefaultAccountAdapter):
    """E-mail sign-in, letters in two forms from one text, links that no forged Host header can bend."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off. Write to the coordinator."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _("The address or the password is wrong. Check both and try again."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("The password is wrong."),
        "invalid_password_reset": _("The link is out of date."),
        "too_many_login_attempts": _("Too many wrong attempts. Wait five minutes or set a new password by letter."),
        "rate_limited": _("Too many requests. Wait a minute and try again."),
        "same_as_current": _("This is the address you have now. Give another one."),
    }

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address comes from the settings: a forged Host header must not lead a letter's reader elsewhere."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.BASE_URL + path.replace("UID-KEY", key)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation) -> str:
        """With where the person was going: the letter may be opened on another machine."""
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        target = get_next_redirect_url(request)
        return settings.BASE_URL + path + (f"?{urlencode({'next': target})}" if target else "")

    def get_email_verification_redirect_url(self, email_address) -> str:
        """Back to where the change was begun, or to the door; one who comes in for the first time goes on from it."""
        if self.request.user.is_authenticated:
            return reverse("account_email")
        if email_address.user.last_login:
            return reverse("account_login")
        return f"{reverse('account_login')}?{urlencode({'next': self.get_signup_redirect_url(self.request)})}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:index")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        """Counted by account alone: allauth adds the Host header, which a guesser may change at will."""
        return credentials.get("email", "").lower()

    def render_mail(self, template_prefix, email, context, headers=None) -> EmailMultiAlternatives:
        """A letter in plain text and the same text in HTML."""
        context = {
            **context,
            "portal": settings.WAGTAIL_SITE_NAME,
            "portal_url": settings.BASE_URL,
            "reset_url": settings.BASE_URL + reverse("account_reset_password"),
            "signup_url": settings.BASE_URL + reverse("account_signup"),
        }
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        text = render_to_string(f"{template_prefix}_message.txt", context).strip() + "\n"
        letter = EmailMultiAlternatives(subject, text, self.get_from_email(), [email], headers=headers)
        page = render_to_string("account/email/letter.html", {"subject": subject, "paragraphs": paragraphs(text)})
        letter.attach_alternative(page, "text/html")
        return letter

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Sends a letter at once.

        Raises:
            LetterNotSent: the mail server is away or refused it.
        """
        try:
            self.render_mail(template_prefix, email, context).send()
        except (SMTPException, OSError) as error:
            log.exception("letter_not_sent", letter=template_prefix)
            raise LetterNotSent(render(self.request, "accounts/letter_not_sent.html", status=503)) from error

    def send_notification_mail(self, template_prefix: str, user: User, context=None, email=None) -> None:
        """Tells of a thing that is done already: that the letter did not go must not undo or hide it."""
        try:
            super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)
        except LetterNotSent:
            return


class MFAAdapter(DefaultMFAAdapter):
    """The second step in the house's words; its picture is readable on a dark page too."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("The second step cannot be switched off."),
        "cannot_generate_recovery_codes": _("Recovery codes need the second step: switch it on first."),
        "incorrect_code": _("The code is wrong or out of date. Take a fresh one from the application."),
        "unverified_email": _("Confirm your address first, then switch on the second step."),
    }

    def _get_site_name(self) -> str:
        """What a telephone shows beside a passkey; allauth would show the address."""
        return settings.WAGTAIL_SITE_NAME

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        """«Key 1», which its owner may change."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Key %(number)s") % {"number": count + 1}

    def build_totp_svg(self, url: str) -> str:
        """The QR code on white: allauth's own has no ground, and black on a dark page no telephone reads."""
        return qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
