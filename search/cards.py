"""Results as they stand in a list: each kind by its own card, kinds that have none by a plain one."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest

from search.registry import Source, sources
from search.results import Hit


@dataclass(frozen=True)
class HitCard:
    """What every object can show: what it is, its title, the words around those that were found."""

    template: ClassVar[str] = "search/_card.html"

    hit: Hit
    kind_label: str


def cards_of(hits: list[Hit], request: HttpRequest) -> list[tuple[Hit, Any]]:
    """Each hit with its card, in their order; one whose module does not show it any more is left out.

    A card is anything with a `template` that draws it as `card`.
    """
    by_kind: dict[str, list[Hit]] = {}
    for hit in hits:
        by_kind.setdefault(hit.kind, []).append(hit)
    cards = {
        (source.kind, object_id): card
        for source in sources(by_kind)
        for object_id, card in _cards_of_kind(source, by_kind[source.kind], request).items()
    }
    return [(hit, card) for hit in hits if (card := cards.get((hit.kind, hit.object_id)))]


def _cards_of_kind(source: Source, hits: list[Hit], request: HttpRequest) -> dict[int, Any]:
    if source.cards:
        return source.cards(hits, request)
    return {hit.object_id: HitCard(hit, str(source.one or source.title)) for hit in hits}
