"""Russian words as often as a text has them: school life's own first, then the grammar's, by Zipf's law.

The most frequent ones are those of the demo's practices, so that what people of a school ask for (its synonyms, its
subjects) stands in the corpus; the long tail is a sample of pymorphy3's dictionary. Deterministic.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
import pymorphy3

from benchmarks import corpus

LETTERS = "абвгдежзийклмнопрстуфхцчшщыэюя"
CYRILLIC = re.compile("[а-яё]{3,}")
#: Parts of speech that carry meaning; forms of a verb end before its participles.
MEANINGFUL = {"NOUN", "ADJF", "INFN", "VERB"}
#: Names, places, abbreviations, slang, misspellings.
STRANGE = {"Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Init", "Infr", "Slng", "Arch", "Erro", "Dist"}
#: Of 20 words of a text some 4 are of these.
SMALL_WORDS = "и в на с по не для к из что как это у за от о а но или же при до без".split()  # noqa: SIM905
FORMS_OF_A_WORD = 14
#: Share of the dictionary's beginnings of three letters that is taken: some 21,000 words.
SHARE = 0.15


@dataclass(frozen=True)
class Vocabulary:
    """Words by their rank, each with its forms: word `n` has the forms `forms[starts[n] : starts[n + 1]]`."""

    forms: np.ndarray
    starts: np.ndarray
    #: Up to each form: how probable it or one before it is.
    cumulated: np.ndarray

    def __len__(self) -> int:
        return len(self.starts) - 1

    def forms_of(self, word: int) -> list[str]:
        return self.forms[self.starts[word] : self.starts[word + 1]].tolist()

    def sample(self, dice: np.random.Generator, count: int) -> np.ndarray:
        """So many forms (their places in `forms`), as often as they come."""
        return np.searchsorted(self.cumulated, dice.random(count))

    def inflected(self, dice: np.random.Generator, words: np.ndarray) -> np.ndarray:
        """One form of each of these words, the dictionary form most often."""
        lengths = self.starts[words + 1] - self.starts[words]
        return self.starts[words] + (dice.random(len(words)) ** 2 * lengths).astype(np.int64)


def vocabulary(*, share: float = SHARE, seed: int = 1, without: Iterable[str] = ()) -> Vocabulary:
    """The most frequent word first. `share` of the dictionary is taken, and none of the words `without`."""
    left_out = set(without)
    ranked = dict.fromkeys(word for word in (*_of_schools(), *_of_dictionary(share, seed)) if word not in left_out)
    spelled = [forms_of(word) for word in ranked]
    starts = np.cumsum([0, *map(len, spelled)])
    weights = np.concatenate([_weights(rank, len(forms)) for rank, forms in enumerate(spelled, 1)])
    forms = np.array([form for forms in spelled for form in forms], dtype=object)
    cumulated = np.cumsum(weights / weights.sum())
    cumulated[-1] = 1.1
    return Vocabulary(forms, starts, cumulated)


def _weights(rank: int, forms: int) -> np.ndarray:
    """Zipf's law over words, and within a word the first forms more often than the last."""
    shares = 1 / np.arange(1, forms + 1)
    return shares / shares.sum() / (rank + 2.7)


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


def _of_schools() -> Iterator[str]:
    """Dictionary forms in the demo's sentences, the most frequent first."""
    counts: Counter[str] = Counter()
    sentences = corpus.sentences(corpus.originals())
    for word, count in Counter(w for text in sentences for w in CYRILLIC.findall(text.lower())).items():
        parsed = _analyzer().parse(word)[0]
        if parsed.is_known and parsed.tag.POS in MEANINGFUL:
            counts[parsed.normal_form] += count
    yield from (word for word, _count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _of_dictionary(share: float, seed: int) -> list[str]:
    dice = random.Random(seed)
    beginnings = [beginning for beginning in map("".join, product(LETTERS, repeat=3)) if dice.random() < share]
    words = sorted({word for beginning in beginnings for word in _beginning_with(beginning)})
    dice.shuffle(words)
    return words


def _beginning_with(beginning: str) -> Iterator[str]:
    dictionary = _analyzer().dictionary
    for word, (paradigm, form) in dictionary.words.iteritems(beginning):
        if form == 0 and len(word) >= 4 and "-" not in word and _is_plain(paradigm):
            yield word


@cache
def _is_plain(paradigm: int) -> bool:
    tag = _analyzer().dictionary.build_tag_info(paradigm, 0)
    return tag.POS in MEANINGFUL and not STRANGE & tag.grammemes


def forms_of(word: str) -> list[str]:
    """The forms of a dictionary form, itself first."""
    parsed = next((p for p in _analyzer().parse(word) if p.normal_form == word and p.tag.POS in MEANINGFUL), None)
    lexeme = [form.word for form in parsed.lexeme if form.tag.POS in MEANINGFUL] if parsed else []
    return list(dict.fromkeys((word, *lexeme)))[:FORMS_OF_A_WORD]
