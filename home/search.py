"""How a page of plain content becomes a search document."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime

from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from core.text import plain_stream
from home.models import StandardPage
from search import index
from search.documents import Document
from search.pages import documents_of_pages, watch
from search.registry import Source, register

KIND = "page"
#: A page that a seed has made was never published by hand.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def documents(ids: Collection[int] | None = None) -> Iterator[Document]:
    return documents_of_pages(StandardPage.objects.live(), ids, document_of)


def document_of(page: StandardPage, access: list[str]) -> Document:
    return Document(
        kind=KIND,
        object_id=page.pk,
        title=page.title,
        url=page.get_url() or "",
        summary=page.summary,
        text=plain_stream(page.body.raw_data),
        date=page.first_published_at or LONG_AGO,
        access=access,
    )


def ids() -> Iterable[int]:
    return StandardPage.objects.live().values_list("pk", flat=True).iterator()


def ready() -> None:
    """Hand the pages over to search, and keep what it knows of them true."""
    register(Source(kind=KIND, title=_("Pages"), one=_("Page"), documents=documents, ids=ids))
    watch(StandardPage, KIND)
    post_save.connect(_page_saved, sender=StandardPage, dispatch_uid="home.search")


def _page_saved(instance: StandardPage, **_signal) -> None:
    """A page made live without being published, as seeds make it, is found too."""
    index.update(KIND, [instance.pk])
