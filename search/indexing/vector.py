"""A tsvector made of our own terms, as the literal that PostgreSQL reads."""

from bisect import bisect_left
from collections.abc import Iterable

from search.analysis import clean, fold, look_up, words

#: Marks terms of titles, and of titles, tags and summaries: found by the index alone, without reading positions.
#: No word begins with either character.
TITLE_MARK = "^"
HEAD_MARK = "#"
#: Before the number of a facet's value that the object has.
VALUE_MARK = "="
#: What only an outstanding document has.
OUTSTANDING_MARK = "!"
#: Every document bears one of SAMPLE_MARKS marks «~0», «~1» …, so that the documents of one are a fair sample of all.
SAMPLE_MARK, SAMPLE_MARKS = "~", 32

# A tsvector ends at 1 MB of lexemes and positions, at position 16,383 and at 256 positions a lexeme.
MAX_POSITION = 16_000
MAX_PLACES = 255
MAX_BYTES = 600_000
#: Between two texts, so that no phrase reaches from one into the other.
GAP = 8


def sample_mark(row_id: int) -> str:
    """The mark of a row: by a hash, since things made by turns (a lesson, a project, a lesson …) have numbers by turns.

    Knuth, «The Art of Computer Programming», 6.4: neighbours are scattered evenly by the golden ratio.
    """
    return f"{SAMPLE_MARK}{(row_id * 2_654_435_769 % 2**32) * SAMPLE_MARKS >> 32}"


class Vector:
    """Collects texts with their weights; terms that do not fit any more are left out."""

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}
        self._ends: list[int] = []  # the last position of each weight
        self._weights: list[str] = []
        self._position = 0
        self._bytes = 0

    def add(self, texts: Iterable[str], weight: str, *, marks: str = "", stop_words: bool = False) -> None:
        """Texts of one weight (A, B or C); `marks` are set before their terms as further lexemes."""
        for text in texts:
            for word in words(clean(text)):
                entry = look_up(word)
                self._add(entry.full if stop_words else entry.positions, marks)
            self._position += GAP
        self._ends.append(self._position)
        self._weights.append(weight)

    def _add(self, positions: Iterable[tuple[str, ...]], marks: str) -> None:
        places = self._places
        for terms in positions:
            self._position += 1
            for term in terms:
                found = places.get(term)
                if found is None:
                    found = self._new(term, marks)
                    if found is None:
                        continue
                if self._position <= MAX_POSITION and len(found) < MAX_PLACES:
                    found.append(self._position)

    def _new(self, term: str, marks: str = "") -> list[int] | None:
        size = len(term.encode()) + 8
        if self._bytes + size > MAX_BYTES:
            return None
        self._bytes += size
        for mark in marks:
            self._places[mark + term] = []
        return self._places.setdefault(term, [])

    def add_vocabulary(self, text: str) -> None:
        """A text's terms without their places: it is found, yet neither ranked by them nor as a phrase."""
        for word in words(clean(text)):
            for terms in look_up(word).positions:
                for term in terms:
                    if term not in self._places:
                        self._new(term)

    def add_forms(self, texts: Iterable[str]) -> None:
        """The very forms of the words, one place a word; what would have no place any more is left out."""
        for text in texts:
            for word in words(clean(text)):
                if self._position >= MAX_POSITION:
                    break
                self._add([(fold(word),)], "")
            self._position += GAP
        self._ends.append(self._position)
        self._weights.append("")

    def literal(self) -> str:
        """The tsvector as text; terms hold letters, digits, hyphens and our marks only: nothing needs escaping."""
        return " ".join(
            [self._lexeme(term, places) if places else f"'{term}'" for term, places in self._places.items()]
        )

    def _lexeme(self, term: str, places: list[int]) -> str:
        ends, weights = self._ends, self._weights
        return f"'{term}':" + ",".join([f"{place}{weights[bisect_left(ends, place)]}" for place in places])
