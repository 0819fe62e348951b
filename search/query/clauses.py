from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.analysis import Terms

#: Terms at successive places, any of each; an empty place is any word (a stop word between two others).
Sequence = tuple[Terms, ...]


@dataclass(frozen=True)
class Clause:
    """A word or a quoted phrase: found where any of its alternatives is."""

    #: As typed.
    surface: str
    alternatives: tuple[Sequence, ...]
    excluded: bool = False
    #: In quotes: the words in this order.
    quoted: bool = False
    #: The beginning of a word still being typed, folded; or nothing.
    half_typed: str = ""

    @property
    def terms(self) -> set[str]:
        return {term for sequence in self.alternatives for place in sequence for term in place}

    def or_any(self, completions: Iterable[Terms]) -> "Clause":
        """The same with further single words that it may stand for."""
        more = tuple((terms,) for terms in completions)
        return replace(self, alternatives=tuple(dict.fromkeys((*self.alternatives, *more))))


@dataclass(frozen=True)
class Query:
    """A text understood: every clause must be found, and none of the excluded ones."""

    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    #: The text was longer than a query may be, and only its beginning was taken.
    shortened: bool = False

    @property
    def terms(self) -> set[str]:
        return {term for clause in self.clauses for term in clause.terms}
