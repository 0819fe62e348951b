"""Documents with some of a query's words, from the index alone: no document's terms are read.

A word weighs the more the rarer it is, and more again in the title or the head. Words that stand in many thousand
documents say too little to be looked for so.
"""

from django.db import connection

from search.engines.base import Candidate, Question
from search.indexing.vector import HEAD_MARK, TITLE_MARK

from . import tsquery
from .conditions import Conditions

#: Documents looked at for one word.
WIDTH = 5_000
#: Words of a long query that are looked for.
MAX_CLAUSES = 12
#: What a word in the title, and in title, tags or summary, weighs beside one anywhere.
IN_TITLE, IN_HEAD = 1.0, 1.0

SOME = """
WITH asked AS (
    SELECT * FROM unnest(%(numbers)s::int[], %(wholes)s::text[], %(heads)s::text[], %(titles)s::text[])
        AS clause (number, whole, head, title)
),
held AS MATERIALIZED (
    SELECT asked.number, found.id FROM asked, LATERAL (
        SELECT id FROM search_searchdocument AS document
        WHERE document.terms @@ asked.whole::tsquery AND {conditions} LIMIT %(width)s) AS found
),
weights AS (
    SELECT asked.number, ln(1 + %(size)s / (0.5 + count(held.id))) AS weight
    FROM asked LEFT JOIN held USING (number) GROUP BY asked.number
),
marked AS (
    SELECT number, id, 1.0 AS part FROM held
    UNION ALL
    SELECT asked.number, found.id, %(in_head)s FROM asked, LATERAL (
        SELECT id FROM search_searchdocument AS document
        WHERE document.terms @@ asked.head::tsquery LIMIT %(width)s) AS found
    UNION ALL
    SELECT asked.number, found.id, %(in_title)s FROM asked, LATERAL (
        SELECT id FROM search_searchdocument AS document
        WHERE document.terms @@ asked.title::tsquery LIMIT %(width)s) AS found
)
SELECT id, sum(part * weight) / (%(most)s * (SELECT sum(weight) FROM weights)) AS share
FROM marked JOIN weights USING (number)
WHERE id IN (SELECT id FROM held)
GROUP BY id ORDER BY share DESC, id DESC LIMIT %(limit)s
"""


def some_of(question: Question, limit: int) -> list[Candidate]:
    clauses = [clause.loosened() for clause in question.query.clauses][:MAX_CLAUSES]
    clauses = [clause for clause in clauses if any(any(sequence) for sequence in clause.alternatives)]
    if not clauses:
        return []
    asked = Conditions(question)
    conditions = asked.seen()
    parameters = asked.parameters | {
        "numbers": list(range(len(clauses))),
        "wholes": [tsquery.whole(clause) for clause in clauses],
        "heads": [tsquery.marked(clause, HEAD_MARK) for clause in clauses],
        "titles": [tsquery.marked(clause, TITLE_MARK) for clause in clauses],
        "width": WIDTH,
        "in_head": IN_HEAD,
        "in_title": IN_TITLE,
        "most": 1 + IN_HEAD + IN_TITLE,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(reltuples, 100) FROM pg_class WHERE oid = 'search_searchdocument'::regclass")
        parameters["size"] = cursor.fetchone()[0]
        cursor.execute(SOME.format(conditions=conditions), parameters)
        return [Candidate(row_id, float(share)) for row_id, share in cursor.fetchall()]
