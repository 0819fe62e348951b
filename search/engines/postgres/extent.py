"""How much a question reaches, looked at before it is answered: what is read for the answer depends on it.

Up to EXACT rows, all of them are read, ranked and counted. Of more, a sample stands for the rest: every document bears
one of SAMPLE_MARKS marks, evenly (`search.indexing.vector`), which the index finds together with any words.
"""

from dataclasses import dataclass

from django.db import connection

from search.engines.base import MAX_TOTAL

from .conditions import Conditions

EXACT = MAX_TOTAL

COUNTED = """
(SELECT count(*) FROM (SELECT FROM search_searchdocument AS document WHERE {where} LIMIT %(most)s) AS counted)"""


@dataclass(frozen=True)
class Extent:
    """Numbers of rows up to EXACT + 1: `fit` all that was asked, `reach` fail one chosen facet at most."""

    fit: int
    reach: int

    @property
    def is_broad(self) -> bool:
        return self.fit > EXACT

    @property
    def is_sampled(self) -> bool:
        return self.reach > EXACT


def extent_of(conditions: Conditions) -> Extent:
    question = conditions.question
    wanted = [conditions.fit()]
    if question.chosen and question.with_facets:
        wanted.append(conditions.reach())
    columns = ", ".join(COUNTED.format(where=where) for where in wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", conditions.parameters | {"most": EXACT + 1})
        counted = cursor.fetchone()
    return Extent(counted[0], counted[-1])
