"""Chosen values of facets: from an address to what an engine is asked."""

from django.db import connection

from search.analysis import clean
from search.indexing.facet_values import MAX_VALUE
from search.query import SearchRequest
from search.registry import facets

MAX_CHOSEN = 50
#: Stands for a value that exists but that no document has.
NOWHERE = 0


def chosen_values(request: SearchRequest) -> tuple[dict[str, dict[str, int]], dict[str, list[str]]]:
    """Facet -> chosen value -> its number; and what was asked for but does not exist."""
    known_facets = facets(request.kinds)
    asked = {
        name: list(dict.fromkeys(clean(str(value))[:MAX_VALUE] for value in values))[:MAX_CHOSEN]
        for name, values in request.filters.items()
    }
    unknown = {name: values for name, values in asked.items() if values and name not in known_facets}
    asked = {name: values for name, values in asked.items() if values and name in known_facets}
    numbers = _numbers(asked)
    chosen: dict[str, dict[str, int]] = {}
    for name, values in asked.items():
        absent = [value for value in values if (name, value) not in numbers]
        labelled = known_facets[name].labels(absent) if absent else {}
        found = {v: numbers.get((name, v), NOWHERE) for v in values if (name, v) in numbers or v in labelled}
        if found:
            chosen[name] = found
        if missing := [value for value in values if value not in found]:
            unknown[name] = missing
    return chosen, unknown


def _numbers(asked: dict[str, list[str]]) -> dict[tuple[str, str], int]:
    pairs = [(name, value) for name, values in asked.items() for value in values]
    if not pairs:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT facet, value, id FROM search_searchfacetvalue"
            " WHERE (facet, value) IN (SELECT * FROM unnest(%s::text[], %s::text[]))",
            [[name for name, _value in pairs], [value for _name, value in pairs]],
        )
        return {(name, value): number for name, value, number in cursor.fetchall()}
