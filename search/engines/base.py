"""What every engine answers with."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from django.utils.safestring import SafeString

from search.query import SearchRequest
from search.query.request import Sort
from search.registry import FacetValue

#: Results by relevance end here: who looks further wants a better question.
MAX_RANKED = 1_000
#: Matches are counted up to here; more are «more than 10,000».
MAX_TOTAL = 10_000
MAX_SIZE = 100
#: Lines of a facet, the most frequent ones and those chosen.
MAX_FACET_VALUES = 200


class AttachmentHit(NamedTuple):
    """Where in an attached file the words were found."""

    title: str
    #: Page or slide from 1; None where the format has none.
    page: int | None
    snippet_html: SafeString


@dataclass(frozen=True)
class Hit:
    """One found object."""

    kind: str
    object_id: int
    ref: str | None
    title: str
    url: str
    summary: str
    date: datetime
    popularity: int
    #: Comparable within one answer only; 0 where nothing was ranked.
    score: float
    title_html: SafeString
    snippet_html: SafeString
    attachment: AttachmentHit | None
    facets: dict[str, list[str]]


@dataclass(frozen=True)
class Results:
    """A page of hits and what surrounds it."""

    total: int = 0
    #: There are more than `total`.
    total_is_more: bool = False
    hits: list[Hit] = field(default_factory=list)
    #: Facet -> lines in the facet's own order; each facet counted as if it had no choice made.
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    #: The order that was really used.
    sort: Sort = "relevance"
    #: By relevance only: this page and how many there are to go to.
    page: int = 1
    pages: int = 0
    #: The page asked for lies behind the last result that is ranked.
    too_deep: bool = False
    #: By the other orders: what to pass as `after` and `before`; empty at the ends.
    next_cursor: str = ""
    previous_cursor: str = ""
    #: Terms that are marked.
    terms: frozenset[str] = frozenset()
    #: Words and phrases that were searched for, as typed.
    words_understood: list[str] = field(default_factory=list)
    #: The query was too long and only its beginning was taken.
    shortened: bool = False
    #: Filters left out since no such facet or value exists.
    unknown_filters: dict[str, list[str]] = field(default_factory=dict)


class Engine(Protocol):
    """Stores nothing but what `search.index` gave it, answers only with what the viewer may see."""

    def search(self, request: SearchRequest) -> Results: ...

    def similar(self, kind: str, object_id: int, tokens: list[str], limit: int = 4) -> list[Hit]:
        """Objects most like this one by their characteristic words, the likest first, without itself."""
        ...
