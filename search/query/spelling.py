"""A text whose words nobody knows, spelled as documents spell them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from search.analysis import STOPWORDS, fold
from search.analysis.text import HYPHEN

from .keyboard import TO_LATIN, TO_RUSSIAN
from .knowledge import Knowledge, Spelling, in_grammar
from .parse import HALF_TYPED_LETTERS, plain_words, taken_of
from .typos import best, distance, limit_of, may_be_misspelled

#: So many words of a query are corrected.
MAX_CORRECTED = 6
#: A word of the grammar is misspelled only if one likely slip makes it one of the index.
SLIP = 0.6
#: What is only suggested is nearer still: of a short word, and of a longer one.
LIKELY_SHORT, LIKELY, LONG_LETTERS = 0.5, 0.8, 6
RARE = 2
LIKELIER_TIMES = 20
#: What a missed space costs, and how short the words may be between which it was missed.
SPACE = 1.0
SPLIT_LETTERS = 3
GLUED_NUMBER = re.compile(r"(\d{1,4})([^\W\d_]{3,})")
JOINED_LETTERS = 6


@dataclass(frozen=True)
class Spot:
    """A word of a text, or a part of a hyphenated one, and where it stands."""

    start: int
    end: int
    word: str


@dataclass(frozen=True)
class Change:
    """What is written instead of a stretch of a text."""

    start: int
    end: int
    text: str


def respelled(text: str, knowledge: Knowledge) -> str:
    """The text for which nothing was found, boldly corrected; nothing if there is nothing better.

    Words that some document holds stay; so does what stands in quotes or behind a minus.
    """
    text = taken_of(text)
    spots = _spots(text, knowledge)
    counts = knowledge.counts({spot.word for spot in spots})
    unknown = [
        spot
        for spot in spots
        if not counts[spot.word] and spot.word not in STOPWORDS and not _is_beginning(spot, text, knowledge)
    ]
    joins = list(_joins(text, spots, set(unknown), knowledge))
    joined = {place for change in joins for place in range(change.start, change.end)}
    apart = [spot for spot in unknown if spot.start not in joined][:MAX_CORRECTED]
    changes = [*joins, *filter(None, (_corrected(spot, text, knowledge) for spot in apart))]
    return _changed(text, changes or _joins(text, spots, set(spots), knowledge))


def likelier(text: str, knowledge: Knowledge) -> str:
    """The text with words that hardly any document has spelled as far more do; nothing if there are none."""
    text = taken_of(text)
    spots = [spot for spot in _spots(text, knowledge) if may_be_misspelled(spot.word)]
    counts = knowledge.counts({spot.word for spot in spots})
    rare = [spot for spot in spots if counts[spot.word] <= RARE and not _is_beginning(spot, text, knowledge)]
    likely = {}
    for spot in rare[:MAX_CORRECTED]:
        limit = LIKELY_SHORT if len(spot.word) < LONG_LETTERS else LIKELY
        if found := best(spot.word, knowledge.alike(spot.word), limit):
            likely[spot] = found.word
    common = knowledge.counts(set(likely.values()))
    return _changed(
        text,
        [
            Change(spot.start, spot.end, word)
            for spot, word in likely.items()
            if common[word] >= LIKELIER_TIMES * max(1, counts[spot.word])
        ],
    )


def _spots(text: str, knowledge: Knowledge) -> list[Spot]:
    """Words of a text; a hyphenated one that no document has, in its parts."""
    words = [Spot(found.start("word"), found.end("word"), fold(found["word"])) for found in plain_words(text)]
    hyphenated = {spot.word for spot in words if "-" in spot.word}
    known = knowledge.counts(hyphenated) if hyphenated else {}
    return [part for spot in words for part in ([spot] if known.get(spot.word, 1) else _parts(spot, text))]


def _parts(spot: Spot, text: str) -> Iterator[Spot]:
    start = spot.start
    for part in HYPHEN.split(text[spot.start : spot.end]):
        yield Spot(start, start + len(part), fold(part))
        start += len(part) + 1


def _is_beginning(spot: Spot, text: str, knowledge: Knowledge) -> bool:
    """Whether it is the last word, and documents have words that begin so."""
    return spot.end == len(text) and len(spot.word) >= HALF_TYPED_LETTERS and knowledge.begins(spot.word)


def _corrected(spot: Spot, text: str, knowledge: Knowledge) -> Change | None:
    glued = GLUED_NUMBER.fullmatch(spot.word)
    if glued:
        known = glued[2] if knowledge.counts([glued[2]])[glued[2]] else ""
        return Change(spot.start, spot.end, f"{glued[1]} {known}") if known else None
    if not may_be_misspelled(spot.word):
        return None
    if in_grammar(spot.word):
        found = best(spot.word, knowledge.alike(spot.word), SLIP)
        return Change(spot.start, spot.end, found.word) if found else None
    limit = limit_of(spot.word)
    found = best(spot.word, knowledge.alike(spot.word), limit)
    if spot.end == len(text):
        found = _half_typed(spot.word, found, knowledge) or found
    if not found or distance(spot.word, found.word, limit) > SPACE:
        found = _split(spot.word, knowledge) or found or _in_other_layout(spot.word, knowledge)
    return Change(spot.start, spot.end, found.word) if found else None


def _half_typed(word: str, whole: Spelling | None, knowledge: Knowledge) -> Spelling | None:
    """The word that was begun, with a slip, rather than this whole one: «матим» is «математика»."""
    begun = knowledge.begun_alike(word)
    beginnings = [Spelling(beginning, each.count) for beginning, each in begun.items()]
    found = best(word, [*([whole] if whole else []), *beginnings], limit_of(word))
    return begun.get(found.word) if found and found is not whole else None


def _split(word: str, knowledge: Knowledge) -> Spelling | None:
    """The word as two that documents have: «классныйчас» is «классный час»."""
    halves = [(word[:place], word[place:]) for place in range(1, len(word) - SPLIT_LETTERS + 1)]
    halves = [both for both in halves if all(half in STOPWORDS or _may_stand_alone(half) for half in both)]
    counts = knowledge.counts({half for both in halves for half in both if half not in STOPWORDS})
    found = [
        Spelling(" ".join(both), min(counts[half] for half in both if half in counts))
        for both in halves
        if not STOPWORDS.issuperset(both)
    ]
    best_found = max(found, key=lambda spelling: spelling.count, default=None)
    return best_found if best_found and best_found.count > RARE else None


def _may_stand_alone(half: str) -> bool:
    return len(half) >= SPLIT_LETTERS and in_grammar(half)


def _joins(text: str, spots: list[Spot], wrong: set[Spot], knowledge: Knowledge) -> Iterator[Change]:
    """Neighbours of which some are wrong, and that are one word together: «вне урочная» is «внеурочная».

    A little word is a part of words of the grammar only: what ends in «и» has the terms of what does not.
    """
    pairs = [
        (one, two)
        for one, two in pairwise(spots)
        if (one in wrong or two in wrong)
        and text[one.end : two.start].isspace()
        and len(one.word + two.word) >= JOINED_LETTERS
        and (one.word + two.word).isalpha()
    ]
    if not pairs:
        return
    counts = knowledge.counts({one.word + two.word for one, two in pairs})
    end = 0
    for one, two in pairs:
        joined = one.word + two.word
        if one.start >= end and counts[joined] and (STOPWORDS.isdisjoint({one.word, two.word}) or in_grammar(joined)):
            yield Change(one.start, two.end, joined)
            end = two.end


def _in_other_layout(word: str, knowledge: Knowledge) -> Spelling | None:
    """What a word is that was both misspelled and typed in the wrong layout."""
    other = fold(word.translate(TO_RUSSIAN if word.isascii() else TO_LATIN))
    return best(other, knowledge.alike(other), limit_of(other)) if may_be_misspelled(other) else None


def _changed(text: str, changes: Iterable[Change]) -> str:
    """The text with the changes made, a capital left a capital; nothing if there are none."""
    pieces, end = [], 0
    for change in sorted(changes, key=lambda change: change.start):
        new = change.text.capitalize() if text[change.start].isupper() else change.text
        pieces += [text[end : change.start], new]
        end = change.end
    return "".join([*pieces, text[end:]]) if pieces else ""
