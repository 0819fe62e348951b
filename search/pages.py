"""For sources made of Wagtail pages: who may find a page, and when it must be indexed again."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import Any, Self

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.page_cache import remembered
from search import index
from search.documents import Document

#: Pages in memory at once.
CHUNK = 200
TOKEN = "page-restriction:{}"  # noqa: S105 - no secret, a name


class Restrictions:
    """Privacy settings of all pages, read once: for a source that goes through many pages."""

    def __init__(self, rows: Iterable[tuple[int, str, str]]) -> None:
        self._rows = [(path, number, kind) for number, kind, path in rows if kind != PageViewRestriction.NONE]

    @classmethod
    def load(cls) -> Self:
        return cls(PageViewRestriction.objects.values_list("pk", "restriction_type", "page__path"))

    def access_of(self, page: Page) -> list[str] | None:
        """Tokens of which a reader must hold all; None for a page behind a password, which is never indexed."""
        mine = [(number, kind) for path, number, kind in self._rows if page.path.startswith(path)]
        if any(kind == PageViewRestriction.PASSWORD for _number, kind in mine):
            return None
        return [TOKEN.format(number) for number, _kind in sorted(mine)]


def access_of(page: Page) -> list[str] | None:
    """As `Restrictions.access_of`, for one page: by its own privacy and that of every page above it."""
    above = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    rows = PageViewRestriction.objects.filter(page__path__in=above)
    return Restrictions(rows.values_list("pk", "restriction_type", "page__path")).access_of(page)


def documents_of_pages(
    pages: QuerySet, ids: Collection[int] | None, document_of: Callable[[Any, list[str]], Document]
) -> Iterator[Document]:
    """A source's documents: of all these pages or of some, streamed, those behind a password left out.

    `document_of(page, access)` makes one.
    """
    if ids is not None:
        pages = pages.filter(pk__in=ids)
    restrictions = Restrictions.load()
    for page in pages.order_by("pk").iterator(chunk_size=CHUNK):
        access = restrictions.access_of(page)
        if access is not None:
            yield document_of(page, access)


def tokens_of_pages(user) -> list[str]:
    """A token for each privacy setting that lets this signed-in user in; passwords let nobody in here."""
    restrictions = remembered("restrictions", _restrictions)
    groups = set()
    if any(needed for _number, needed in restrictions) and not user.is_superuser:
        groups = set(user.groups.values_list("pk", flat=True))
    return [
        TOKEN.format(number)
        for number, needed in restrictions
        if needed is None or user.is_superuser or not groups.isdisjoint(needed)
    ]


def _restrictions() -> list[tuple[int, set[int] | None]]:
    """Privacy settings that a person can satisfy: ids and the groups asked for, None for anybody signed in."""
    rows = PageViewRestriction.objects.exclude(
        restriction_type__in=[PageViewRestriction.NONE, PageViewRestriction.PASSWORD]
    )
    return [
        (
            row.pk,
            None if row.restriction_type == PageViewRestriction.LOGIN else {group.pk for group in row.groups.all()},
        )
        for row in rows.prefetch_related("groups")
    ]


def watch(page_model: type[Page], kind: str) -> None:
    """Index pages of this model again in the transaction that publishes, unpublishes, moves or deletes them,
    gives them another address, or changes the privacy of them or of a page above.

    Wagtail tells of a changed address only after the commit: pages below follow at that moment.
    """
    for signal, receiver in (
        (page_published, _page_changed),
        (page_unpublished, _page_changed),
        (post_delete, _page_deleted),
    ):
        signal.connect(partial(receiver, kind=kind), sender=page_model, weak=False, dispatch_uid=(kind, "page"))
    for signal, sender, receiver in (
        (post_page_move, None, _branch_changed),
        (page_slug_changed, None, _branch_changed),
        (post_save, PageViewRestriction, _privacy_changed),
        (post_delete, PageViewRestriction, _privacy_changed),
        (post_save, Site, _site_changed),
        (post_delete, Site, _site_changed),
    ):
        signal.connect(
            partial(receiver, page_model=page_model, kind=kind),
            sender=sender,
            weak=False,
            dispatch_uid=(kind, "branch"),
        )


def _page_changed(*, instance: Page, kind: str, **_signal) -> None:
    index.update(kind, [instance.pk])


def _page_deleted(*, instance: Page, kind: str, **_signal) -> None:
    index.remove(kind, [instance.pk])


def _branch_changed(*, instance: Page, page_model: type[Page], kind: str, **_signal) -> None:
    path = Page.objects.filter(pk=instance.pk).values_list("path", flat=True).first()
    if path:
        _update_below(path, page_model, kind)


def _privacy_changed(*, instance: PageViewRestriction, page_model: type[Page], kind: str, **_signal) -> None:
    _branch_changed(instance=Page(pk=instance.page_id), page_model=page_model, kind=kind)


def _site_changed(*, page_model: type[Page], kind: str, **_signal) -> None:
    index.update(kind, page_model.objects.values_list("pk", flat=True))


def _update_below(path: str, page_model: type[Page], kind: str) -> None:
    index.update(kind, page_model.objects.filter(path__startswith=path).values_list("pk", flat=True))
