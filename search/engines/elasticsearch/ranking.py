"""The order by words, as PostgreSQL's engine has it (`search.engines.postgres.statement`).

Having all words in the title or the head outweighs any number of them in the text; being read much and being new only
decide between near equals.
"""

from search.engines.base import Question
from search.indexing.vector import HEAD_MARK, TITLE_MARK

from .clauses import constant, graded, marked, near
from .conditions import conditions_of

ALL_IN_TITLE, ALL_IN_HEAD, WORDS, NEARNESS = 1.0, 0.4, 0.5, 0.2
FRESHNESS = 0.03
#: Three years, in which freshness falls to 1/e.
FRESH_FOR, FALLS_TO = "1095d", 0.36787944
#: Words between the query's own, and the share of nearness that they leave.
SLOPS = ((1, 0.4), (5, 0.3), (20, 0.3))


def ranked(question: Question) -> dict:
    """Documents that hold all clauses, scored."""
    clauses = question.query.clauses
    query = conditions_of(question, all_clauses=True)
    query["bool"]["should"] = [
        constant(_all([marked(clause, TITLE_MARK) for clause in clauses]), ALL_IN_TITLE),
        constant(_all([marked(clause, HEAD_MARK) for clause in clauses]), ALL_IN_HEAD),
        *(graded(clause, WORDS / len(clauses)) for clause in clauses),
    ]
    return {
        "function_score": {
            "query": query,
            "functions": [
                {"field_value_factor": {"field": "fame"}},
                {"exp": {"date": {"origin": "now", "scale": FRESH_FOR, "decay": FALLS_TO}}, "weight": FRESHNESS},
            ],
            "score_mode": "sum",
            "boost_mode": "sum",
        }
    }


def nearness(question: Question) -> dict:
    """A second look at the best only: how near to each other the words stand."""
    return {
        "window_size": question.size,
        "query": {
            "rescore_query": {
                "bool": {
                    "should": [constant(near(question.query.clauses, slop), NEARNESS * share) for slop, share in SLOPS]
                }
            }
        },
    }


def _all(queries: list[dict]) -> dict:
    return {"bool": {"filter": queries}}
