"""Counting facets: each as if it had no choice made, all in the one request."""

from collections.abc import Iterable

from search.engines.base import MAX_FACET_VALUES, Question
from search.registry import facets
from search.stored import values_of

Chosen = dict[str, dict[str, int]]


def fits_all(chosen: Chosen) -> dict:
    """Documents with one of the chosen values in each facet."""
    return {"bool": {"filter": [_has_one_of(name, values) for name, values in chosen.items()]}}


def asked_facets(question: Question) -> dict:
    """Aggregations: by facet, its most frequent values and the chosen ones among what the other choices let through."""
    return {
        name: {
            "filter": fits_all({other: values for other, values in question.chosen.items() if other != name}),
            "aggs": {
                "frequent": {"terms": {"field": f"facet.{name}", "size": MAX_FACET_VALUES}},
                **_counted_anyway(name, question.chosen.get(name, {})),
            },
        }
        for name in facets(question.kinds)
    }


def counted_facets(question: Question, answer: dict) -> list[tuple[str, str, int]]:
    """(facet, value, number of documents)."""
    counts = {number: count for name in answer for number, count in _buckets(answer[name])}
    names = values_of(counts)
    return [(*names[number], count) for number, count in counts.items() if number in names]


def _has_one_of(name: str, values: dict[str, int]) -> dict:
    return {"terms": {f"facet.{name}": list(values.values())}}


def _counted_anyway(name: str, values: dict[str, int]) -> dict:
    if not values:
        return {}
    numbers = sorted(values.values())
    return {"chosen": {"terms": {"field": f"facet.{name}", "include": numbers, "size": len(numbers)}}}


def _buckets(found: dict) -> Iterable[tuple[int, int]]:
    for kind in ("frequent", "chosen"):
        for bucket in found.get(kind, {"buckets": []})["buckets"]:
            yield bucket["key"], bucket["doc_count"]
