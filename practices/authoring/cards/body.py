"""The whole body: from the stored blocks to cards, from a sent form to blocks, and what buttons do without scripts."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from practices.authoring.uploads import Desk

from .base import ID, Card, new_id
from .kinds import KINDS

#: Blocks of one practice: a longer one would be a book.
MOST_CARDS = 200


class Body:
    """Cards in the order of the text."""

    def __init__(self, cards: list[Card]):
        self.cards = cards

    def __iter__(self):
        return iter(self.cards)

    def __len__(self):
        return len(self.cards)

    @classmethod
    def of(cls, blocks: Iterable[dict], desk: Desk) -> "Body":
        """Cards of stored blocks; one of a kind that is not written here is left out."""
        blocks = [block for block in blocks if block["type"] in KINDS]
        desk.prepare(ids_in(blocks, "image"), ids_in(blocks, "document"))
        return cls([KINDS[block["type"]](block["id"], desk, value=block["value"]) for block in blocks])

    @classmethod
    def sent(
        cls, data: QueryDict, files: MultiValueDict, desk: Desk, *, former: list[dict], links: dict[str, str]
    ) -> "Body":
        """Cards of a form that was sent; `former`: the blocks as they were stored."""
        kept = {block["id"]: block for block in former}
        cards = []
        for block_id in list(dict.fromkeys(data.getlist("card")))[:MOST_CARDS]:
            kind = KINDS.get(data.get(f"card-{block_id}-type", ""))
            if not kind or not ID.fullmatch(block_id):
                continue
            before = kept.get(block_id)
            value = before["value"] if before and before["type"] == kind.type else None
            cards.append(kind(block_id, desk, value=value, data=data, files=files, links=links))
        return cls(cards)

    @property
    def errors(self) -> dict[str, list[str]]:
        """What could not be understood, by the name of the field: the former value stands there."""
        return {
            f"{card.prefix}-{name}": list(map(str, errors))
            for card in self.cards
            if card.is_bound
            for name, errors in card.errors.items()
        }

    def raw(self) -> list[dict]:
        return [card.raw() for card in self.cards]


def ids_in(value: Any, name: str) -> set[int]:
    """All numbers that stand under this key in raw blocks."""
    if isinstance(value, list):
        return set().union(*(ids_in(part, name) for part in value))
    if not isinstance(value, dict):
        return set()
    here = {value[name]} if isinstance(value.get(name), int) else set()
    return here.union(*(ids_in(part, name) for part in value.values()))


def pruned(blocks: list[dict]) -> list[dict]:
    """Without the cards that were added and never filled."""
    return [
        block for block in blocks if block["type"] not in KINDS or not KINDS[block["type"]].is_empty(block["value"])
    ]


def changed(blocks: list[dict], deed: str) -> tuple[list[dict], str, dict | None]:
    """What a button of the form does: (blocks, id of the card to go to, what was removed with its place).

    Deeds: `add:<kind>:<after which id or empty>`, `up:<id>`, `down:<id>`, `remove:<id>`, `part-remove:<id>:<item>`,
    `part-up:<id>:<item>`, `part-down:<id>:<item>`. Others change nothing.
    """
    name, *rest = deed.split(":")
    blocks = list(blocks)
    if name == "add" and len(rest) == 2 and rest[0] in KINDS and len(blocks) < MOST_CARDS:  # noqa: PLR2004
        block = {"type": rest[0], "value": KINDS[rest[0]].blank(), "id": new_id()}
        blocks.insert(place_after(blocks, rest[1]), block)
        return blocks, block["id"], None
    place = next((number for number, block in enumerate(blocks) if rest and block["id"] == rest[0]), None)
    if place is None:
        return blocks, "", None
    if name.startswith("part-") and len(rest) == 2 and blocks[place]["type"] == "gallery":  # noqa: PLR2004
        pictures = blocks[place]["value"]["pictures"]
        blocks[place] = blocks[place] | {"value": {"pictures": moved(pictures, name.removeprefix("part-"), rest[1])}}
        return blocks, rest[0], None
    if name == "remove":
        removed = {"block": blocks.pop(place), "place": place}
        return blocks, blocks[min(place, len(blocks) - 1)]["id"] if blocks else "", removed
    return moved(blocks, name, rest[0]), rest[0], None


def place_after(blocks: list[dict], block_id: str) -> int:
    found = [number for number, block in enumerate(blocks) if block["id"] == block_id]
    return found[0] + 1 if found else len(blocks)


def moved(entries: list[dict], name: str, entry_id: str) -> list[dict]:
    """One of them a place up or down, or away."""
    entries = list(entries)
    place = next((number for number, entry in enumerate(entries) if entry["id"] == entry_id), None)
    if place is None or name not in {"up", "down", "remove"}:
        return entries
    entry = entries.pop(place)
    if name != "remove":
        entries.insert(max(0, place + (1 if name == "down" else -1)), entry)
    return entries
