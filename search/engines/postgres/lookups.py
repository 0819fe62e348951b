"""Small questions asked before the main one: numbers of chosen facet values, completions of a half-typed word."""

from django.db import connection

from search.analysis import Terms, clean
from search.indexing.facet_values import MAX_VALUE
from search.query import Query, SearchRequest
from search.registry import facets

COMPLETIONS = 50
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


def completed(query: Query) -> Query:
    """The query with its half-typed word standing for the most frequent words that begin so."""
    clauses = tuple(
        clause.or_any(completions(clause.half_typed)) if clause.half_typed else clause for clause in query.clauses
    )
    return Query(clauses, query.excluded, query.shortened)


def completions(beginning: str) -> list[Terms]:
    """Terms of the most frequent words of the index that begin so. Words of restricted documents too:
    they are searched for, never shown."""
    pattern = beginning.replace("\\", "").replace("%", "").replace("_", "") + "%"
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT terms FROM (
                SELECT terms, count FROM search_searchword WHERE word LIKE %(pattern)s
                UNION ALL
                SELECT terms, count FROM search_searchwordchange WHERE word LIKE %(pattern)s
            ) AS found GROUP BY terms ORDER BY sum(count) DESC, terms LIMIT %(limit)s
            """,
            {"pattern": pattern, "limit": COMPLETIONS},
        )
        return [tuple(terms) for (terms,) in cursor.fetchall()]
