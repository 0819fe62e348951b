from dataclasses import dataclass, field
from typing import Literal

Sort = Literal["relevance", "newest", "downloads"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "downloads")


@dataclass(frozen=True)
class SearchRequest:
    """One question to an engine. All of it may come from an address: an engine takes nothing on trust."""

    text: str = ""
    #: Facet -> values: any of a facet's values, all of the facets.
    filters: dict[str, list[str]] = field(default_factory=dict)
    #: Kinds of objects; None: all.
    kinds: list[str] | None = None
    #: Without words «relevance» means «newest».
    sort: Sort = "relevance"
    #: From 1; by relevance only.
    page: int = 1
    #: Cursors that earlier results gave; for the other sorts. One that is none of ours means the first page.
    after: str = ""
    before: str = ""
    size: int = 20
    #: What the viewer holds: `search.viewers.tokens_of(request)`.
    tokens: list[str] = field(default_factory=list)
    #: Whether to count facets.
    with_facets: bool = True
    #: The words as typed and nothing else: no correction, no synonyms, no readings, no meaning.
    literal: bool = False
