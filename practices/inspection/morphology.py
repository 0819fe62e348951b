"""Is this word a surname, a name, a patronymic? Asked of pymorphy3, whose analyzer no two threads may enter."""

import logging
import re
from functools import cache, lru_cache
from threading import Lock
from typing import NamedTuple

import pymorphy3

logging.getLogger("pymorphy3").setLevel(logging.WARNING)

_lock = Lock()

#: Below this share of its uses a word is hardly a surname: «Мороз», «Король».
RARE = 0.05
ROLES = ("Surn", "Name", "Patr")
#: Of words that no dictionary has.
SURNAME_ENDING = re.compile(
    r"(?:[оеё]в|[иы]н)а?$|[сц]к(?:ий|ая|ой)$|(?:ко|[чю]?ук|юк|ян|дзе|швили|[ыи]х|ич|ой|ая)$", re.IGNORECASE
)
#: Surnames of Koreans of Primorye that the dictionary takes for other words, or does not know.
SHORT_SURNAME = re.compile(
    r"пак|ли|тен|тян|хан|юн|лим|кан|шин|чен|нам|мун|[юк]огай|югай|хегай|ан|ю|ни|дон|пан|цай|нигай"
)


class Sense(NamedTuple):
    """One way to read a word: as a surname, name or patronymic, in a case, of a gender."""

    role: str
    case: str | None
    gender: str | None
    lemma: str


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=2**14)
def senses(word: str) -> frozenset[Sense]:
    """How a capitalised word may be read as a part of a person's name; empty for other words."""
    if SHORT_SURNAME.fullmatch(fold(word)):
        return frozenset({Sense("Surn", None, None, fold(word))})
    with _lock:
        parses = _analyzer().parse(word)
        is_known = _analyzer().word_is_known(word)
    found = set()
    for parse in parses:
        role = next((role for role in ROLES if role in parse.tag), None)
        if not role or "plur" in parse.tag or (is_known and parse.score < RARE):
            continue
        if not is_known and (role != "Surn" or not SURNAME_ENDING.search(word)):
            continue
        found.add(Sense(role, parse.tag.case, parse.tag.gender, fold(parse.normal_form)))
    return frozenset(found)


@lru_cache(maxsize=2**14)
def is_word(word: str) -> bool:
    """Does the dictionary know it as something else than a name?"""
    with _lock:
        if not _analyzer().word_is_known(word):
            return False
        return any(not any(role in parse.tag for role in ROLES) for parse in _analyzer().parse(word))


def fold(word: str) -> str:
    return word.casefold().replace("ё", "е")
