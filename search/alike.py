"""Objects alike by the rarest words of their titles, tags and summaries: where there are no embeddings to tell."""

from collections.abc import Collection
from math import log

from django.db import connection

from search.analysis import look_up, words
from search.engines import Candidate
from search.indexing.vector import HEAD_MARK

#: Words an object is likened by: its most characteristic ones.
CHARACTERISTIC = 12
#: Weight of a word of the title or of a tag against one of the summary.
HEAD_WORD = 2.0

ALIKE = """
SELECT document.id, sum(asked.weight) AS score
FROM unnest(%(terms)s::text[], %(weights)s::float8[]) AS asked (term, weight)
    JOIN search_searchdocument AS document ON document.terms @@ asked.term::tsquery
WHERE document.access <@ %(tokens)s::text[] AND document.kind = %(kind)s AND document.id <> %(row_id)s
GROUP BY document.id ORDER BY score DESC, document.date DESC, document.id DESC LIMIT %(limit)s
"""


def alike_by_words(row_id: int, tokens: Collection[str], limit: int) -> list[Candidate]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, title, tags, summary FROM search_searchdocument WHERE id = %s", [row_id])
        kind, title, tags, summary = cursor.fetchone()
        weights = characteristic_terms([title, *tags], [summary])
        if not weights:
            return []
        parameters = {
            "terms": [f"'{HEAD_MARK}{term}'" for term in weights],
            "weights": list(weights.values()),
            "tokens": list(tokens),
            "kind": kind,
            "row_id": row_id,
            "limit": limit,
        }
        cursor.execute(ALIKE, parameters)
        return [Candidate(found, score) for found, score in cursor.fetchall()]


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
