"""From rows of the index to what Elasticsearch is given of them."""

import hashlib
import json
import re
from collections.abc import Collection
from datetime import UTC, datetime
from math import log

from django.db import connection

from search.indexing.vector import OUTSTANDING_MARK

from .grades import grade
from .mapping import PLACES, STREAMS

LEXEME = re.compile(r"'((?:[^']|'')*+)'(?::([0-9A-D,]++))?")
#: Stands where a stream has no word. No word begins so.
NOTHING = "_"
#: Elasticsearch cuts what is longer in two.
LONGEST = 255

ROWS = """
SELECT document.id, document.kind, document.access, document.popularity,
    (extract(epoch FROM document.date) * 1000000)::bigint, document.terms::text, document.forms::text,
    (SELECT json_agg(json_build_array(value.facet, value.id) ORDER BY value.id)
     FROM search_searchfacetvalue AS value WHERE value.id = ANY(document.facets)),
    meaning.embedding::text
FROM search_searchdocument AS document LEFT JOIN search_searchmeaning AS meaning ON meaning.document_id = document.id
WHERE document.id = ANY(%s)
"""


def documents_of(row_ids: Collection[int]) -> dict[int, dict]:
    """Row id -> its document; rows that are gone are absent."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [list(row_ids)])
        return {row[0]: _document(row) for row in cursor.fetchall()}


def _document(row: tuple) -> dict:
    row_id, kind, access, popularity, moment, terms, forms, values, embedding = row
    lexemes = read_vector(terms)
    document = {
        "row": row_id,
        "kind": kind,
        "access": access,
        "access_count": len(access),
        "moment": moment,
        "date": datetime.fromtimestamp(moment // 1_000_000, UTC).isoformat(),
        "popularity": popularity,
        "fame": round(0.05 * log(1 + popularity) / (5 + log(1 + popularity)) + 0.04 * (OUTSTANDING_MARK in lexemes), 6),
        "facet": _by_facet(values),
        "terms": sorted(lexemes),
        "graded": sorted(f"{mark}{term}" for term, places in lexemes.items() if (mark := _grade(places))),
        **dict(zip(PLACES, streams(lexemes), strict=True)),
        "forms": stream({place: form[:LONGEST] for form, places in read_vector(forms).items() for place, _ in places}),
    }
    if embedding:
        document["embedding"] = json.loads(embedding)
    document["digest"] = hashlib.blake2b(json.dumps(document, sort_keys=True).encode(), digest_size=12).hexdigest()
    return document


def _by_facet(pairs: str | list | None) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name, number in (json.loads(pairs) if isinstance(pairs, str) else pairs) or ():
        found.setdefault(name, []).append(number)
    return found


def _grade(places: list[tuple[int, str]]) -> int:
    return grade(letter for _place, letter in places)


def read_vector(literal: str) -> dict[str, list[tuple[int, str]]]:
    """Lexeme -> (place, letter of its weight) of a tsvector as PostgreSQL writes it."""
    return {
        lexeme.replace("''", "'"): [
            (int(place.rstrip("ABCD")), place[-1] if place[-1] in "ABC" else "D")
            for place in places.split(",")
            if place
        ]
        for lexeme, places in LEXEME.findall(literal)
    }


def streams(lexemes: dict[str, list[tuple[int, str]]]) -> list[str]:
    """The words of each place, dealt out to the streams."""
    dealt: list[dict[int, str]] = [{} for _stream in range(STREAMS)]
    for term, places in lexemes.items():
        for place, _letter in places:
            for words in dealt:
                if place not in words:
                    words[place] = term
                    break
    return [stream(words) for words in dealt]


def stream(words: dict[int, str]) -> str:
    """A text whose words stand at these places (from 1), as a whitespace analysis counts them."""
    return " ".join(words.get(place, NOTHING) for place in range(1, max(words, default=0) + 1))
