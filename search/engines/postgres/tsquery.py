"""Clauses as tsquery literals. Terms hold letters and digits only, so quoting them is enough."""

from collections.abc import Iterable

from search.query import Clause
from search.query.clauses import Sequence


def all_of(clauses: Iterable[Clause]) -> str:
    return " & ".join(f"({_clause(clause)})" for clause in clauses)


def any_of(clauses: Iterable[Clause]) -> str:
    return " | ".join(f"({_clause(clause)})" for clause in clauses)


def all_marked(clauses: Iterable[Clause], mark: str) -> str:
    """The same words among those under a mark (`search.indexing.vector`), wherever they stand there."""
    return " & ".join(f"({' | '.join(_marked(s, mark) for s in clause.alternatives)})" for clause in clauses)


def any_term(terms: Iterable[str]) -> str:
    return " | ".join(f"'{term}'" for term in sorted(terms))


def _clause(clause: Clause) -> str:
    return " | ".join(_sequence(sequence) for sequence in clause.alternatives)


def _sequence(sequence: Sequence) -> str:
    """Places at their distances: «урок в школе» is 'урок' <2> 'школ'."""
    parts, distance = [], 0
    for place in sequence:
        if place:
            parts += [f" <{distance}> "] if parts else []
            parts.append(f"({any_term(place)})")
            distance = 0
        distance += 1
    return "(" + "".join(parts) + ")"


def _marked(sequence: Sequence, mark: str) -> str:
    places = [any_term(mark + term for term in place) for place in sequence if place]
    return "(" + " & ".join(f"({place})" for place in places) + ")"
