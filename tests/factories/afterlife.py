"""Published practices of people with accounts, and what becomes of them."""

from datetime import date

from practices.afterlife import adoptions
from practices.models import Adoption, PracticeAuthor, PracticePage, Submission
from search import index
from tests.factories import pages
from tests.factories.accounts import UserFactory


def practice_by(*authors, **values) -> PracticePage:
    """A public practice of these people, as it stands after its first publication on the portal."""
    practice = pages.practice(**values)
    for order, user in enumerate(authors):
        PracticeAuthor.objects.create(page=practice, user=user, sort_order=order)
    practice = PracticePage.objects.get(pk=practice.pk)
    revision = practice.save_revision(clean=False)
    # The same text with its authors: one edition, not two.
    practice.live_revision = revision
    practice.has_unpublished_changes = False
    practice.save(clean=False)
    if authors:
        Submission.objects.create(practice=practice, author=authors[0], revision=revision)
    index.update("practice", [practice.pk])
    return practice


def teacher(**fields):
    return UserFactory(roles=["teacher"], **fields)


def report(practice: PracticePage | None = None, by=None, **fields) -> Adoption:
    fields = {
        "held_on": date(2026, 10, 5),
        "class_name": "5 «Б», 27 человек",
        "outcome": "Все справились за урок.",
        **fields,
    }
    return adoptions.report(practice=practice or practice_by(teacher()), teacher=by or teacher(), **fields)
