"""A letter is handed to the mail server once; where nobody can tell whether it was, a person decides.

1. `send` takes an advisory lock on the letter, then claims it (waiting → sending) and commits that.
2. It talks to the mail server, and writes down what came of it.
3. `sweep` finds letters that are «being sent» while nobody holds their lock: PostgreSQL frees the lock the moment a
   worker's connection ends, so the worker is gone, at whatever point of the talk. Such a letter becomes «unknown». A
   guess by time would either wait for long or take a slow server's letter from under a living worker.

A worker that lost its database in the middle and comes back still knows the outcome and writes it down, even if
`sweep` came first: `claimed_at` names the attempt.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog
from django.core.mail import EmailMultiAlternatives
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from notifications import queue
from notifications.composing import LANGUAGE
from notifications.models import Letter
from notifications.smtp import LetterInDoubt, LetterRefused

log = structlog.get_logger(__name__)

State = Letter.State
#: Minutes from one attempt to the next: some twenty-two hours in all.
PAUSES = (1, 5, 15, 60, 180, 360, 720)
ATTEMPTS = len(PAUSES) + 1
#: Some servers say «never» and mean «not now».
ATTEMPTS_WHEN_REFUSED_FOR_GOOD = 3
#: A letter that nobody has tried for so long has lost its job.
FORGOTTEN = timedelta(minutes=5)
ASKED_AT_ONCE = 500
#: Seconds between the attempts to write down what became of a letter while the database is away.
PATIENCE = (0, 1, 2, 4, 8, 15)
#: Letters that need nobody any more are kept for so long.
KEPT = timedelta(days=90)


def send(letter_id: int) -> None:
    """Send a letter whose time has come; do nothing with any other."""
    with _held(letter_id) as mine:
        letter = _claimed(letter_id) if mine else None
        if letter is None:
            return
        try:
            message(letter).send()
        except LetterRefused as error:
            log.warning("letter_refused", letter=letter.pk, attempt=letter.attempts, error=str(error))
            _persist(_refused, letter, error)
        except LetterInDoubt as error:
            log.error("letter_in_doubt", letter=letter.pk, error=str(error))  # noqa: TRY400 - no traceback is needed
            _persist(_in_doubt, letter, error)
        else:
            _persist(_sent, letter)


def sweep() -> None:
    """Mark what a dead worker left behind, and ask anew for letters whose time has come."""
    for pk, claimed_at in Letter.objects.filter(state=State.SENDING).values_list("pk", "claimed_at"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [_lock(pk)])
            if cursor.fetchone()[0]:
                _mark_unknown(pk, claimed_at)
    now = timezone.now()
    unasked = Letter.objects.due().filter(Q(attempts__gt=0) | Q(next_try__lte=now - FORGOTTEN))
    for pk in unasked.order_by("next_try").values_list("pk", flat=True)[:ASKED_AT_ONCE]:
        queue.ask_again(pk)


def forget() -> None:
    """Forget letters that went, or were settled, long ago: they are personal data and serve nobody any more."""
    before = timezone.now() - KEPT
    Letter.objects.filter(Q(state=State.SENT, sent_at__lt=before) | Q(settled_at__lt=before)).delete()


def message(letter: Letter) -> EmailMultiAlternatives:
    """The letter as it goes out; the same at each attempt but for its date."""
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    if letter.unsubscribe_url:
        headers |= {
            "List-Unsubscribe": f"<{letter.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.to], headers=headers)
    mail.attach_alternative(letter.html, "text/html")
    return mail


def _lock(letter_id: int) -> str:
    return f"letter-{letter_id}"


@contextmanager
def _held(letter_id: int) -> Iterator[bool]:
    """Whether this session now holds the lock of a letter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [_lock(letter_id)])
        mine = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        if mine:
            _release(letter_id)


def _release(letter_id: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [_lock(letter_id)])
    except (OperationalError, InterfaceError):
        # The lock went with the connection.
        connection.close()


def _claimed(letter_id: int) -> Letter | None:
    """The letter, now being sent by us, which is committed before the mail server hears of it; None: not its time."""
    with transaction.atomic(durable=True):
        claim = {"state": State.SENDING, "claimed_at": timezone.now(), "attempts": F("attempts") + 1, "error": ""}
        if not Letter.objects.due().filter(pk=letter_id).update(**claim):
            return None
        return Letter.objects.get(pk=letter_id)


def _attempt(letter: Letter):
    return Letter.objects.filter(pk=letter.pk, claimed_at=letter.claimed_at)


def _sent(letter: Letter) -> None:
    """Whatever was thought of the letter meanwhile: the server has it."""
    _attempt(letter).update(state=State.SENT, sent_at=timezone.now(), error="", settled_at=None)


def _in_doubt(letter: Letter, error: LetterInDoubt) -> None:
    _attempt(letter).filter(state=State.SENDING).update(state=State.UNKNOWN, error=str(error))


def _refused(letter: Letter, error: LetterRefused) -> None:
    limit = ATTEMPTS_WHEN_REFUSED_FOR_GOOD if error.for_good else ATTEMPTS
    changes = {"error": str(error)}
    if letter.attempts >= limit:
        changes |= {"state": State.REFUSED}
    else:
        pause = timedelta(minutes=PAUSES[letter.attempts - 1])
        changes |= {"state": State.WAITING, "next_try": timezone.now() + pause}
    _attempt(letter).filter(state__in=[State.SENDING, State.UNKNOWN], settled_at=None).update(**changes)


def _mark_unknown(pk: int, claimed_at) -> None:
    with override(LANGUAGE):
        error = _("The sending was cut off: the worker or the database was stopped.")
    cut_off = Letter.objects.filter(pk=pk, claimed_at=claimed_at, state=State.SENDING)
    if cut_off.update(state=State.UNKNOWN, error=error):
        log.error("letter_in_doubt", letter=pk, error="the worker is gone")


def _persist(write: Callable[..., None], letter: Letter, *args) -> None:
    """Write down what became of a letter, waiting for a database that restarts.

    In vain? Then the letter is found by `sweep` as one whose worker is gone.
    """
    for pause in PATIENCE:
        time.sleep(pause)
        try:
            with transaction.atomic(durable=True):
                write(letter, *args)
        except (OperationalError, InterfaceError):
            connection.close()
        else:
            return
    log.error("letter_outcome_lost", letter=letter.pk, outcome=write.__name__)
