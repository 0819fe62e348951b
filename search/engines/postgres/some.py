"""Documents with some of a query's words: likely ones from the index alone, then a few hundred looked at closely.

A word weighs the more the rarer it is, and more again in the title or the head. Of a word that stands in very many
documents only those are likely that have it in the title, and the ones of a sample.
"""

from django.db import connection

from search.engines.base import Candidate, Question
from search.indexing.vector import HEAD_MARK, SAMPLE_MARKS, TITLE_MARK

from . import tsquery
from .conditions import Conditions

#: A word is frequent that more documents of the sample have; so many of those are taken at most.
FEW, MANY = 32, 160
#: Documents taken for a word that is not, and for any in the title.
WIDTH = 2 * FEW * SAMPLE_MARKS
#: Documents looked at closely.
LOOKED_AT = 300
#: Words of a long query that are looked for: the rarest that anybody has.
MAX_CLAUSES = 8
#: What a word in the title, and in title, tags or summary, weighs beside one anywhere.
IN_TITLE, IN_HEAD = 1, 1

SOME = """
WITH given AS (
    SELECT * FROM unnest(%(wholes)s::text[], %(likely)s::text[], %(heads)s::text[], %(titles)s::text[])
        WITH ORDINALITY AS clause (anywhere, likely, headed, titled, number)
),
sampled AS MATERIALIZED (
    SELECT number, found.id FROM given, LATERAL (
        SELECT id FROM search_searchdocument AS document
        WHERE document.terms @@ (%(sample)s || ' & (' || likely || ')')::tsquery AND {conditions}
        LIMIT %(many)s) AS found
),
known AS MATERIALIZED (
    SELECT given.*, count(id) > %(few)s AS is_frequent
    FROM given LEFT JOIN sampled USING (number) GROUP BY number, anywhere, likely, headed, titled
),
held AS MATERIALIZED (
    SELECT number, id, %(marks)s AS stands_for FROM known JOIN sampled USING (number) WHERE is_frequent
    UNION ALL
    SELECT number, found.id, 1 FROM known, LATERAL (
        SELECT id FROM search_searchdocument AS document
        WHERE NOT is_frequent AND document.terms @@ likely::tsquery AND {conditions} LIMIT %(width)s) AS found
),
asked AS MATERIALIZED (
    SELECT number, anywhere::tsquery, headed::tsquery, titled::tsquery,
        ln(1 + %(size)s / (0.5 + coalesce(sum(stands_for), 0)))::float8 AS weight
    FROM given LEFT JOIN held USING (number) GROUP BY number, anywhere, headed, titled
    ORDER BY count(id) = 0, weight DESC, number LIMIT %(clauses)s
),
best AS MATERIALIZED (
    SELECT id FROM (
        SELECT weight, id FROM asked JOIN held USING (number)
        UNION ALL
        SELECT %(in_title)s * weight, found.id FROM asked, LATERAL (
            SELECT id FROM search_searchdocument AS document
            WHERE document.terms @@ titled AND {conditions} LIMIT %(width)s) AS found
    ) AS met
    GROUP BY id ORDER BY sum(weight) DESC, id DESC LIMIT %(looked_at)s
),
looked AS MATERIALIZED (
    SELECT id, terms || '' AS terms FROM best JOIN search_searchdocument USING (id)
)
SELECT id,
    sum(weight * ((terms @@ anywhere)::int
        + %(in_head)s * (terms @@ headed)::int + %(in_title)s * (terms @@ titled)::int))
        / (%(most)s * sum(weight)) AS share
FROM looked CROSS JOIN asked
GROUP BY id ORDER BY share DESC, id DESC LIMIT %(limit)s
"""


def some_of(question: Question, limit: int) -> list[Candidate]:
    clauses = [clause.loosened() for clause in question.query.clauses]
    clauses = [clause for clause in clauses if any(any(sequence) for sequence in clause.alternatives)]
    if not clauses:
        return []
    asked = Conditions(question)
    conditions = asked.seen()
    parameters = asked.parameters | {
        "wholes": [tsquery.whole(clause) for clause in clauses],
        "likely": [tsquery.whole(clause, HEAD_MARK) for clause in clauses],
        "heads": [tsquery.marked(clause, HEAD_MARK) for clause in clauses],
        "titles": [tsquery.marked(clause, TITLE_MARK) for clause in clauses],
        "sample": tsquery.sample(1),
        "marks": SAMPLE_MARKS,
        "few": FEW,
        "many": MANY,
        "width": WIDTH,
        "looked_at": LOOKED_AT,
        "clauses": MAX_CLAUSES,
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
