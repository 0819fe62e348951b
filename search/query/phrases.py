"""Words of a phrase as they are compared: a phrase of the school dictionary or a facet value's name with a query."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from search.analysis import STOPWORDS, WORD, Terms, clean, fold, look_up
from search.analysis.entries import ABBREVIATION_LETTERS
from search.analysis.text import HYPHEN

from .clauses import Sequence

#: «7-х»: what follows the number is its ending.
NUMBER_ENDINGS = frozenset("й я е м х ый ий ой ая ое ые ых го ому му ом ую ти ми".split())  # noqa: SIM905
#: «Обучающийся» is a person, «обучать» is not, though both are forms of one verb.
PARTICIPLE = re.compile(r"[а-я]{2,}?(?:[ауюя]щ|[аеиуыя]вш)[а-я]{2,3}(?:ся)?")

Found = TypeVar("Found")


class Token(NamedTuple):
    """A word, or a part of a hyphenated one."""

    folded: str
    terms: Terms
    #: Not inflected: compared by its letters alone.
    exact: bool = False
    participle: bool = False

    def matches(self, typed: "Token") -> bool:
        """Whether the typed word is this one in some form."""
        if self.exact:
            return self.folded == typed.folded
        return self.participle == typed.participle and not set(self.terms).isdisjoint(typed.terms)


#: Words in their order.
Tokens = tuple[Token, ...]


# Dictionaries are made anew after every change of the site, out of the same phrases.
@lru_cache(maxsize=2**14)
def tokens_of(text: str) -> Tokens:
    """The words of a phrase, without stop words."""
    return tuple(token for word in WORD.findall(clean(text)) for token in tokens_of_word(word))


def tokens_of_word(word: str) -> list[Token]:
    """The word's parts: one, or several of a hyphenated one. Nothing of a stop word."""
    places = look_up(word).alternatives[0]
    parts = HYPHEN.split(word)
    if len(places) < len(parts):  # an ordinal: «7-й» is 7
        parts = [places[0][0]]
    tokens = []
    for part, terms in zip(parts, places, strict=False):
        folded = fold(part)
        if folded in STOPWORDS or (tokens and tokens[-1].folded.isdecimal() and folded in NUMBER_ENDINGS):
            continue
        exact = part.isupper() and len(part) in ABBREVIATION_LETTERS
        tokens.append(Token(folded, terms, exact, PARTICIPLE.fullmatch(folded) is not None))
    return tokens


@lru_cache(maxsize=2**13)
def sequences_of(text: str) -> tuple[Sequence, ...]:
    """What to search for to find the phrase, in any form of its words; a stop word is a place between two others."""
    words = WORD.findall(clean(text))
    if len(words) == 1:
        return tuple(
            tuple(map(_narrowed, words * len(sequence), sequence)) for sequence in look_up(words[0]).alternatives
        )
    places = [
        place
        for word in words
        for place in ([()] if fold(word) in STOPWORDS else [_narrowed(word, p) for p in look_up(word).alternatives[0]])
    ]
    while places and not places[0]:
        places.pop(0)
    while places and not places[-1]:
        places.pop()
    return (tuple(places),) if places else ()


def _narrowed(word: str, terms: Terms) -> Terms:
    """A participle without its verb: «учащийся» is not found by «учить»."""
    return terms[:1] if PARTICIPLE.fullmatch(fold(word)) else terms


class Phrases(Generic[Found]):
    """Phrases, each with what it stands for."""

    def __init__(self, phrases: Iterable[tuple[Tokens, Found]]) -> None:
        self._by_first: dict[str, list[tuple[Tokens, Found]]] = {}
        for tokens, found in phrases:
            if tokens:
                for key in [tokens[0].folded] if tokens[0].exact else tokens[0].terms:
                    self._by_first.setdefault(key, []).append((tokens, found))

    def at(self, tokens: Tokens, start: int) -> list[tuple[int, Found]]:
        """(number of words, what they stand for) of each phrase that begins there, the longest first."""
        first = tokens[start]
        met = [
            (len(phrase), found)
            for key in dict.fromkeys((*first.terms, first.folded))
            for phrase, found in self._by_first.get(key, ())
            if len(typed := tokens[start : start + len(phrase)]) == len(phrase)
            and all(map(Token.matches, phrase, typed))
        ]
        return sorted(met, key=lambda each: -each[0])
