"""Names that may be shown no more, or again: wherever a practice tells who made it."""

from collections.abc import Collection, Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Revision

from accounts.models import User
from core.models import SiteGeneration
from practices import handout
from practices.models import PracticeAuthor, PracticePage
from practices.search import KIND
from search import index


def practices_of(user: User) -> list[int]:
    return list(PracticeAuthor.objects.filter(user=user).values_list("page_id", flat=True))


def names_changed(page_ids: Collection[int]) -> None:
    """Search, cached pages and set handouts forget how these practices' authors were called until now."""
    page_ids = list(page_ids)
    index.update(KIND, page_ids)
    SiteGeneration.grow()
    transaction.on_commit(lambda: forget_handouts(page_ids))


def forget_handouts(page_ids: Iterable[int]) -> None:
    for page_id in page_ids:
        handout.forget(page_id)


@transaction.atomic
def take_name_off(user: User) -> None:
    """Rubs the name of one who leaves out of all practices and of all their kept revisions."""
    page_ids = practices_of(user)
    PracticeAuthor.objects.filter(user=user).update(name="", name_withdrawn=True)
    page_ids += revisions_without_name(user)
    names_changed(set(page_ids))


@transaction.atomic
def leave_name(user: User) -> None:
    """The name stays beside the works when the account is gone, unless it was taken off before."""
    PracticeAuthor.objects.filter(user=user, name_withdrawn=False).update(name=user.get_full_name())


def revisions_without_name(user: User) -> list[int]:
    """Ids of practices whose revisions had the name: a former edition put back must not bring it back."""
    kind = ContentType.objects.get_for_model(PracticePage)
    revisions = Revision.objects.filter(content_type=kind, content__authors__contains=[{"user": user.pk}])
    changed = []
    for revision in revisions.select_for_update().iterator(chunk_size=50):
        for author in revision.content["authors"]:
            if author.get("user") == user.pk:
                author.update(name="", name_withdrawn=True)
        changed.append(revision)
    Revision.objects.bulk_update(changed, ["content"], batch_size=50)
    return [int(revision.object_id) for revision in changed]
