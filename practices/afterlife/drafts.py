"""Drafts whose author is gone: the coordinator hands them over to somebody who will go on."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from practices.afterlife import people
from practices.authoring.drafts.writing import locked, locked_submission, put
from practices.authoring.reading import draft_of, is_under_review
from practices.choices import AuthorRole
from practices.models import PracticeAuthor, PracticePage, Submission


class NotOrphaned(Exception):  # noqa: N818 - named by what happened
    """The draft has an author with an account."""


def orphaned() -> QuerySet[Submission]:
    """Unfinished texts that nobody with an account answers for: never published, or with changes not yet public."""
    present = PracticeAuthor.objects.filter(page=OuterRef("practice"), user__isnull=False, role=AuthorRole.AUTHOR)
    unfinished = Q(practice__live=False, practice__withdrawal=None) | Q(practice__has_unpublished_changes=True)
    return (
        Submission.objects.filter(unfinished, ~Exists(present), author=None)
        .filter(practice__withdrawal=None)
        .select_related("practice")
        .order_by("-saved_at", "-pk")
    )


@transaction.atomic
def hand_over(*, practice: PracticePage, to: User, by: User) -> None:
    """`to` becomes an author beside those named before, and answers for the draft from now on.

    Raises NotOrphaned: somebody answers for it already; also for the second of two presses.
    """
    practice = locked(practice)
    submission = locked_submission(practice, to)
    if submission.author_id:
        raise NotOrphaned(practice)
    submission.author = to
    submission.save(update_fields=["author"])
    if not is_under_review(practice):
        draft = draft_of(practice)
        draft.authors.add(PracticeAuthor(user=to, name=to.get_full_name()))
        put(submission, draft, by, anew=True)
    tell_heir(submission, to)


def is_unfinished(practice: PracticePage) -> bool:
    return not practice.live or practice.has_unpublished_changes


def tell_heir(submission: Submission, heir: User) -> None:
    people.tell(
        [heir],
        kind="practices.handed_over",
        title=_("The practice “%(title)s” is yours to go on with"),
        words={"title": submission.practice.draft_title},
        text=_("Its author has left the portal. You will find it among your practices."),
        url=reverse("cabinet:practices"),
        key=f"handed-over-{submission.pk}-{heir.pk}",
    )


def tell_coordinators(submission: Submission) -> None:
    people.tell(
        people.coordinators(),
        kind="practices.orphaned",
        title=_("The draft “%(title)s” is left without an author"),
        words={"title": submission.practice.draft_title},
        text=_("Its author has left the portal. You can hand the draft over to another teacher."),
        url=reverse("cabinet:drafts"),
        key=f"orphaned-{submission.pk}",
    )
