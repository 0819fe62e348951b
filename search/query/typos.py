"""How far a misspelled word is from the one that was meant: cheap is what hands and ears confuse."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, combinations
from math import log10

from .keyboard import NEIGHBOURS
from .knowledge import Spelling

#: Prices of slips; a letter for any other costs 1.
DOUBLED, CONFUSED, MUTE, SWAPPED, BESIDE, LONE = 0.4, 0.5, 0.5, 0.6, 0.7, 0.8
#: What a slip at the very first letter costs more: people look at it.
FIRST = 0.3
#: How much nearer a word is that stands in ten times as many documents.
TENFOLD = 0.2
#: Shorter words are too near to each other, longer ones are no words.
LETTERS = range(4, 41)
#: Of longer words one wrong letter leaves enough trigrams to find them by.
SHORT = 7
#: Of still longer ones two wrong letters leave enough, too.
LONG = 20

#: Letters taken for each other by ear or by rule.
ALIKE = "оа еи ея еэ еы иы ия юу яа ьъ сз тд пб гк вф жш шщ чщ цс гв ий".split()  # noqa: SIM905
PAIRS = frozenset((one, other) for pair in ALIKE for one, other in (pair, pair[::-1]))
#: One sound written with more letters than one.
SOUNDS = frozenset(
    (one, other)
    for pair in ("ц тс", "ц дс", "ц тьс", "щ сч", "щ зч", "щ жч", "е йо", "е ьо", "тс тьс", "чн шн", "чт шт")
    for one, other in (tuple(pair.split()), tuple(reversed(pair.split())))
)
SOUNDING = frozenset(sound[-1] for pair in SOUNDS for sound in pair)
LENGTHS = sorted({(len(one), len(other)) for one, other in SOUNDS})
ALPHABETS = ("абвгдежзийклмнопрстуфхцчшщъыьэюя", "abcdefghijklmnopqrstuvwxyz")
#: A letter not heard between others: «чу(в)ство», «мес(т)ный», «поз(д)но», «со(л)нце».
SILENT = re.compile("в(?=ств)|(?<=с)т(?=[нл])|(?<=з)д(?=н)|л(?=нц)|д(?=ц)|(?<=н)[дт](?=ск)")
#: Up to so many letters apart two words are compared.
REACH = 3


def limit_of(word: str) -> float:
    """How far a word may be from the one that was meant, by its length."""
    for letters, limit in ((4, 0.8), (5, 1.0), (7, 1.2), (9, 1.5), (13, 2.0)):
        if len(word) <= letters:
            return limit
    return 2.5


def may_be_misspelled(word: str) -> bool:
    """Neither short words nor anything with digits are ever corrected."""
    return len(word) in LETTERS and word.isalpha()


def best(word: str, spellings: Iterable[Spelling], limit: float) -> Spelling | None:
    """Of these spellings the one most probably meant, if any is within the limit; the frequent one between equals."""
    found = [(distance(word, each.word, limit), each) for each in spellings]
    near = [(far - TENFOLD * log10(1 + each.count), each.word, each) for far, each in found if far <= limit]
    return min(near)[2] if near else None


def distance(typed: str, meant: str, limit: float) -> float:
    """What the slips between two folded words cost in all; beyond the limit, any number above it."""
    if abs(len(typed) - len(meant)) > REACH:
        return limit + 1
    first = 0.0 if typed[:1] == meant[:1] or typed[:2] == meant[1::-1] else FIRST
    start, end = _alike_at_ends(typed, meant)
    extra = _lone(typed)[start : len(typed) - end]
    missed = _lone(meant)[start : len(meant) - end]
    typed, meant = typed[start : len(typed) - end], meant[start : len(meant) - end]
    rows = [list(accumulate(missed, initial=0.0))]
    for down, one in enumerate(typed, 1):
        above, row = rows[-1], [limit + 1] * (len(meant) + 1)
        for across in range(max(0, down - REACH), min(len(meant), down + REACH) + 1):
            price = above[across] + extra[down - 1]
            if across:
                other = meant[across - 1]
                price = min(price, row[across - 1] + missed[across - 1], above[across - 1] + _instead(one, other))
                if one != other:
                    price = min(price, _together(rows, typed[:down], meant[:across], limit))
            row[across] = price
        rows.append(row)
        if min(row) > limit and min(above) > limit:
            return limit + 1
    return round(rows[-1][-1] + first, 3)


def _together(rows: list[list[float]], typed: str, meant: str, limit: float) -> float:
    """The price of coming to the ends of both by a slip of several letters: two swapped, or one sound for another."""
    prices = [limit + 1]
    if typed[-2:] == meant[-1:-3:-1] and len(typed) > 1:
        prices.append(rows[-2][len(meant) - 2] + SWAPPED)
    if typed[-1] in SOUNDING and meant[-1] in SOUNDING:
        prices += [
            rows[len(typed) - length][len(meant) - width] + CONFUSED
            for length, width in LENGTHS
            if length <= len(typed) and width <= len(meant) and (typed[-length:], meant[-width:]) in SOUNDS
        ]
    return min(prices)


def _alike_at_ends(one: str, other: str) -> tuple[int, int]:
    """How many letters both words begin and end with alike, but for two that belong to what they differ in."""
    shorter = min(len(one), len(other))
    start = 0
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return max(0, start - 2), max(0, end - 2)


def _instead(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if (one, other) in PAIRS:
        return CONFUSED
    return BESIDE if (one, other) in NEIGHBOURS else 1.0


@lru_cache(maxsize=2**10)
def _lone(word: str) -> list[float]:
    """The price of each letter if the other word lacks it."""
    silent = {found.start() for found in SILENT.finditer(word)}
    beside = zip(" " + word, word, word[1:] + " ", strict=False)
    return [
        DOUBLED if letter in {before, after} else MUTE if letter in "ьъ" or place in silent else LONE
        for place, (before, letter, after) in enumerate(beside)
    ]


def slips(word: str) -> set[str]:
    """Spellings with two letters taken for others that sound alike; of a short word, also all one slip away."""
    heard = {letter: [other for one, other in PAIRS if one == letter] for letter in word}
    made = {
        word[:i] + one + word[i + 1 : j] + other + word[j + 1 :]
        for i, j in combinations(range(len(word) if len(word) <= LONG else 0), 2)
        for one in heard[word[i]]
        for other in heard[word[j]]
    }
    if len(word) <= SHORT:
        made |= one_slip_away(word)
    return made - {word}


def one_slip_away(word: str) -> set[str]:
    alphabet = ALPHABETS[word.isascii()]
    places = range(len(word))
    return (
        {word[:i] + word[i + 1 :] for i in places}
        | {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in places[:-1]}
        | {word[:i] + letter + word[i + 1 :] for i in places for letter in alphabet}
        | {word[:i] + letter + word[i:] for i in range(len(word) + 1) for letter in alphabet}
    )
