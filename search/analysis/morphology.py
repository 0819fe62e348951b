"""Stems and lemmas. Neither library may be entered by two threads at once, so one lock guards both."""

import logging
from functools import cache, lru_cache
from threading import Lock

import pymorphy3
import snowballstemmer

# It tells at each start which dictionaries it loads.
logging.getLogger("pymorphy3").setLevel(logging.WARNING)

_lock = Lock()
_russian = snowballstemmer.stemmer("russian")
_english = snowballstemmer.stemmer("english")


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    """Loaded at the first word, once a process: 0.1 s and some 15 MB that `migrate` need not pay."""
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=2**16)
def stem(word: str) -> str:
    """Snowball's stem of a folded word; the Latin alphabet is taken for English."""
    stemmer = _english if word.isascii() else _russian
    with _lock:
        return stemmer.stemWord(word)


def lemma(word: str) -> str | None:
    """The dictionary form of a folded word («детей» -> «ребенок»), or None for one that no dictionary has.

    Guesses for unknown words are left out: they make abbreviations and surnames match strangers.
    """
    if word.isascii():
        return None
    with _lock:
        normal_forms = _normal_forms(word)
        if not normal_forms:
            return None
        # Only a word that is a form of several needs the whole analysis, to say of which most probably.
        normal = normal_forms.pop() if len(normal_forms) == 1 else _analyzer().parse(word)[0].normal_form
    return normal.replace("ё", "е")


def _normal_forms(word: str) -> set[str]:
    """All dictionary forms of a word: the look-up of pymorphy3's own `DictionaryAnalyzer`, without tags and scores."""
    analyzer = _analyzer()
    dictionary = analyzer.dictionary
    return {
        dictionary.build_normal_form(paradigm, form, spelled)
        for spelled, parses in dictionary.words.similar_items(word, analyzer.char_substitutes)
        for paradigm, form in parses
    }


@lru_cache(maxsize=2**14)
def parts_of_speech(word: str) -> frozenset[str]:
    """As which parts of speech («NOUN», «INFN» …) the dictionary has this folded word in its dictionary form."""
    parses = _known_parses(word)
    return frozenset(str(parse.tag.POS) for parse in parses if parse.normal_form.replace("ё", "е") == word)


def is_ordinary(word: str) -> bool:
    """Whether a folded word is a form of an ordinary one: «рас» is, of «раса»; «огэ» is nothing but an abbreviation."""
    return any(not {"Abbr", "Infr"} & parse.tag.grammemes for parse in _known_parses(word))


def _known_parses(word: str) -> list[pymorphy3.analyzer.Parse]:
    if word.isascii():
        return []
    with _lock:
        return _analyzer().parse(word) if _analyzer().word_is_known(word) else []
