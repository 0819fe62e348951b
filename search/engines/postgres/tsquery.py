"""Clauses as tsquery literals. Terms hold letters, digits, hyphens and our marks only, so quoting them is enough."""

from collections.abc import Iterable

from search.indexing.vector import SAMPLE_MARK, VALUE_MARK
from search.query import Clause
from search.query.clauses import Sequence


def all_of(clauses: Iterable[Clause], under: str | None = None) -> str:
    return " & ".join(f"({whole(clause, under)})" for clause in clauses)


def any_of(clauses: Iterable[Clause]) -> str:
    return " | ".join(f"({whole(clause)})" for clause in clauses)


def all_marked(clauses: Iterable[Clause], mark: str) -> str:
    return " & ".join(f"({marked(clause, mark)})" for clause in clauses)


def any_term(terms: Iterable[str]) -> str:
    return " | ".join(f"'{term}'" for term in sorted(terms))


def values(numbers: Iterable[int]) -> str:
    """Having any of these values of a facet."""
    return f"({any_term(f'{VALUE_MARK}{number}' for number in numbers)})"


def sample(marks: int) -> str:
    """Being in the sample that the first so many marks make."""
    return f"({any_term(f'{SAMPLE_MARK}{number}' for number in range(marks))})"


def whole(clause: Clause, under: str | None = None) -> str:
    """Any of a clause's alternatives; of a quoted one, for the column of forms.

    The index knows no places: where words stand beside each other, every document with all of them is read. With
    `under`, it is enough that they stand anywhere under this mark, or anywhere at all («»), and nothing is read.
    """
    return " | ".join(
        _sequence(sequence) if under is None or not is_phrase(sequence) else _marked(sequence, under)
        for sequence in clause.alternatives
    )


def is_phrase(sequence: Sequence) -> bool:
    return sum(map(bool, sequence)) > 1


def marked(clause: Clause, mark: str) -> str:
    """The same words among those under a mark (`search.indexing.vector`), wherever they stand there. A facet's value
    has no place: having it is as good as having its name in the title."""
    return " | ".join(_marked(sequence, mark) for sequence in clause.loosened().alternatives)


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
    places = [any_term(_under(mark, term) for term in place) for place in sequence if place]
    return "(" + " & ".join(f"({place})" for place in places) + ")"


def _under(mark: str, term: str) -> str:
    return term if term.startswith(VALUE_MARK) else mark + term
