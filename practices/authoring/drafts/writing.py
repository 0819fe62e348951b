"""Beginning a draft, saving it without overwriting anybody silently, copying it, throwing it away."""

import json
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from wagtail.actions.delete_page import DeletePageAction

from accounts.models import User
from core.receivers import unseen
from practices.authoring import content as contents
from practices.authoring.reading import (
    current_version,
    draft_of,
    first_author,
    is_never_published,
    is_referred_to,
    is_under_review,
)
from practices.choices import Licence
from practices.locks import lock_page
from practices.models import BankPage, PracticeAuthor, PracticePage, Round, Submission
from practices.models.practice import this_year
from schools.services import user_school

#: Unpublished drafts of one person.
MOST_DRAFTS = 100
#: Of a draft's address until its first submission gives it a readable one.
SECRET_SLUG = 16


class Stale(Exception):  # noqa: N818 - named by what happened
    """Somebody has saved another text since: `current` is the submission as it is now."""

    def __init__(self, current: Submission):
        super().__init__(current.version)
        self.current = current


class Locked(Exception):  # noqa: N818
    """The text is under review: nobody changes it until the experts decide or the author calls it back."""


class TooManyDrafts(Exception):  # noqa: N818
    """The person has begun so many that this is no writing any more."""


class NotDiscardable(Exception):  # noqa: N818
    """It was published or reviewed: other people's words hang on it."""


def locked(practice: PracticePage) -> PracticePage:
    """The practice anew, its row held to the end of the transaction."""
    return lock_page(practice.pk)


@transaction.atomic
def start(*, author: User, origin: uuid.UUID | None = None, **content: Any) -> PracticePage:
    """A new draft of this author with this content (keys of `authoring.content`).

    The same `origin` by the same author is the same draft: a second click begins nothing.

    Raises:
        TooManyDrafts.
    """
    # Two first saves of one form at once: the second waits here and finds the first one's draft.
    User.objects.select_for_update().get(pk=author.pk)
    if origin and (begun := Submission.objects.filter(origin=origin, author=author).first()):
        return begun.practice
    if PracticePage.objects.filter(owner=author, first_published_at=None).count() >= MOST_DRAFTS:
        raise TooManyDrafts(author)
    defaults = {"title": contents.UNTITLED, "kind": "", "year": this_year(), "licence": Licence.CC_BY}
    page = PracticePage(
        slug=f"draft-{get_random_string(SECRET_SLUG).lower()}",
        live=False,
        owner=author,
        problem="",
        results="",
        school=user_school(author),
        **defaults,
    )
    contents.apply(page, {name: value for name, value in content.items() if name not in {"subjects", "tags"}})
    page.authors.add(PracticeAuthor(user=author, name=author.get_full_name(), sort_order=0))
    # Two drafts begun at once would be given one place in the tree.
    bank = BankPage.objects.select_for_update(of=("self",)).get()
    with unseen():
        bank.add_child(instance=page)
    contents.apply(page, {name: value for name, value in content.items() if name in {"subjects", "tags"}})
    revision = write(page, author)
    Submission.objects.create(practice=page, author=author, saved_by=author, origin=origin, revision=revision)
    return page


def write(draft: PracticePage, user: User, *, over=None):
    """The revision in which the object is now stored; `over` is one that it may replace."""
    with unseen():
        if is_never_published(draft):
            draft.save(clean=False)
        return draft.save_revision(user=user, clean=False, overwrite_revision=over)


@transaction.atomic
def save(*, practice: PracticePage, user: User, version: int, content: dict[str, Any]) -> Submission:
    """Save this content over the text of this version.

    The same content twice is one save, whatever version the second one names.

    Raises:
        Stale: the text has changed since that version; nothing is saved.
        Locked: it is under review.
    """
    practice = locked(practice)
    if is_under_review(practice):
        raise Locked(practice)
    submission = locked_submission(practice, user)
    draft = draft_of(practice)
    before = draft.serializable_data()
    contents.apply(draft, content)
    if same(before, draft.serializable_data()):
        return submission
    if version != submission.version:
        raise Stale(submission)
    return put(submission, draft, user)


def locked_submission(practice: PracticePage, user: User) -> Submission:
    """The practice's row of saves, made now for one that an import brought: that does not make `user` its author."""
    made_now = {
        "author": lambda: first_author(practice),
        "saved_by": user,
        "version": 0,
        "revision_id": practice.latest_revision_id,
    }
    submission, _made = Submission.objects.select_for_update().get_or_create(practice=practice, defaults=made_now)
    submission.version = current_version(practice, submission)
    submission.practice = practice
    return submission


def same(before: dict, after: dict) -> bool:
    return _comparable(before) == _comparable(after)


def _comparable(data: dict) -> dict:
    """Without what tells only how the rows are kept."""
    kept = dict(data)
    for name in ("materials", "authors", "tagged_items"):
        rows = [{key: value for key, value in row.items() if key not in {"pk", "sort_order"}} for row in data[name]]
        kept[name] = rows
    return kept


def put(submission: Submission, draft: PracticePage, user: User, *, anew: bool = False) -> Submission:
    """Store the draft as the next version. A plain draft of the same person gives way to it, unless `anew`."""
    latest = draft.latest_revision
    replaceable = latest and not anew and latest.user_id == user.pk and not is_referred_to(latest)
    submission.revision = write(draft, user, over=latest if replaceable else None)
    submission.version += 1
    submission.saved_at, submission.saved_by = timezone.now(), user
    submission.save(update_fields=["version", "revision", "saved_at", "saved_by"])
    return submission


@transaction.atomic
def put_over(*, practice: PracticePage, user: User, content: dict[str, Any]) -> Submission:
    """Save over whatever stands there, as the writer has chosen: what stood there stays as a revision.

    Raises:
        Locked: it is under review.
    """
    practice = locked(practice)
    if is_under_review(practice):
        raise Locked(practice)
    submission = locked_submission(practice, user)
    draft = draft_of(practice)
    contents.apply(draft, content)
    return put(submission, draft, user, anew=True)


@transaction.atomic
def copy_of(
    *, practice: PracticePage, author: User, content: dict[str, Any] | None = None, origin: uuid.UUID | None = None
) -> PracticePage:
    """A new draft of this author that begins from the practice's text, `content` in the place of its own.

    The same `origin` by the same author is one draft for each practice and content.
    """
    if origin:
        origin = uuid.uuid5(origin, f"{practice.pk} {json.dumps(content, sort_keys=True)}")
    copied = contents.content_of(draft_of(practice)) | (content or {})
    # Where they worked then is not where they work now.
    copied.pop("school")
    return start(author=author, origin=origin, **copied)


@transaction.atomic
def discard(*, practice: PracticePage, user: User) -> None:
    """The draft goes for good; its uploads follow when nothing else shows them.

    Raises:
        NotDiscardable: it was published or reviewed once.
    """
    try:
        practice = locked(practice)
    except PracticePage.DoesNotExist:
        return
    if not is_discardable(practice):
        raise NotDiscardable(practice)
    with unseen():
        # Whose it is was asked at the door; Wagtail would ask for a right in the admin.
        DeletePageAction(practice, user=user).execute(skip_permission_checks=True)


def is_discardable(practice: PracticePage) -> bool:
    return is_never_published(practice) and not Round.objects.filter(practice=practice).exists()
