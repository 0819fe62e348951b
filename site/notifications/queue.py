"""Asking the worker to send letters; asked inside a transaction, it begins only when that is committed."""

from collections.abc import Iterable

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

SEND_LETTER = "notifications.tasks.send_letter"


def ask_to_send(letters: Iterable[int]) -> None:
    """Have letters sent, each by a job of its own: one that hangs or dies holds up no other."""
    jobs = [{"letter_id": letter} for letter in letters]
    if jobs:
        app.configure_task(SEND_LETTER).batch_defer(*jobs)


def ask_again(letter: int) -> None:
    """Ask for a letter that may have been asked for already: twice before the worker begins is once."""
    try:
        with transaction.atomic():
            app.configure_task(SEND_LETTER, queueing_lock=f"letter-{letter}").defer(letter_id=letter)
    except AlreadyEnqueued:
        pass
