"""Who may write a practice, and open the files in it."""

from typing import Any

import rules
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex

from accounts.models import User
from files.models import PortalDocument
from practices.authoring.reading import first_author
from practices.choices import AuthorRole
from practices.models import CoauthorInvitation, PracticePage, Submission


def written_by(user: User) -> Q:
    """Condition on practices: this person answers for it, is named as its author, or has agreed to write with them.

    Consultants and photographers are named beside the authors and do not write.
    """
    agreed = CoauthorInvitation.objects.filter(answered_by=user, state=CoauthorInvitation.State.ACCEPTED)
    made = Q(authors__user=user, authors__role=AuthorRole.AUTHOR)
    return Q(submission__author=user) | made | Q(pk__in=agreed.values("submission__practice"))


@rules.predicate
def is_writer(user: User, practice: PracticePage | None) -> bool:
    if practice is None or not user.is_authenticated:
        return False
    return PracticePage.objects.filter(written_by(user), pk=practice.pk).exists()


@rules.predicate
def answers_for(user: User, practice: PracticePage | None) -> bool:
    """The one who submits it, invites and may throw it away; where nobody is left, any who writes it."""
    if practice is None or not user.is_authenticated:
        return False
    submission = Submission.objects.filter(practice=practice).select_related("author").first()
    author = submission.author if submission else first_author(practice)
    return author == user if author else is_writer(user, practice)


rules.add_perm("practices.write_practice", rules.is_active & is_writer)
rules.add_perm("practices.answer_for_practice", rules.is_active & answers_for)


def practices_of(user: User) -> Any:
    """Practices that this person may write, the newest text first."""
    return PracticePage.objects.filter(written_by(user)).distinct().order_by("-latest_revision_created_at", "-pk")


def opens_file(user: User, document: PortalDocument) -> bool:
    """Co-authors open each other's files in the text that they write together (see `files.access.let_in`)."""
    from practices.authoring.uploads.used import documents_in  # noqa: PLC0415 - reads drafts, which need the models

    # Other things than pages show documents too, by numbers of their own.
    on_pages = {"base_content_type": ContentType.objects.get_for_model(Page)}
    shown = ReferenceIndex.get_references_to(document).filter(**on_pages).values_list("object_id", flat=True)
    mine = practices_of(user)
    if mine.filter(pk__in=[int(pk) for pk in shown if pk.isdecimal()]).exists():
        return True
    # New texts of published practices are revisions only, which the index of references does not know.
    return any(
        document.pk in documents_in(practice) for practice in mine.filter(has_unpublished_changes=True, live=True)
    )
