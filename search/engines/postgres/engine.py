import json
from collections.abc import Sequence

from django.db import connection, transaction

from search.engines.base import Candidate, Matched, Question
from search.meaning.stored import literal

from .conditions import Conditions
from .extent import conditions_of, extent_of
from .some import some_of
from .statement import Statement

NEAREST = """
SELECT document.id, 1 - (meaning.embedding <=> %(embedding)s::halfvec) AS cosine
FROM search_searchmeaning AS meaning JOIN search_searchdocument AS document ON document.id = meaning.document_id
WHERE {conditions}
ORDER BY meaning.embedding <=> %(embedding)s::halfvec LIMIT %(limit)s
"""


class PostgresEngine:
    """Answers from `SearchDocument` and `SearchMeaning`: two statements a question at most."""

    name = "postgres"

    def match(self, question: Question) -> Matched:
        conditions = conditions_of(question)
        extent = extent_of(conditions)
        statement = Statement(conditions, extent)
        sql = statement.sql()
        with connection.cursor() as cursor:
            cursor.execute(sql, statement.parameters)
            rows, counts = (json.loads(part) if isinstance(part, str) else part for part in cursor.fetchone())
        estimated = extent.is_sampled and question.with_facets
        return Matched(
            total=extent.fit,
            candidates=[Candidate(row_id, float(score), key) for row_id, score, key in rows],
            counts=[(facet, value, rounded(number) if estimated else int(number)) for facet, value, number in counts],
            estimated=estimated,
        )

    def some(self, question: Question, limit: int) -> list[Candidate]:
        return some_of(question, limit)

    def nearest(self, embedding: Sequence[float] | str, question: Question, limit: int) -> list[Candidate]:
        asked = Conditions(question)
        conditions = asked.seen()
        with transaction.atomic(), connection.cursor() as cursor:
            # What the conditions leave out is made up for by reading on along the index.
            cursor.execute("SET LOCAL hnsw.iterative_scan = relaxed_order; SET LOCAL hnsw.ef_search = 100")
            cursor.execute(
                NEAREST.format(conditions=conditions),
                {**asked.parameters, "embedding": literal(embedding), "limit": limit},
            )
            rows = [Candidate(row_id, float(cosine)) for row_id, cosine in cursor.fetchall()]
        return sorted(rows, key=lambda found: (-found.score, found.id))


def rounded(number: float) -> int:
    """An estimate is worth two digits."""
    return int(f"{float(f'{number:.2g}'):.0f}")
