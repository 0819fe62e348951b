"""Which page of an attached file to show beside a hit."""

from collections.abc import Iterable

from django.db import connection

from search.engines.postgres import tsquery
from search.query import Clause


def best_passages(row_ids: list[int], clauses: Iterable[Clause]) -> dict[int, tuple[str, int | None, str]]:
    """Document row id -> (attachment's title, page, text) of the passage that holds the most of these words."""
    clauses = [clause.loosened() for clause in clauses]
    if not clauses:
        return {}
    parameters = {f"clause_{number}": tsquery.any_of([clause]) for number, clause in enumerate(clauses)}
    held = " + ".join(f"(passage.terms @@ %({name})s::tsquery)::int" for name in parameters)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT DISTINCT ON (document_id) document_id, title, page, text
            FROM (SELECT document_id, number, title, page, text, {held} AS held
                  FROM search_searchpassage AS passage
                  WHERE document_id = ANY(%(row_ids)s) AND terms @@ %(any)s::tsquery) AS found
            ORDER BY document_id, held DESC, number
            """,  # noqa: S608 - our own words only
            {**parameters, "row_ids": row_ids, "any": " | ".join(f"({text})" for text in parameters.values())},
        )
        return {row_id: (title, page, text) for row_id, title, page, text in cursor.fetchall()}
