"""How a school becomes a search document."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime

from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from schools.models import SchoolPage
from search import index
from search.documents import Document
from search.pages import documents_of_pages, watch
from search.registry import Facet, Source, register

KIND = "school"
#: A school that an import has made was never published by hand: it is older than anything.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def documents(ids: Collection[int] | None = None) -> Iterator[Document]:
    return documents_of_pages(SchoolPage.objects.live(), ids, document_of)


def document_of(page: SchoolPage, access: list[str]) -> Document:
    return Document(
        kind=KIND,
        object_id=page.pk,
        ref=page.import_id,
        title=page.title,
        url=page.get_url() or "",
        summary=page.summary,
        text="\n".join(filter(None, (page.number and f"№ {page.number}", page.district))),
        gist=[],  # a school's name means nothing that a question could be about
        facets={
            "district": [page.district] if page.district else [],
            "school_kind": [page.kind],
            # «Школа 5» is a value by which practices are narrowed: whoever types it finds the school itself too.
            "school": [page.slug],
        },
        date=page.first_published_at or LONG_AGO,
        access=access,
    )


def ids() -> Iterable[int]:
    return SchoolPage.objects.live().values_list("pk", flat=True).iterator()


def districts(values: Collection[str]) -> dict[str, str]:
    return {value: value for value in values}


def kinds(values: Collection[str]) -> dict[str, str]:
    return {str(value): str(label) for value, label in SchoolPage.Kind.choices}


FACETS = [
    Facet("district", _("District"), districts),
    Facet("school_kind", _("Kind of school"), kinds),
]


def ready() -> None:
    """Hand the schools over to search, and keep what it knows of them true."""
    register(Source(kind=KIND, title=_("Schools"), one=_("School"), documents=documents, ids=ids, facets=FACETS))
    watch(SchoolPage, KIND)
    post_save.connect(_school_saved, sender=SchoolPage, dispatch_uid="schools.search")


def _school_saved(instance: SchoolPage, **_signal) -> None:
    """An import or a seed makes schools without publishing them: that tells nobody else."""
    index.update(KIND, [instance.pk])
