"""Drafts whose author is gone: the coordinator hands them over to somebody who will go on."""

from contextlib import suppress

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from practices.afterlife import people
from practices.authoring.drafts.writing import locked, locked_submission, put
from practices.authoring.reading import draft_of
from practices.choices import AuthorRole
from practices.models import PracticeAuthor, PracticePage, Review, Submission
from practices.review.errors import NotUnderReview
from practices.review.services import call_back


class NotOrphaned(Exception):  # noqa: N818 - named by what happened
    """The draft has an author with an account."""


class ReadsIt(Exception):  # noqa: N818
    """This person was asked to review the very practice: nobody is both its expert and its author."""


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

    Raises:
        NotOrphaned: somebody answers for it already; also for the second of two presses.
        ReadsIt: `to` was asked to review it.
    """
    practice = locked(practice)
    submission = locked_submission(practice, to)
    if submission.author_id:
        raise NotOrphaned(practice)
    if readers_of(practice).filter(pk=to.pk).exists():
        raise ReadsIt(practice)
    inherit(submission, to, by)


def inherit(submission: Submission, heir: User, by: User) -> None:
    """The heir answers for the draft and is named in its text, which for that comes back from a review."""
    practice = submission.practice
    submission.author = heir
    submission.save(update_fields=["author"])
    named = {author.user_id for author in draft_of(practice).authors.all() if author.role == AuthorRole.AUTHOR}
    if heir.pk not in named:
        with suppress(NotUnderReview):
            call_back(practice=practice, user=by)
        practice.refresh_from_db()
        draft = draft_of(practice)
        draft.authors.add(PracticeAuthor(user=heir, name=heir.get_full_name()))
        put(submission, draft, by, anew=True)
    tell_heir(submission, heir)


def readers_of(practice: PracticePage) -> QuerySet[User]:
    """Who was ever asked to review it, whatever came of it."""
    return User.objects.filter(pk__in=Review.objects.filter(round__practice=practice).values("expert"))


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
