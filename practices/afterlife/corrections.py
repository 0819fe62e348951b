"""Notes to readers of what was wrong in the published text."""

from django.db import transaction

from accounts.models import User
from practices.afterlife.adoptions import NotPublished
from practices.locks import lock_page
from practices.models import Correction, PracticePage


@transaction.atomic
def note(*, practice: PracticePage, author: User, text: str) -> Correction:
    """The note; the same words said again are the same note. Raises NotPublished."""
    practice = lock_page(practice.pk)
    if not practice.live:
        raise NotPublished(practice)
    return Correction.objects.get_or_create(practice=practice, text=text, defaults={"author": author})[0]


def remove(*, practice: PracticePage, number: str) -> None:
    """Takes a note off, by its number as a form sends it; a number of another practice's note does nothing."""
    if number.isdecimal() and len(number) < 18:  # noqa: PLR2004 - what a bigint holds
        Correction.objects.filter(practice=practice, pk=number).delete()
