"""What a word is worth where it stands in a document: the engine's bounded likeness of PostgreSQL's `ts_rank`."""

from bisect import bisect_right
from collections.abc import Iterable

#: Of a word's place, by the letter that PostgreSQL keeps with it: title; tags, summary, people; text; others.
WEIGHTS = {"A": 1.0, "B": 0.6, "C": 0.15, "D": 0.03}
#: Of endless repetition, the sum of 1/n².
ENDLESS = 1.64493406685
#: From which worth on a grade is given: in the text once, twice, again and again; in the head; in the title.
STEPS = (0.09, 0.11, 0.13, 0.36, 0.45, 0.6, 0.7)


def worth(letters: Iterable[str]) -> float:
    """0…1: the best place counts whole, each other a part that falls with the square of its number."""
    weights = [WEIGHTS[letter] for letter in letters]
    if not weights:
        return 0.0
    best = max(range(len(weights)), key=weights.__getitem__)
    total = sum(weight / (number + 1) ** 2 for number, weight in enumerate(weights))
    return (weights[best] + total - weights[best] / (best + 1) ** 2) / ENDLESS


def grade(letters: Iterable[str]) -> int:
    """1…len(STEPS), or 0 for a word that only has no place: it stands in an attachment."""
    return bisect_right(STEPS, worth(letters))


def worth_of(number: int) -> float:
    """What a grade stands for."""
    return STEPS[number - 1]
