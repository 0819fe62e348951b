"""Taking a published practice back and bringing it back: its address goes on telling what became of it."""

from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import PageLogEntry, Revision

from accounts.models import User
from files.models import PortalImage
from practices.afterlife import people
from practices.afterlife.adoptions import NotPublished
from practices.authoring.uploads.used import images_in
from practices.locks import lock_page
from practices.models import PracticePage, Withdrawal
from practices.review.errors import NotUnderReview
from practices.review.services import call_back


@transaction.atomic
def withdraw(*, practice: PracticePage, by: User, reason: str) -> Withdrawal:
    """Out of search, lists and feeds at once; the address keeps a page with title, authors, date and reason.

    Raises NotPublished: also for the second of two presses at once.
    """
    practice = take_off(practice, by)
    withdrawal = Withdrawal.objects.create(practice=practice, reason=reason, by=by)
    others = [person for person in [*people.authors_of(practice), *people.coordinators()] if person != by]
    people.tell(
        dict.fromkeys(others),
        kind="practices.withdrawn",
        title=_("The practice “%(title)s” is withdrawn"),
        words={"title": practice.title},
        text=reason,
        url=practice.get_url() or "/",
        key=f"withdrawn-{practice.pk}-{withdrawal.at.isoformat()}",
    )
    return withdrawal


@transaction.atomic
def bring_back(*, practice: PracticePage, by: User) -> None:
    """Public again, with the text that was public. Raises Withdrawal.DoesNotExist: it is not withdrawn."""
    lock_page(practice.pk)
    withdrawal = Withdrawal.objects.select_for_update().get(practice=practice)
    moment = withdrawal.at.isoformat()
    withdrawal.delete()
    put_back(practice, by)
    people.tell(
        [person for person in people.authors_of(practice) if person != by],
        kind="practices.withdrawn",
        title=_("The practice “%(title)s” is public again"),
        words={"title": practice.title},
        url=practice.get_url() or "/",
        key=f"brought-back-{practice.pk}-{moment}",
    )


@transaction.atomic
def take_off(practice: PracticePage, by: User) -> PracticePage:
    """Unpublishes, noting by whom; a new edition under review is called back. Raises NotPublished."""
    practice = lock_page(practice.pk)
    if not practice.live:
        raise NotPublished(practice)
    with suppress(NotUnderReview):
        call_back(practice=practice, user=by)
    shown = {*images_in(practice), practice.share_image_id}
    # Whether this person may, the portal's own rules have said: an author has no rights in Wagtail's tree.
    UnpublishPageAction(practice, user=by).execute(skip_permission_checks=True)
    forget_pictures(shown)
    return practice


def forget_pictures(ids: Iterable[int | None]) -> None:
    """Who has noted the pictures' own addresses sees them no more; shown again, they are drawn anew."""
    for image in PortalImage.objects.filter(pk__in=ids).prefetch_related("renditions"):
        for rendition in image.renditions.all():
            rendition.delete()


@transaction.atomic
def put_back(practice: PracticePage, by: User) -> None:
    """Publishes the very text that was public last; a newer draft stays a draft. Does nothing to a live one."""
    practice = lock_page(practice.pk)
    if practice.live:
        return
    revision = last_public_revision(practice)
    if revision is None:
        # Brought in before revisions were kept: the page's own row is what was public.
        revision = practice.save_revision(user=by, clean=False)
    revision.publish(user=by, skip_permission_checks=True)


def last_public_revision(practice: PracticePage) -> Revision | None:
    published = PageLogEntry.objects.filter(page=practice.pk, action="wagtail.publish")
    numbers = published.exclude(revision_id=None).order_by("-timestamp", "-pk").values_list("revision_id", flat=True)
    return Revision.objects.filter(pk__in=numbers[:1]).first()
