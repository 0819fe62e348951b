"""How much a question reaches, looked at before it is answered: what is read for the answer depends on it.

Up to READ rows, all of them are read, ranked and counted by facets. Of more, a sample stands for the rest: every
document bears one of SAMPLE_MARKS marks, evenly (`search.indexing.vector`), which the index finds together with any
words.
"""

from dataclasses import dataclass

from django.db import connection

from search.engines.base import MAX_TOTAL, Question
from search.indexing.vector import HEAD_MARK, SAMPLE_MARKS

from . import tsquery
from .conditions import Conditions

READ = 4_000
#: Rows of a sample that are enough for an estimate.
ENOUGH = 1_500
#: Rows that are read to see whether words stand beside each other.
REREAD = 2_000
#: Rows that are sorted rather than met along an index of their order: what was chosen may lie at its far end.
SORTED = 25_000

COUNTED = "(SELECT count(*) FROM (SELECT FROM search_searchdocument AS document WHERE {where} LIMIT {most}) AS counted)"
# Counted under one mark first: where there are surely too many, nobody needs to know how many.
LOOK = """
WITH sampled AS MATERIALIZED (SELECT {fit_sampled} AS fit, {reach_sampled} AS reach)
SELECT CASE WHEN fit > {surely} THEN {most} ELSE {fit} END, CASE WHEN reach > {surely} THEN {most} ELSE {reach} END,
    fit, reach
FROM sampled"""


@dataclass(frozen=True)
class Extent:
    """Numbers of rows up to MAX_TOTAL + 1: `fit` all that was asked, `reach` fail one chosen facet at most.

    `fit_marks`, `reach_marks`: how many a sample of these needs, a power of two. `is_vast`: so much fits that the next
    of any order is near.
    """

    fit: int
    reach: int
    fit_marks: int
    reach_marks: int
    is_vast: bool

    @property
    def is_broad(self) -> bool:
        return self.fit > READ

    @property
    def is_sampled(self) -> bool:
        return self.reach > READ


def conditions_of(question: Question) -> Conditions:
    """The conditions, spared of phrases that would take too long: their words are looked for in the head then."""
    conditions = Conditions(question)
    if conditions.has_phrases:
        loose = Conditions(question, under="")
        counted = COUNTED.format(where=loose.fit(tsquery.sample(1)), most=ENOUGH)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {counted}", loose.parameters)
            [sampled] = cursor.fetchone()
        if sampled * SAMPLE_MARKS > REREAD:
            return Conditions(question, under=HEAD_MARK)
    return conditions


def extent_of(conditions: Conditions) -> Extent:
    question, most = conditions.question, MAX_TOTAL + 1
    places = {"fit": conditions.fit}
    if question.chosen and question.with_facets:
        places["reach"] = conditions.reach
    parts = {name: COUNTED.format(where=where(), most=most) for name, where in places.items()}
    one_mark = tsquery.sample(1)
    parts |= {f"{name}_sampled": COUNTED.format(where=where(one_mark), most=ENOUGH) for name, where in places.items()}
    parts = {"reach": "0", "reach_sampled": "0"} | parts
    # Twice as many as are counted one by one: no sample errs by so much.
    surely = 2 * MAX_TOTAL // SAMPLE_MARKS
    with connection.cursor() as cursor:
        cursor.execute(LOOK.format(most=most, surely=surely, **parts), conditions.parameters)
        fit, reach, fit_sampled, reach_sampled = cursor.fetchone()
    return Extent(
        fit=fit,
        reach=max(fit, reach),
        fit_marks=marks_of(fit_sampled),
        reach_marks=marks_of(reach_sampled),
        is_vast=fit > READ and fit_sampled * SAMPLE_MARKS > SORTED,
    )


def marks_of(sampled: int) -> int:
    """Marks that make a sample large enough, where one makes a sample of this many."""
    marks = 1
    while marks < SAMPLE_MARKS and marks * sampled < ENOUGH:
        marks *= 2
    return marks
