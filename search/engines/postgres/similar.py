"""Objects alike by the rarest words of their titles, tags and summaries."""

import json
from math import log

from django.db import connection

from search.analysis import words
from search.analysis.entries import look_up
from search.indexing.vector import HEAD_MARK

#: Words an object is likened by: its most characteristic ones.
CHARACTERISTIC = 12
#: Weight of a word of the title or of a tag against one of the summary.
HEAD_WORD = 2.0

SIMILAR = """
WITH alike AS (
    SELECT document.id, sum(asked.weight) AS score
    FROM unnest(%(terms)s::text[], %(weights)s::float8[]) AS asked (term, weight)
        JOIN search_searchdocument AS document ON document.terms @@ asked.term::tsquery
    WHERE document.access <@ %(tokens)s::text[] AND document.id <> %(row_id)s
    GROUP BY document.id ORDER BY score DESC, document.id DESC LIMIT %(limit)s
)
SELECT coalesce(json_agg(json_build_object(
    'id', id, 'kind', kind, 'object_id', object_id, 'ref', ref, 'title', title, 'url', url, 'summary', summary,
    'tags', tags, 'people', people, 'text', '', 'date', date, 'popularity', popularity, 'score', score,
    'facets', (SELECT json_agg(json_build_array(value.facet, value.value) ORDER BY value.id)
               FROM search_searchfacetvalue AS value WHERE value.id = ANY(document.facets))
 ) ORDER BY score DESC, date DESC, id DESC), '[]')
FROM alike JOIN search_searchdocument AS document USING (id)
"""


def similar_rows(kind: str, object_id: int, tokens: list[str], limit: int) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, title, tags, summary FROM search_searchdocument WHERE kind = %s AND object_id = %s",
            [kind, object_id],
        )
        row = cursor.fetchone()
        if row is None:
            return []
        row_id, title, tags, summary = row
        weights = characteristic_terms([title, *tags], [summary])
        if not weights:
            return []
        parameters = {
            "terms": [f"'{HEAD_MARK}{term}'" for term in weights],
            "weights": list(weights.values()),
            "tokens": list(tokens),
            "row_id": row_id,
            "limit": max(0, limit),
        }
        cursor.execute(SIMILAR, parameters)
        found = cursor.fetchone()[0]
        return json.loads(found) if isinstance(found, str) else found


def characteristic_terms(heads: list[str], summaries: list[str]) -> dict[str, float]:
    """Term -> weight: how rare it is among the index's words, doubled in titles and tags; a word counts once."""
    asked: dict[str, float] = {}
    for texts, weight in ((summaries, 1.0), (heads, HEAD_WORD)):
        for text in texts:
            for word in words(text):
                for place in look_up(word).positions:
                    asked |= dict.fromkeys(place[-1:], weight)
    rarity = _rarity(list(asked))
    weighed = {term: weight * rarity[term] for term, weight in asked.items() if rarity.get(term)}
    return dict(sorted(weighed.items(), key=lambda item: (-item[1], item[0]))[:CHARACTERISTIC])


def _rarity(terms: list[str]) -> dict[str, float]:
    """Term -> the logarithm of how many times rarer it is than the most frequent of them; unknown ones are absent."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT term, sum(count)::float8
            FROM (SELECT unnest(terms) AS term, count FROM search_searchword WHERE terms && %(terms)s::text[]
                  UNION ALL
                  SELECT unnest(terms), count FROM search_searchwordchange WHERE terms && %(terms)s::text[]) AS known
            WHERE term = ANY(%(terms)s) GROUP BY term HAVING sum(count) > 0
            """,
            {"terms": terms},
        )
        counts = dict(cursor.fetchall())
    return {term: 1 + log(max(counts.values()) / count) for term, count in counts.items()}
