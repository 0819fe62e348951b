"""Saved searches in the words of their pages, for a whole list in as many queries as for one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from search import registry
from search.models import SavedSearch
from search.registry import Facet


@dataclass(frozen=True)
class Chosen:
    """A filter by its names: «Предмет», [«Физика», «Химия»]."""

    title: str
    values: list[str]

    def __str__(self):
        return f"{self.title}: {', '.join(self.values)}"


@dataclass(frozen=True)
class Described:
    """A search and how it is shown."""

    search: SavedSearch
    #: «Практики»; empty for all of the portal.
    where: str
    chosen: list[Chosen]

    @property
    def name(self) -> str:
        """One line by which its owner knows it."""
        words = [f"«{self.search.text}»"] if self.search.text else []
        return "; ".join([*words, *map(str, self.chosen)])


def describe(searches: Iterable[SavedSearch]) -> list[Described]:
    """Each with the labels of its filters; a value that is gone keeps its code."""
    searches = list(searches)
    facets = {search.kind: registry.facets([search.kind] if search.kind else None) for search in searches}
    labels = labels_of(searches, facets)
    titles = {source.kind: str(source.title) for source in registry.sources()}
    return [
        Described(
            search,
            titles.get(search.kind, ""),
            [
                Chosen(str(facet.title), [labels[name].get(value, value) for value in search.filters[name]])
                for name, facet in facets[search.kind].items()
                if name in search.filters
            ],
        )
        for search in searches
    ]


def labels_of(searches: Collection[SavedSearch], facets: dict[str, dict[str, Facet]]) -> dict[str, dict[str, str]]:
    """Facet -> value -> label of all that is chosen anywhere: one look-up a facet."""
    wanted: dict[str, set[str]] = {}
    described: dict[str, Facet] = {}
    for search in searches:
        for name, values in search.filters.items():
            if name in facets[search.kind]:
                wanted.setdefault(name, set()).update(values)
                described.setdefault(name, facets[search.kind][name])
    return {name: described[name].labels(values) for name, values in wanted.items()}
