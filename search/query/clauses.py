from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from search.analysis import Terms, look_up, words

#: Terms at successive places, any of each; an empty place is any word (a stop word between two others).
Sequence = tuple[Terms, ...]


@dataclass(frozen=True)
class Clause:
    """A word or a quoted phrase: found where any of its alternatives is."""

    #: As typed.
    surface: str
    alternatives: tuple[Sequence, ...]
    excluded: bool = False
    #: In quotes: these very forms in this order. `alternatives` then hold folded forms, not terms.
    quoted: bool = False
    #: The beginning of a word still being typed, folded; or nothing.
    half_typed: str = ""

    @property
    def terms(self) -> set[str]:
        return {term for sequence in self.alternatives for place in sequence for term in place}

    def loosened(self) -> "Clause":
        """Of a quoted phrase, the same words in any form and order of their own; any other clause is itself."""
        if not self.quoted:
            return self
        entries = [look_up(word) for word in words(self.surface)]
        places = [place for entry in entries for place in entry.positions if place]
        # Of stop words alone titles hold the terms; a clause of nothing would be no question.
        places = places or [place for entry in entries for place in entry.full]
        return replace(self, alternatives=(tuple(places),), quoted=False)

    def or_any(self, completions: Iterable[Terms]) -> "Clause":
        """The same with further single words that it may stand for."""
        more = tuple((terms,) for terms in completions)
        return replace(self, alternatives=tuple(dict.fromkeys((*self.alternatives, *more))))


@dataclass(frozen=True)
class Reading:
    """A name of a facet's value recognised in a query: «7 класс» is the grade 7.

    A reading narrows nothing by itself: its words are found where they stand, or where the object has the value.
    """

    facet: str
    value: str
    #: How the facet and the value are called on the page.
    title: str
    label: str
    #: The words of the query that were read so, as typed.
    surface: str
    #: The query without these words.
    text_without: str


@dataclass(frozen=True)
class Query:
    """A text understood: every clause must be found, and none of the excluded ones."""

    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    #: The text was longer than a query may be, and only its beginning was taken.
    shortened: bool = False

    @property
    def terms(self) -> set[str]:
        """Terms of the clauses, those of quoted phrases in any form."""
        return {term for clause in self.clauses for term in clause.loosened().terms}


@dataclass(frozen=True)
class Understood:
    """What a text was taken for, and what the reader is told of it."""

    query: Query
    #: The text that `query` was made of, if it is not the one typed.
    corrected: str = ""
    readings: tuple[Reading, ...] = ()
    #: Word or phrase as typed -> what means the same, as written in the school dictionary.
    synonyms: dict[str, list[str]] = field(default_factory=dict)
