"""What every question to the copy asks of a document, whichever way it is found."""

from search.engines.base import Question

from .clauses import holds


def conditions_of(question: Question, *, all_clauses: bool) -> dict:
    """Rights, kinds, what is left out, and all clauses if asked for; nothing of it scores."""
    conditions = [_may_be_seen_by(question.tokens)]
    if question.kinds is not None:
        conditions.append({"terms": {"kind": question.kinds}})
    if all_clauses:
        conditions += [holds(clause) for clause in question.query.clauses]
    return {"bool": {"filter": conditions, "must_not": [holds(clause) for clause in question.query.excluded]}}


def _may_be_seen_by(tokens: list[str]) -> dict:
    everybody = {"term": {"access_count": 0}}
    if not tokens:
        return everybody
    holders = {"terms_set": {"access": {"terms": tokens, "minimum_should_match_field": "access_count"}}}
    return {"bool": {"should": [everybody, holders], "minimum_should_match": 1}}
