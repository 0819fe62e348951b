"""The modules whose objects are found: each registers a source from its `AppConfig.ready()`."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from search.documents import Document


@dataclass(frozen=True)
class FacetValue:
    """One line of a facet: how many objects the visitor would see by choosing it."""

    value: str
    label: str
    count: int
    selected: bool = False


def by_count(value: FacetValue) -> tuple:
    return (-value.count, value.label.casefold())


@dataclass(frozen=True)
class Facet:
    """A way to narrow results down: its codes are labelled in bulk, only those that are shown."""

    name: str
    title: Any
    labels: Callable[[Collection[str]], dict[str, str]]
    #: Sort key of a line.
    order: Callable[[FacetValue], Any] = by_count
    #: How people call its values: «7 класс», «для началки» -> code. Read in queries; asked for once a generation.
    names: Callable[[], Mapping[str, str]] = dict


@dataclass(frozen=True)
class Source:
    """Objects of one kind and how they become documents."""

    kind: str
    title: Any
    #: Documents of these objects (None: all), streamed; yields nothing for one that must not be found.
    documents: Callable[[Collection[int] | None], Iterator[Document]]
    #: Ids of all objects that should be found; cheap.
    ids: Callable[[], Iterable[int]]
    facets: list[Facet] = field(default_factory=list)
    #: What one such object is called.
    one: Any = ""
    #: (hits of this kind, request) -> object id -> card, which names its template; one left out is gone or not for
    #: this reader. None: a plain card of what the hit says.
    cards: Callable[[list, Any], Mapping[int, Any]] | None = None


#: The facet of an object's kind: every document has it.
IN = "in"

_sources: dict[str, Source] = {}


def _titles(kinds: Collection[str]) -> dict[str, str]:
    return {kind: str(_sources[kind].title) for kind in kinds if kind in _sources}


def register(source: Source) -> None:
    _sources[source.kind] = source


def unregister(kind: str) -> None:
    _sources.pop(kind, None)


def source_of(kind: str) -> Source:
    """Raises LookupError for a kind that no module registered."""
    try:
        return _sources[kind]
    except KeyError:
        raise LookupError(f"No module registered search documents of kind {kind!r}") from None


def sources(kinds: Collection[str] | None = None) -> list[Source]:
    return [source for source in _sources.values() if kinds is None or source.kind in kinds]


def facets(kinds: Collection[str] | None = None) -> dict[str, Facet]:
    """Facets of these kinds by name; where two kinds share a name, the first registered describes it.

    Where several kinds are searched, the kind itself is one: `IN`.
    """
    found: dict[str, Facet] = {}
    if kinds is None and len(_sources) > 1:
        found[IN] = Facet(IN, _("Where"), _titles)
    for source in sources(kinds):
        for facet in source.facets:
            found.setdefault(facet.name, facet)
    return found
