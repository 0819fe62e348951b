"""What the portal's own tables hold of the documents found, read with the viewer's rights whoever found them."""

import json
from collections.abc import Collection, Iterable

from django.db import connection

ROWS = """
SELECT json_build_object(
    'id', document.id, 'kind', document.kind, 'object_id', document.object_id, 'ref', document.ref,
    'title', document.title, 'url', document.url, 'summary', document.summary, 'tags', document.tags,
    'people', document.people, 'text', left(document.text, 30000), 'date', document.date,
    'popularity', document.popularity,
    'facets', (SELECT json_agg(json_build_array(value.facet, value.value) ORDER BY value.id)
               FROM search_searchfacetvalue AS value WHERE value.id = ANY(document.facets)))
FROM search_searchdocument AS document
WHERE document.id = ANY(%s) AND document.access <@ %s::text[]
"""


def rows_of(row_ids: Collection[int], tokens: Iterable[str]) -> dict[int, dict]:
    """Row id -> what is shown of it; rows that are gone or that the viewer may not see are absent."""
    if not row_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [list(row_ids), list(tokens)])
        rows = (json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall())
        return {row["id"]: row for row in rows}


def numbers_of_values(row_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Row id -> numbers of the facets' values it has (`SearchFacetValue.id`)."""
    if not row_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, facets FROM search_searchdocument WHERE id = ANY(%s)", [list(row_ids)])
        return {row_id: frozenset(numbers) for row_id, numbers in cursor.fetchall()}


def values_of(numbers: Collection[int]) -> dict[int, tuple[str, str]]:
    """Number -> (facet, value)."""
    if not numbers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, facet, value FROM search_searchfacetvalue WHERE id = ANY(%s)", [list(numbers)])
        return {number: (facet, value) for number, facet, value in cursor.fetchall()}


def spellings_of(terms: Collection[str]) -> dict[str, list[str]]:
    """Words of the index that have any of these terms -> their terms: by them the marker knows a word."""
    if not terms:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, terms FROM search_searchword WHERE terms && %(terms)s::text[]"
            " UNION SELECT word, terms FROM search_searchwordchange WHERE terms && %(terms)s::text[]",
            {"terms": sorted(terms)},
        )
        return dict(cursor.fetchall())


def row_id_of(kind: str, object_id: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_searchdocument WHERE kind = %s AND object_id = %s", [kind, object_id])
        row = cursor.fetchone()
        return row and row[0]
