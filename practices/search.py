"""How a practice becomes a search document."""

from collections.abc import Collection, Iterable, Iterator

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.text import plain, plain_stream
from practices.cards import Card, cards_of_hits
from practices.facets import BEST, FACETS
from practices.models import PracticePage
from search.documents import Attachment, Document
from search.pages import documents_of_pages, watch
from search.registry import Source, register
from search.results import Hit

KIND = "practice"


def documents(ids: Collection[int] | None = None) -> Iterator[Document]:
    return documents_of_pages(PracticePage.objects.for_index(), ids, document_of)


def document_of(page: PracticePage, access: list[str]) -> Document:
    tags = [item.tag for item in page.tagged_items.all()]
    statistics = getattr(page, "statistics", None)
    return Document(
        kind=KIND,
        object_id=page.pk,
        ref=page.import_id,
        title=page.title,
        url=page.get_url() or "",
        summary=page.summary,
        tags=[tag.name for tag in tags],
        people=[
            *(author.full_name for author in page.authors.all() if author.is_named),
            *([page.school.title] if page.school else []),
        ],
        text="\n".join(filter(None, texts(page))),
        gist=list(gist(page)),
        attachments=[
            Attachment(material.document_id, str(material), material.document.parts)
            for material in page.materials.all()
        ],
        facets={
            "kind": [page.kind],
            "subject": [subject.slug for subject in page.subjects.all()],
            "grade": [str(grade) for grade in page.grades],
            "level": page.levels,
            "school": [page.school.slug] if page.school else [],
            "year": [str(page.year)],
            "tag": [tag.slug for tag in tags],
            "mark": [BEST] if getattr(page, "distinction", None) else [],
        },
        outstanding=bool(getattr(page, "distinction", None)),
        date=page.first_published_at,
        popularity=statistics.popularity if statistics else 0,
        access=access,
    )


def texts(page: PracticePage) -> Iterable[str]:
    yield plain(page.problem)
    yield plain_stream(page.body.raw_data)
    yield plain(page.results)
    yield plain(page.did_not_work)
    yield from (page.class_size, page.duration, page.equipment, page.special_needs)


def gist(page: PracticePage) -> Iterable[str]:
    """Problem and results say in a teacher's own words what a title only names."""
    yield f"{page.title} {', '.join(item.tag.name for item in page.tagged_items.all())}"
    yield page.summary
    yield plain(page.problem)
    yield plain(page.results)


def ids() -> Iterable[int]:
    return PracticePage.objects.live().values_list("pk", flat=True).iterator()


def cards(hits: list[Hit], request: HttpRequest) -> dict[int, Card]:
    return {card.page_id: card for card in cards_of_hits(hits, PracticePage.objects, request)}


def ready() -> None:
    """Hand the practices over to search, and keep what it knows of them true."""
    register(Source(KIND, _("Practices"), documents, ids, FACETS, cards=cards, one=_("Practice")))
    watch(PracticePage, KIND)
