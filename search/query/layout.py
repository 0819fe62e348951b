"""What was typed in the wrong keyboard layout, whole or in part: «vfntvfnbrf» is «математика»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from search.analysis import STOPWORDS, WORD, fold

from .keyboard import TO_LATIN, TO_RUSSIAN
from .knowledge import Knowledge, in_grammar
from .parse import HALF_TYPED_LETTERS, MAX_WORDS

GAP = re.compile(r"(\s+)")
LATIN = re.compile("[A-Za-z]")
CYRILLIC = re.compile("[А-Яа-яЁё]")
MINUS = re.compile(r"[-\u2212\u2013](?=\S)")
#: Shorter words are of both languages.
LETTERS = 3
#: A word that only the grammar knows, and no document, must be so long for its letters to be no accident.
CERTAIN_LETTERS = 5
#: At a word's ends, signs that may be punctuation or letters of the other layout.
SIGNS = 3


@dataclass(frozen=True)
class Way:
    """One way to read a stretch between spaces: typed in the other layout, but for some signs at its ends."""

    text: str

    @cached_property
    def tokens(self) -> list[str]:
        return [fold(word) for word in WORD.findall(self.text)]

    @cached_property
    def telling(self) -> list[str]:
        """Words that can tell a language."""
        return [word for word in self.tokens if _tells(word)]

    def is_word(self, counts: dict[str, int]) -> bool:
        return bool(self.telling) and all(
            counts[word] or (len(word) >= CERTAIN_LETTERS and in_grammar(word)) for word in self.telling
        )

    def follows(self, counts: dict[str, int]) -> bool:
        """Whether it makes sense at least beside a word that is certain."""
        return bool(self.tokens) and all(
            word in STOPWORDS or word.isdecimal() or counts.get(word) or in_grammar(word) for word in self.tokens
        )

    def likelihood(self, counts: dict[str, int]) -> tuple[bool, int, int]:
        """Of ways that differ by the signs at a word's ends: a stem may agree by chance, a form of a word does not; and
        a letter that makes another form is rather a letter."""
        proper = all(word.isascii() or in_grammar(word) for word in self.telling)
        letters = sum(map(len, self.tokens)) if proper else 0
        return proper, letters, min((counts[word] for word in self.telling), default=0)


class Stretch:
    """What stands between two spaces."""

    def __init__(self, text: str) -> None:
        self.typed = Way(text)
        latin, cyrillic = LATIN.search(text), CYRILLIC.search(text)
        self.table = None if bool(latin) == bool(cyrillic) else TO_RUSSIAN if latin else TO_LATIN
        #: What is a sign in either layout was typed in the wrong one like the word.
        self.signs = {key: new for key, new in (self.table or {}).items() if not chr(new).isalpha()}
        self.ways = list(dict.fromkeys(self._ways(text))) if self.table else []

    def _ways(self, text: str) -> Iterator[Way]:
        minus = MINUS.match(text)
        kept = minus.end() if minus else 0
        first = next((i for i, sign in enumerate(text) if i >= kept and sign.isalnum()), len(text))
        last = next((i for i in range(len(text), 0, -1) if text[i - 1].isalnum()), 0)
        for start in range(max(kept, first - SIGNS), first + 1):
            for end in range(last, min(len(text), last + SIGNS) + 1):
                yield Way(
                    text[:kept]
                    + text[kept:start].translate(self.signs)
                    + text[start:end].translate(self.table)
                    + text[end:].translate(self.signs)
                )

    def makes_sense(self, counts: dict[str, int]) -> bool:
        """As it was typed."""
        known = any(counts[word] for word in self.typed.telling)
        return known or (self.table is TO_LATIN and any(map(in_grammar, self.typed.telling)))


def converted(text: str, knowledge: Knowledge) -> str:
    """The text with what nobody knows as typed, but knows in the other layout, so converted.

    Words too short to tell by themselves go with a neighbour that does: «gj abpbrt» is «по физике».
    """
    pieces = GAP.split(text)
    stretches = {place: Stretch(pieces[place]) for place in range(0, min(len(pieces), 2 * MAX_WORDS), 2)}
    foreign = {place: stretch for place, stretch in stretches.items() if stretch.ways}
    if all(stretch.table is TO_LATIN and _is_plain(stretch.typed) for stretch in foreign.values()):
        return text
    words = {word for one in foreign.values() for way in (one.typed, *one.ways) for word in way.telling}
    counts = knowledge.counts(words)
    foreign = {place: one for place, one in foreign.items() if not one.makes_sense(counts)}
    chosen: dict[int, Way] = {}
    for place, stretch in foreign.items():
        ways = [way for way in stretch.ways if way.is_word(counts)]
        if not ways and place == len(pieces) - 1:
            ways = _half_typed(stretch, knowledge)
        if ways:
            chosen[place] = max(ways, key=lambda way: way.likelihood(counts))
    for order in (sorted(foreign), sorted(foreign, reverse=True)):
        for place in order:
            beside = [foreign[other].table for other in (place - 2, place + 2) if other in chosen]
            if place not in chosen and foreign[place].table in beside:
                ways = [way for way in foreign[place].ways if way.follows(counts)]
                chosen |= {place: max(ways, key=lambda way: way.likelihood(counts))} if ways else {}
    return "".join(chosen[place].text if place in chosen else piece for place, piece in enumerate(pieces))


def _is_plain(way: Way) -> bool:
    """Russian words that need no index to be known."""
    return all(map(in_grammar, way.telling))


def _half_typed(stretch: Stretch, knowledge: Knowledge) -> list[Way]:
    """Ways in which the last word of a query begins some word, though not as it was typed."""
    if stretch.typed.tokens and _begins(stretch.typed.tokens[-1], knowledge):
        return []
    return [way for way in stretch.ways if len(way.tokens) == 1 and _begins(way.tokens[0], knowledge)]


def _begins(word: str, knowledge: Knowledge) -> bool:
    return len(word) >= HALF_TYPED_LETTERS and knowledge.begins(word)


def _tells(word: str) -> bool:
    return len(word) >= LETTERS and word not in STOPWORDS and not any(map(str.isdigit, word))
