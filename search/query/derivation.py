"""Words of one root and one meaning: who asks how to teach («преподавать») finds teaching («преподавание»)."""

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from search.analysis import fold, look_up
from search.analysis.entries import ABBREVIATION_LETTERS
from search.analysis.morphology import lemma, parts_of_speech

from .clauses import Clause
from .phrases import PARTICIPLE

RELATIVES = Path(__file__).parent.parent / "data" / "relatives.txt"
#: Shorter words are too many things.
MIN_LETTERS = 4
#: Shorter stems agree by chance: «пение» is not of «пить».
MIN_STEM = 3
#: How nouns of action end -> how the infinitives end that they are made from, with what the stem must end in.
ENDINGS = {
    "ание": {"ать": "", "ывать": ""},
    "яние": {"ять": ""},
    "ение": {"ить": "", "еть": "", "ать": "жчшщд", "ять": "лнр"},
    "тие": {"ть": "", "вать": ""},
}
#: Sounds before -ение -> what they were before -ить: «обсуждение» — «обсудить».
CHANGES = {"жд": ("д",), "ж": ("д", "з"), "ш": ("с",), "ч": ("т",), "щ": ("т", "ст")} | {
    f"{labial}л": (labial,) for labial in "бвмпф"
}


class Table(NamedTuple):
    """Relatives that no rule tells; made from `data/relatives.txt`."""

    words: dict[str, tuple[str, ...]]
    #: Nouns that have gone their own way: «занятие» is not where one «занять».
    estranged: frozenset[str]


def expand(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses, each single word found by its relatives too; quoted and excluded ones as they are."""
    return tuple(clause if clause.quoted or clause.excluded else _expanded(clause) for clause in clauses)


def _expanded(clause: Clause) -> Clause:
    word = clause.surface
    folded = fold(word)
    if not word.isalpha() or (word.isupper() and len(word) in ABBREVIATION_LETTERS) or PARTICIPLE.fullmatch(folded):
        return clause
    return clause.or_any(look_up(other).alternatives[0][0] for other in relatives(folded))


@lru_cache(maxsize=2**14)
def relatives(word: str) -> tuple[str, ...]:
    """Dictionary forms of words of the same root and meaning as this folded one in any form."""
    normal = lemma(word)
    if normal is None or len(normal) < MIN_LETTERS:
        return ()
    # The word itself too: the dictionary takes «математика» for a form of «математик».
    told = [*table().words.get(word, ()), *table().words.get(normal, ())]
    parts = parts_of_speech(normal)
    derived = verbs_of(normal) if "NOUN" in parts else nouns_of(normal) if "INFN" in parts else ()
    return tuple(other for other in dict.fromkeys((*told, *derived)) if other not in (word, normal))


def verbs_of(noun: str) -> tuple[str, ...]:
    """Infinitives, of both aspects, that a noun of action comes from by rule: «обучение» — обучать, обучить."""
    if noun in table().estranged:
        return ()
    guesses = (guess for ending in ENDINGS if noun.endswith(ending) for guess in _infinitives(noun, ending))
    both = (form for guess in guesses for form in (guess, guess + "ся"))
    return tuple(dict.fromkeys(form for form in both if "INFN" in parts_of_speech(form)))


def _infinitives(noun: str, ending: str) -> Iterable[str]:
    stem = noun.removesuffix(ending)
    if len(stem) < MIN_STEM:
        return
    for infinitive, last in ENDINGS[ending].items():
        if not last or stem[-1] in last:
            yield stem + infinitive
    if ending == "ение":
        for changed, before in CHANGES.items():
            if stem.endswith(changed):
                yield from (stem.removesuffix(changed) + sound + "ить" for sound in before)


def nouns_of(infinitive: str) -> tuple[str, ...]:
    """Nouns of action whose `verbs_of` have this infinitive."""
    plain = infinitive.removesuffix("ся")
    guesses = {
        plain.removesuffix(suffix) + ending
        for ending, infinitives in ENDINGS.items()
        for suffix in infinitives
        if plain.endswith(suffix)
    }
    if plain.endswith("ить"):
        stem = plain.removesuffix("ить")
        for changed, before in CHANGES.items():
            guesses |= {stem.removesuffix(sound) + changed + "ение" for sound in before if stem.endswith(sound)}
    return tuple(noun for noun in sorted(guesses) if "NOUN" in parts_of_speech(noun) and infinitive in verbs_of(noun))


@cache
def table() -> Table:
    words: dict[str, dict[str, None]] = {}
    estranged = set()
    for written in RELATIVES.read_text(encoding="utf-8").splitlines():
        line = fold(written.partition("#")[0]).strip()
        if line.startswith("!"):
            estranged.update(line[1:].split())
            continue
        froms, arrow, to = line.partition(">")
        targets = (to if arrow else froms).split()
        for word in froms.split():
            words.setdefault(word, {}).update(dict.fromkeys(other for other in targets if other != word))
    return Table({word: tuple(others) for word, others in words.items()}, frozenset(estranged))
