"""From a word to the terms by which it is found."""

import re
from functools import lru_cache
from typing import NamedTuple

from .morphology import lemma, stem
from .stopwords import STOPWORDS
from .text import HYPHEN, fold

MAX_LETTERS = 60
ABBREVIATION_LETTERS = range(2, 7)
WORD_LETTERS = 3
JOINED_PARTS = 4

ORDINAL = re.compile(r"(\d+)(?:-(?:[йяемх]|ый|ий|ой|ая|ое|ые|ых|го|ому|му|ом|ую|ти|ми)|(?:й|ый|ой|го))")
CLASS_LETTER = re.compile(r"(\d{1,2})[а-я]")

Terms = tuple[str, ...]


class Entry(NamedTuple):
    """A word as the index sees it.

    `positions`: terms at each successive place of a document; a stop word is an empty place.
    `full`: the same, with the terms of stop words too.
    `alternatives`: for a query, sequences of places of which any must match.
    `spellings`: (folded word, its terms) for the dictionary that completes half-typed words.
    """

    positions: tuple[Terms, ...]
    full: tuple[Terms, ...]
    alternatives: tuple[tuple[Terms, ...], ...]
    spellings: tuple[tuple[str, Terms], ...]


# Words are distributed by Zipf's law: nearly every one of a text has been met before.
@lru_cache(maxsize=2**18)
def look_up(word: str) -> Entry:
    """The entry of a word as `words()` gives it: with its case, which tells an abbreviation."""
    ordinal = ORDINAL.fullmatch(fold(word[:MAX_LETTERS]))
    if ordinal:
        terms = (ordinal[1],)
        return Entry((terms,), (terms,), ((terms,),), ())
    parts = [part[:MAX_LETTERS] for part in HYPHEN.split(word)]
    return _plain(parts[0]) if len(parts) == 1 else _hyphenated(parts)


def _plain(word: str) -> Entry:
    folded = fold(word)
    terms = _terms(word)
    kept = _with_grade(folded, terms)
    positions = () if folded in STOPWORDS else kept
    return Entry((positions,), (kept,), ((terms,),), _spelling(folded, terms))


def _hyphenated(parts: list[str]) -> Entry:
    """«Видео-урок» is found as itself, as «видеоурок» and as its parts beside each other."""
    entries = [_plain(part) for part in parts]
    full = [entry.full[0] for entry in entries]
    positions = [entry.positions[0] for entry in entries]
    apart = [
        () if fold(part) in STOPWORDS else entry.alternatives[0][0] for part, entry in zip(parts, entries, strict=True)
    ]
    alternatives = [tuple(apart)] if any(apart) else [tuple(full)]
    spellings = [spelling for entry in entries for spelling in entry.spellings]
    if len(parts) <= JOINED_PARTS and not all(part.isdigit() for part in parts):
        joined = _terms("".join(parts)[:MAX_LETTERS])
        full[0] += joined
        positions[0] += joined
        alternatives.append((joined,))
        spellings += _spelling("-".join(fold(part) for part in parts), joined)
    return Entry(tuple(positions), tuple(full), tuple(alternatives), tuple(spellings))


def _terms(word: str) -> Terms:
    folded = fold(word)
    root = _root(folded)
    if word.isupper() and len(word) in ABBREVIATION_LETTERS:
        return (root,)
    normal = lemma(folded)
    return (root,) if normal is None or normal in STOPWORDS else tuple(dict.fromkeys((root, _root(normal))))


def _root(folded: str) -> str:
    """The stem, unless it is too short to be the word any more: «иом» would become «и», and «доу» «до»."""
    stemmed = stem(folded)
    return stemmed if len(stemmed) >= WORD_LETTERS else folded


def _with_grade(folded: str, terms: Terms) -> Terms:
    """A class «7б» is also found by «7»; asked for, it means itself only."""
    grade = CLASS_LETTER.fullmatch(folded)
    return (*terms, grade[1]) if grade else terms


def _spelling(folded: str, terms: Terms) -> tuple[tuple[str, Terms], ...]:
    fits = len(folded) >= WORD_LETTERS and not folded.isdigit() and folded not in STOPWORDS
    return ((folded[: 2 * MAX_LETTERS], terms),) if fits else ()
