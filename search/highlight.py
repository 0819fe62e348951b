"""Matched words marked in the texts of one shown page. By terms, so that other forms of a word are marked too."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import STOPWORDS, WORD, fold, look_up
from search.analysis.entries import WORD_LETTERS
from search.analysis.text import HYPHEN, LONGEST
from search.query import Clause

SNIPPET_LETTERS = 240
#: Longer texts are looked through up to here.
MAX_LETTERS = 30_000
#: How far an end of a snippet moves to fall between words.
SLACK = 20


#: More words than this take longer to make a pattern of than to be looked up one by one.
MOST_IN_PATTERN, BEGINNING = 80, 3
#: Where a word begins and ends, as `WORD` has it; and one with a digit or a hyphen, of which the dictionary has none.
BEFORE, AFTER = rf"(?<![^\W_])(?<![^\W_]{HYPHEN.pattern})", rf"(?![^\W_])(?!{HYPHEN.pattern}[^\W_])"
COMPOUND = rf"(?=[^\W_]*(?:\d|{HYPHEN.pattern}[^\W_])){WORD.pattern}"


@dataclass(frozen=True)
class Match:
    """A word of a text that some clauses (their numbers) ask for."""

    start: int
    end: int
    clauses: frozenset[int]


class Marker:
    """Finds and marks the words of some clauses; remembers words, for texts of one page share them.

    `spellings` are the index's words that have any of the clauses' terms, with their terms: to look up
    all words of twenty texts in the grammar instead costs a fresh process half a second.
    """

    def __init__(self, clauses: Iterable[Clause], spellings: dict[str, Iterable[str]]) -> None:
        self._wanted: dict[str, set[int]] = {}
        forms: dict[str, set[int]] = {}
        for number, clause in enumerate(clauses):
            for term in clause.terms:
                (forms if clause.quoted else self._wanted).setdefault(term, set()).add(number)
        self._forms = forms
        #: Folded word -> clauses: what the dictionary says of the words asked for, known before any text is read.
        self._known = {
            word: frozenset(self._asking(terms) | forms.get(word, set())) for word, terms in spellings.items()
        }
        self._seen: dict[str, frozenset[int]] = {}
        self._found: dict[str, list[Match]] = {}

    def matches(self, text: str) -> list[Match]:
        if not self._wanted and not self._forms:
            return []
        if text not in self._found:
            self._found[text] = self._look_for(text)
        return self._found[text]

    def _look_for(self, text: str) -> list[Match]:
        # Folded at once, which is quicker than word by word; some rare letters grow longer so, and then places differ.
        folded = fold(text)
        pattern, read = (self._pattern, folded) if len(folded) == len(text) else (WORD, text)
        seen, found = self._seen, []
        for word in pattern.finditer(read, 0, MAX_LETTERS):
            clauses = seen.get(word[0])
            if clauses is None:
                clauses = seen.setdefault(word[0], self._clauses_of(fold(word[0][:LONGEST])))
            if clauses:
                found.append(Match(word.start(), word.end(), clauses))
        return found

    @cached_property
    def _pattern(self) -> re.Pattern:
        """Finds the words of a folded text that may be asked for, rather than every word."""
        words = {word for word, clauses in self._known.items() if clauses} | self._forms.keys()
        little = any(term.isalpha() and (len(term) < WORD_LETTERS or term in STOPWORDS) for term in self._wanted)
        if little or len(words) > MOST_IN_PATTERN or not words:
            return WORD
        by_beginning = groupby(sorted(words), key=lambda word: word[:BEGINNING])
        groups = (
            re.escape(beginning) + f"(?:{'|'.join(re.escape(word[BEGINNING:]) for word in group)})"
            for beginning, group in by_beginning
        )
        return re.compile(f"{BEFORE}(?:(?:{'|'.join(groups)}){AFTER}|{COMPOUND})")

    def _clauses_of(self, folded: str) -> frozenset[int]:
        known = self._known.get(folded)
        if known is not None:
            return known
        found = set(self._forms.get(folded, ()))
        # Numbers, «7б», «видео-урок»: the dictionary has none of them.
        if not (folded.isalpha() and len(folded) >= WORD_LETTERS and folded not in STOPWORDS):
            found |= self._asking(term for place in look_up(folded).full for term in place)
        return frozenset(found)

    def _asking(self, terms: Iterable[str]) -> set[int]:
        return {number for term in terms for number in self._wanted.get(term, ())}

    def found_in(self, texts: Iterable[str]) -> set[int]:
        """Numbers of the clauses of which some word stands in any of these texts."""
        return {number for text in texts for match in self.matches(text) for number in match.clauses}

    def mark(self, text: str) -> SafeString:
        return marked(text, self.matches(text), 0, len(text))

    def snippet(self, *texts: str) -> SafeString:
        """The best stretch of the best text: the most clauses, then the most words; the first text if none has any."""
        windows = [best_window(text, self.matches(text)) for text in texts]
        best = max(range(len(texts)), key=lambda number: (windows[number].clauses, -number))
        return windows[best].html()


@dataclass(frozen=True)
class Window:
    """A stretch of a text with its matches, and how many different clauses it shows."""

    text: str
    start: int
    end: int
    matches: list[Match]
    clauses: int = 0

    def html(self) -> SafeString:
        before = "… " if self.start > 0 else ""
        after = " …" if self.end < len(self.text.rstrip()) else ""
        return mark_safe(before + marked(self.text, self.matches, self.start, self.end) + after)  # noqa: S308 - escaped


def best_window(text: str, matches: list[Match]) -> Window:
    if not matches:
        return Window(text, *_borders(text, 0), [])
    shown: Counter[int] = Counter()
    best, best_value, first = (0, 1), (0, 0), 0
    for last, match in enumerate(matches):
        shown.update(match.clauses)
        while match.end - matches[first].start > SNIPPET_LETTERS and first < last:
            shown.subtract(matches[first].clauses)
            first += 1
        value = (sum(count > 0 for count in shown.values()), last - first + 1)
        if value > best_value:
            best, best_value = (first, last + 1), value
    middle = (matches[best[0]].start + matches[best[1] - 1].end) // 2
    start, end = _borders(text, min(matches[best[0]].start, max(0, middle - SNIPPET_LETTERS // 2)))
    end = max(end, matches[best[0]].end)
    return Window(text, start, end, matches, best_value[0])


def _borders(text: str, start: int) -> tuple[int, int]:
    """A window from about `start`, moved to fall between words."""
    end = min(len(text), start + SNIPPET_LETTERS)
    if end == len(text):
        start = max(0, min(start, end - SNIPPET_LETTERS))
    return _word_border(text, start, -1), _word_border(text, end, 1)


def _word_border(text: str, position: int, step: int) -> int:
    """The nearest place between words this way; where a word is endless, the position itself."""
    for border in range(position, position + step * SLACK, step):
        if border <= 0 or border >= len(text) or text[border - 1].isspace() or text[border].isspace():
            return min(max(border, 0), len(text))
    return position


def marked(text: str, matches: Iterable[Match], start: int, end: int) -> SafeString:
    """This stretch as HTML, its matches in `<mark>`; line breaks become spaces."""
    pieces, position = [], start
    for match in matches:
        if match.start >= start and match.end <= end:
            pieces += [escape(text[position : match.start]), f"<mark>{escape(text[match.start : match.end])}</mark>"]
            position = match.end
    pieces.append(escape(text[position:end]))
    return mark_safe(" ".join("".join(pieces).split()))  # noqa: S308 - every piece is escaped
