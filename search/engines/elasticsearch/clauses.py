"""Clauses as Elasticsearch queries."""

from collections.abc import Collection, Iterable

from search.indexing.vector import VALUE_MARK
from search.query import Clause
from search.query.clauses import Sequence

from .documents import LONGEST
from .grades import STEPS, worth_of
from .mapping import PLACES

#: Words that are looked at to see how near clauses are to each other, of all clauses together: a small server takes
#: some thousand parts a query, and each word has one for each stream.
MAX_NEAR_TERMS = 60


def holds(clause: Clause) -> dict:
    """Documents with any of the clause's alternatives."""
    if clause.quoted:
        return _any([_adjacent(sequence, ["forms"]) for sequence in clause.alternatives])
    single = {term for sequence in clause.alternatives if len(sequence) == 1 for term in sequence[0]}
    several = [_adjacent(sequence, PLACES) for sequence in clause.alternatives if len(sequence) > 1]
    return _any([*([_terms(single)] if single else []), *several])


def marked(clause: Clause, mark: str) -> dict:
    """The same words among those under a mark (`search.indexing.vector`), wherever they stand there. A facet's value
    has no place: having it is as good as having its name in the title."""
    alternatives = clause.loosened().alternatives
    single = {_under(mark, term) for sequence in alternatives if len(sequence) == 1 for term in sequence[0]}
    several = [
        _all([_terms({_under(mark, term) for term in place}) for place in sequence if place])
        for sequence in alternatives
        if len(sequence) > 1 and any(sequence)
    ]
    return _any([*([_terms(single)] if single else []), *several])


def graded(clause: Clause, most: float) -> dict:
    """A score of up to `most`: by the worth (`grades`) of the clause's best word in the document."""
    terms = clause.loosened().terms
    return {
        "dis_max": {
            "queries": [
                constant({"terms": {"graded": sorted(f"{number}{term}" for term in terms)}}, most * worth_of(number))
                for number in range(1, len(STEPS) + 1)
            ]
        }
    }


def near(clauses: Collection[Clause], slop: int) -> dict:
    """Some word of each clause within so many others, in any order."""
    share = max(2, MAX_NEAR_TERMS // len(clauses))
    return {
        "span_near": {
            "clauses": [_span(sorted(clause.loosened().terms)[:share], PLACES) for clause in clauses],
            "slop": slop,
            "in_order": False,
        }
    }


def constant(query: dict, score: float) -> dict:
    return {"constant_score": {"filter": query, "boost": score}}


def _adjacent(sequence: Sequence, fields: list[str]) -> dict:
    """Places at their distances, any term of each; an empty place is any word."""
    places = list(sequence)
    while places and not places[-1]:
        places.pop()
    while places and not places[0]:
        places.pop(0)
    if not places:
        return {"match_none": {}}
    if len(places) == 1:
        return _any([{"terms": {field: [term[:LONGEST] for term in places[0]]}} for field in fields])
    clauses, gap = [], 0
    for place in places:
        if not place:
            gap += 1
            continue
        if gap:
            clauses.append({"span_gap": {fields[0]: gap}})
            gap = 0
        clauses.append(_span(place, fields))
    return {"span_near": {"clauses": clauses, "slop": 0, "in_order": True}}


def _span(terms: Collection[str], fields: list[str]) -> dict:
    """Any of these terms at one place, whichever stream holds it."""
    first, *others = fields
    spans: list[dict] = [{"span_term": {first: term[:LONGEST]}} for term in terms]
    for field in others:
        spans += [{"field_masking_span": {"query": {"span_term": {field: term}}, "field": first}} for term in terms]
    return {"span_or": {"clauses": spans}}


def _terms(terms: Iterable[str]) -> dict:
    return {"terms": {"terms": sorted(terms)}}


def _any(queries: list[dict]) -> dict:
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": queries, "minimum_should_match": 1}} if queries else {"match_none": {}}


def _all(queries: list[dict]) -> dict:
    return queries[0] if len(queries) == 1 else {"bool": {"filter": queries}}


def _under(mark: str, term: str) -> str:
    return term if term.startswith(VALUE_MARK) else mark + term
