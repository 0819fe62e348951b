"""From what is stored to what is shown: marked titles, snippets, the attachment that matched."""

from collections.abc import Callable, Iterable
from datetime import datetime

from search.highlight import Marker
from search.registry import IN, Facet, FacetValue
from search.results import AttachmentHit, Hit

#: Row ids of documents -> the best passage of each: (title, page, text).
Passages = Callable[[list[int]], dict[int, tuple[str, int | None, str]]]


def present(rows: list[dict], marker: Marker, passages: Passages, clauses: int) -> list[Hit]:
    """Hits of these rows. Attachments are looked at only for those whose own texts do not hold every clause."""
    lacking = [row["id"] for row in rows if len(marker.found_in(own_texts(row))) < clauses]
    found = passages(lacking) if lacking else {}
    return [hit_of(row, marker, found.get(row["id"])) for row in rows]


def own_texts(row: dict) -> Iterable[str]:
    return [row["title"], row["summary"], row["text"], *row["tags"], *row["people"]]


def hit_of(row: dict, marker: Marker, passage: tuple[str, int | None, str] | None) -> Hit:
    attachment = None
    if passage:
        title, page, text = passage
        attachment = AttachmentHit(title, page, marker.snippet(text))
    return Hit(
        kind=row["kind"],
        object_id=row["object_id"],
        ref=row["ref"],
        title=row["title"],
        url=row["url"],
        summary=row["summary"],
        date=datetime.fromisoformat(row["date"]),
        popularity=row["popularity"],
        score=row.get("score", 0.0),
        title_html=marker.mark(row["title"]),
        snippet_html=marker.snippet(row["summary"], row["text"]),
        attachment=attachment,
        facets=grouped(row["facets"] or []),
        by_meaning=row.get("by_meaning", False),
    )


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for facet, value in pairs:
        if facet != IN:
            found.setdefault(facet, []).append(value)
    return found


def facet_lines(
    counts: Iterable[tuple[str, str, int]], facets: dict[str, Facet], chosen: dict[str, Iterable[str]]
) -> dict[str, list[FacetValue]]:
    """Counted values with labels, in each facet's own order; a chosen value stays even with nothing behind it."""
    by_facet: dict[str, dict[str, int]] = {name: dict.fromkeys(chosen.get(name, ()), 0) for name in facets}
    for name, value, count in counts:
        if name in by_facet:
            by_facet[name][value] = int(count)
    lines = {}
    for name, values in by_facet.items():
        labels = facets[name].labels(values) if values else {}
        selected = set(chosen.get(name, ()))
        lines[name] = sorted(
            (FacetValue(v, str(labels.get(v, v)), n, v in selected) for v, n in values.items()), key=facets[name].order
        )
    return lines
