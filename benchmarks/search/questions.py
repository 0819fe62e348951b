"""What is asked, by categories: some forty different questions each, taken from the corpus itself."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.corpus_words import FREQUENT, KINDS, PROBES, SPELLED, Corpus, Practice
from benchmarks.vocabulary import SMALL_WORDS

COUNT = 40
#: A page so far from the newest, as a share of the corpus.
DEEP = (0.1, 0.9)
LONG_WORD = 6
SMALL = set(SMALL_WORDS)


@dataclass(frozen=True)
class Asked:
    """A question as the search page would ask it."""

    text: str = ""
    filters: dict[str, list[str]] = field(default_factory=dict)
    #: Of a page far from the newest: how many documents lie before it.
    depth: int = 0


Make = Callable[["Questions"], Asked]


class Questions:
    """Draws questions of a corpus of this size; the same ones each time."""

    def __init__(self, corpus: Corpus, size: int) -> None:
        self.corpus = corpus
        self.size = size
        self.dice = random.Random(size)
        # Practices are made by stretches: drawn from a few, they are made once.
        stretches = [self.dice.randrange(size) for _ in range(8)]
        self.known = [corpus[min(first + step, size - 1)] for first in stretches for step in range(60)]

    def of(self, category: str) -> list[Asked]:
        make = CATEGORIES[category]
        found: dict[str, Asked] = {}
        for _try in range(COUNT * 20):
            asked = make(self)
            found.setdefault(repr(asked), asked)
            if len(found) == COUNT:
                break
        return list(found.values())

    def practice(self) -> Practice:
        return self.dice.choice(self.known)

    def words(self, count: int, *, near: str = "text") -> list[str]:
        """Different words of one practice, in the forms it has them; most of them neither frequent nor unique."""
        practice = self.practice()
        own = [word for word in re.findall(r"[а-яё]{4,}", getattr(practice, near).lower()) if word not in SMALL]
        own = sorted(set(own))
        return self.dice.sample(own, count) if len(own) >= count else self.words(count, near=near)

    def frequent(self) -> str:
        return self.dice.choice(SPELLED[self.dice.choice(FREQUENT)])

    def rare(self) -> str:
        rarity = self.dice.choice([100, 1000])
        return self.dice.choice(SPELLED[self.dice.choice(PROBES[rarity])])


def word(questions: Questions) -> Asked:
    return Asked(*questions.words(1))


def two_words(questions: Questions) -> Asked:
    return Asked(" ".join(questions.words(2, near="summary")))


def three_words(questions: Questions) -> Asked:
    return Asked(" ".join(questions.words(3, near="summary")))


def frequent(questions: Questions) -> Asked:
    return Asked(questions.frequent())


def two_frequent(questions: Questions) -> Asked:
    return Asked(f"{questions.frequent()} {questions.frequent()}")


def frequent_and_rare(questions: Questions) -> Asked:
    return Asked(f"{questions.frequent()} {questions.rare()}")


def half_typed(questions: Questions) -> Asked:
    text = questions.words(1)[0]
    return Asked(text[: questions.dice.randint(3, max(3, len(text) - 2))])


def typo(questions: Questions) -> Asked:
    """A letter swapped with its neighbour, left out, or taken for another."""
    dice = questions.dice
    text = next(w for w in iter(lambda: questions.words(1)[0], None) if len(w) >= LONG_WORD)
    place = dice.randrange(1, len(text) - 2)
    changed = dice.choice([text[place + 1] + text[place], text[place + 1], dice.choice("аоеинтсрвл") + text[place + 1]])
    return Asked(text[:place] + changed + text[place + 2 :])


def phrase(questions: Questions) -> Asked:
    """Three words that stand beside each other."""
    found = re.findall(r"[а-яё]+ [а-яё]+ [а-яё]+", questions.practice().text.lower())
    return Asked(f"«{questions.dice.choice(found)}»")


def narrowed(questions: Questions) -> Asked:
    """A word that many have, within one kind and two grades."""
    dice = questions.dice
    grade = dice.randint(1, 10)
    filters = {"kind": [dice.choice(KINDS)], "grade": [str(grade), str(grade + 1)]}
    return Asked(questions.words(1, near="summary")[0], filters)


def narrowed_frequent(questions: Questions) -> Asked:
    return Asked(questions.frequent(), narrowed(questions).filters)


def facet_alone(questions: Questions) -> Asked:
    dice = questions.dice
    name, values = dice.choice(
        [
            ("kind", list(KINDS)),
            ("grade", [str(grade) for grade in range(1, 12)]),
            ("year", [str(year) for year in range(2018, 2026)]),
            ("tag", [f"topic-{number}" for number in range(60)]),
        ]
    )
    return Asked("", {name: dice.sample(values, dice.randint(1, 2))})


def everything(questions: Questions) -> Asked:
    """The newest page far from the newest, of all there is."""
    return Asked(depth=int(questions.size * questions.dice.uniform(*DEEP)))


def deep_newest(questions: Questions) -> Asked:
    """The same among what has a frequent word."""
    return Asked(questions.frequent(), depth=int(questions.size * questions.dice.uniform(*DEEP)))


def meaning(questions: Questions) -> Asked:
    """A question of a dozen words, which no document has all of."""
    first, second = questions.words(7, near="summary"), questions.words(5, near="title")[:4]
    return Asked(f"как {' '.join(first)} и {' '.join(second)}")


def beginning(questions: Questions) -> Asked:
    """What has been typed when suggestions are asked for: from two letters to two words."""
    text = " ".join(questions.words(2, near=questions.dice.choice(["title", "summary"])))
    return Asked(text[: questions.dice.randint(2, min(len(text), 14))].rstrip())


CATEGORIES: dict[str, Make] = {
    "word": word,
    "two words": two_words,
    "three words": three_words,
    "frequent word": frequent,
    "two frequent": two_frequent,
    "frequent, rare": frequent_and_rare,
    "half-typed": half_typed,
    "typo": typo,
    "phrase": phrase,
    "narrowed": narrowed,
    "narrowed frequent": narrowed_frequent,
    "facet alone": facet_alone,
    "deep page": everything,
    "deep frequent": deep_newest,
    "meaning": meaning,
    "suggestions": beginning,
}
