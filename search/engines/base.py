"""What every engine is asked and what it answers: `search.finding` asks, and makes results of the answers.

An engine finds ids of rows (`SearchDocument.id`); what is shown of them is always read from the portal's own tables,
with the viewer's rights, so that an engine that lags behind shows nothing that is gone or was closed a moment ago. Its
totals and counts lag with it.
"""

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from search.engines.cursors import Cursor
from search.query import Query
from search.query.request import Sort

#: Results by relevance end here: who looks further wants a better question.
MAX_RANKED = 1_000
#: Matches are counted up to here; more are «more than 10,000».
MAX_TOTAL = 10_000
MAX_SIZE = 100
#: Lines of a facet, the most frequent ones and those chosen.
MAX_FACET_VALUES = 200


@dataclass(frozen=True)
class Question:
    """A query understood and what narrows it down; nothing in it is taken from an address unchecked."""

    query: Query
    #: Kinds of objects; None: all.
    kinds: list[str] | None
    #: What the viewer holds: a document is seen by whoever holds all of its `access`.
    tokens: list[str]
    #: Facet -> chosen value -> its number (`SearchFacetValue.id`; 0: no document has it).
    chosen: dict[str, dict[str, int]] = field(default_factory=dict)
    sort: Sort = "relevance"
    #: By relevance: so many of the best. By the other orders: a page, to which one more is added if there is one.
    size: int = 20
    #: By the other orders: the neighbour before the page, and whether the page lies before it.
    cursor: Cursor | None = None
    backwards: bool = False
    with_facets: bool = True


class Candidate(NamedTuple):
    """A row found: `score` is comparable within one answer; `key` is a cursor's key in orders other than relevance."""

    id: int
    score: float
    key: int = 0


@dataclass(frozen=True)
class Matched:
    """Rows in which every clause of the query was found, in the order asked for."""

    #: How many there are in all, counted up to MAX_TOTAL + 1.
    total: int
    candidates: list[Candidate]
    #: (facet, value, number of rows): each facet counted as if it had no choice made.
    counts: list[tuple[str, str, int]] = field(default_factory=list)
    #: Some of the counts were made of a sample.
    estimated: bool = False


class EngineAway(Exception):  # noqa: N818 - named by what happened
    """The engine does not answer, for now: another one can."""


class Engine(Protocol):
    """Every method answers only with rows that the question's tokens, kinds and excluded clauses let through.

    Raises EngineAway where it cannot be reached.
    """

    name: str

    def match(self, question: Question) -> Matched: ...

    def some(self, question: Question, limit: int) -> list[Candidate]:
        """Rows in which some clause was found, the best first; the rarer the words and the nearer to the title, the
        better. `score` is the share (0…1) of the query's weight that was found. Chosen facets do not narrow it."""
        ...

    def nearest(self, embedding: list[float], question: Question, limit: int) -> list[Candidate]:
        """Rows nearest in meaning, the nearest first; `score` is the cosine. Chosen facets do not narrow it."""
        ...
