"""A practice in a list: what it is, for whom, by whom, how much used."""

from dataclasses import dataclass, replace
from typing import ClassVar

from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString

from files.models import PortalImage
from practices.querysets import PracticeQuerySet
from search.results import Hit


@dataclass(frozen=True)
class School:
    """The school of a practice: its name and address on the portal."""

    title: str
    url: str


@dataclass(frozen=True)
class Card:
    """Plain values for `template`; `*_html` have the matched words marked."""

    template: ClassVar[str] = "components/practice_card.html"

    page_id: int
    title: str
    url: str
    summary: str
    kind: str
    kind_label: str
    subjects: list[str]
    grades: list[int]
    levels: list[str]
    school: School | None
    authors: list[str]
    year: int
    cover: PortalImage | None
    readings: int
    downloads: int
    adoptions: int
    is_best: bool
    title_html: SafeString | str = ""
    snippet_html: SafeString | str = ""
    attachment: object = None


def card_of(page, request: HttpRequest, *, cover: PortalImage | None = None) -> Card:
    statistics = getattr(page, "statistics", None)
    return Card(
        page_id=page.pk,
        title=page.title,
        url=page.get_url(request),
        summary=page.summary,
        kind=page.kind,
        kind_label=page.get_kind_display(),
        subjects=[subject.name for subject in page.subjects.all()],
        grades=sorted(page.grades),
        levels=page.level_labels,
        school=page.school and School(page.school.title, page.school.get_url(request)),
        authors=[author.short_name for author in page.authors.all() if author.is_named],
        year=page.year,
        cover=cover,
        readings=statistics.readings if statistics else 0,
        downloads=statistics.downloads if statistics else 0,
        adoptions=statistics.adoptions if statistics else 0,
        is_best=getattr(page, "distinction", None) is not None,
        title_html=escape(page.title),
        snippet_html=escape(page.summary),
    )


def cards_of_hits(
    hits: list[Hit], practices: PracticeQuerySet, request: HttpRequest, *, covers: bool = False
) -> list[Card]:
    """Cards in the order of search, each with the words that were found in it."""
    practices = practices.for_cards()
    if covers:
        practices = practices.with_covers()
    pages = practices.in_bulk([hit.object_id for hit in hits])
    return [
        replace(
            card_of(page, request, cover=page.share_image if covers else None),
            title_html=hit.title_html,
            snippet_html=hit.snippet_html,
            attachment=hit.attachment,
        )
        for hit in hits
        if (page := pages.get(hit.object_id))
    ]
