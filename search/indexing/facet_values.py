"""Numbers of facets' values."""

from collections.abc import Iterable

from django.db import connection

from search.analysis import clean
from search.documents import Document
from search.registry import IN

MAX_VALUE = 200


def numbers_of(documents: Iterable[Document]) -> dict[tuple[str, str], int]:
    """(facet, value) -> number, for all values of these documents; new ones are numbered."""
    pairs = sorted({pair for document in documents for pair in pairs_of(document)})
    numbers = _known(pairs)
    missing = [pair for pair in pairs if pair not in numbers]
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_searchfacetvalue (facet, value) SELECT * FROM unnest(%s::text[], %s::text[])"
                " ON CONFLICT (facet, value) DO NOTHING",
                _columns(missing),
            )
        numbers |= _known(missing)
    return numbers


def pairs_of(document: Document) -> list[tuple[str, str]]:
    values = [(facet, clean(str(value))[:MAX_VALUE]) for facet, values in document.facets.items() for value in values]
    return [(IN, document.kind), *values]


def _known(pairs: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    if not pairs:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT facet, value, id FROM search_searchfacetvalue"
            " WHERE (facet, value) IN (SELECT * FROM unnest(%s::text[], %s::text[]))",
            _columns(pairs),
        )
        return {(facet, value): number for facet, value, number in cursor.fetchall()}


def _columns(pairs: list[tuple[str, str]]) -> list[list[str]]:
    return [[facet for facet, _value in pairs], [value for _facet, value in pairs]]
