"""What is found, as pages and commands show it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils.safestring import SafeString

from search.query import Reading
from search.query.request import Sort
from search.registry import FacetValue


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
    #: Not all the words are in it: it is near in meaning.
    by_meaning: bool = False


@dataclass(frozen=True)
class Results:
    """A page of hits and what surrounds it."""

    #: By relevance, what is near in meaning counts too where little has all the words.
    total: int = 0
    #: There are more than `total`.
    total_is_more: bool = False
    #: How many of them hold all the words.
    exact: int = 0
    hits: list[Hit] = field(default_factory=list)
    #: Facet -> lines in the facet's own order; each facet counted as if it had no choice made.
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    #: There are so many that some counts are estimates: «about 1,200».
    facets_estimated: bool = False
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
    #: What was searched for instead, since the text as typed (its layout, its spelling) is in no document.
    corrected: str = ""
    #: A likelier spelling, offered while the text as typed was searched for.
    suggestion: str = ""
    #: Names of facets' values that were recognised in the text.
    readings: list[Reading] = field(default_factory=list)
    #: Word or phrase as typed -> what means the same.
    synonyms: dict[str, list[str]] = field(default_factory=dict)
    #: The query was too long and only its beginning was taken.
    shortened: bool = False
    #: Filters left out since no such facet or value exists.
    unknown_filters: dict[str, list[str]] = field(default_factory=dict)
    #: The engine that should have answered is away: another did.
    simplified: bool = False
    #: The search was given up: it took longer than a reader waits.
    timed_out: bool = False
