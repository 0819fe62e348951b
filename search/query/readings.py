"""Names of facets' values in a query: «физика 7 класс» is a subject and a grade."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from core.page_cache import remembered
from search.analysis import STOPWORDS, clean, fold
from search.indexing.vector import VALUE_MARK
from search.models import SearchFacetValue
from search.registry import Facet, facets

from .clauses import Clause, Reading
from .parse import MAX_LETTERS, MAX_WORDS, PART
from .phrases import Phrases, Tokens, sequences_of, tokens_of, tokens_of_word

#: In `Facet.names`, before a name that is an everyday word too («технология», «история»): it is taken for the value
#: only where little else can be meant.
EVERYDAY = "~"
#: In `Facet.names` and `Reading.value`, between values of one name: «5–6 классы».
SEVERAL = ","
#: After it even an everyday word is a subject: «по истории».
ABOUT = "по"
CONJUNCTIONS = frozenset({"и", "или", "а", "но"})


class Meaning(NamedTuple):
    """What a name stands for."""

    facet: str
    values: tuple[str, ...]
    #: Numbers of the values (`SearchFacetValue.id`) that some document has.
    numbers: tuple[int, ...]
    ordinary: bool
    #: Of two facets that a name could belong to, the first one has it.
    rank: int


class NameBook:
    """All names of the values that documents have."""

    def __init__(self, facets: Mapping[str, Facet], numbers: Mapping[tuple[str, str], int]) -> None:
        """`numbers`: (facet, value) -> its number in the index."""
        self._facets = facets
        self._phrases = Phrases(self._named(numbers))

    def _named(self, numbers: Mapping[tuple[str, str], int]) -> Iterator[tuple[Tokens, Meaning]]:
        for rank, facet in enumerate(self._facets.values()):
            for name, codes in facet.names().items():
                values = tuple(codes.split(SEVERAL))
                known = tuple(numbers[facet.name, value] for value in values if (facet.name, value) in numbers)
                if known:
                    ordinary = name.startswith(EVERYDAY)
                    yield tokens_of(name), Meaning(facet.name, values, known, ordinary, rank)

    def at(self, tokens: Tokens, start: int) -> list[tuple[int, Meaning]]:
        """(number of words, meaning) of the names that begin there."""
        return self._phrases.at(tokens, start)

    def title(self, meaning: Meaning) -> str:
        return str(self._facets[meaning.facet].title)

    def label(self, meaning: Meaning) -> str:
        """How the page calls the values: «5–7» for numbers in a row."""
        labels = self._facets[meaning.facet].labels(meaning.values)
        shown = [str(labels[value]) for value in meaning.values if value in labels]
        if len(shown) > 1 and all(a.isdecimal() and b.isdecimal() and int(b) == int(a) + 1 for a, b in pairwise(shown)):
            return f"{shown[0]}–{shown[-1]}"
        return ", ".join(shown)


def name_book(kinds: Collection[str] | None = None) -> NameBook:
    """Names of the facets that objects of these kinds have (None: all)."""
    key = None if kinds is None else tuple(sorted(kinds))
    return remembered(("names of facets' values", key), lambda: _made(facets(kinds)))


def _made(known: Mapping[str, Facet]) -> NameBook:
    rows = SearchFacetValue.objects.filter(facet__in=known).exclude(facet="tag")
    return NameBook(
        known, {(facet, value): number for facet, value, number in rows.values_list("facet", "value", "id")}
    )


class Word(NamedTuple):
    """A word of a query and where it stands; a stop word has no tokens, nor has what is quoted or excluded."""

    start: int
    end: int
    folded: str
    tokens: Tokens
    #: In quotes or behind a minus: no name goes over it.
    apart: bool = False


class Name(NamedTuple):
    """A name found: from which word of the query to which."""

    first: int
    last: int
    meaning: Meaning


def read(clauses: tuple[Clause, ...], text: str, names: NameBook) -> tuple[tuple[Clause, ...], tuple[Reading, ...]]:
    """The clauses, those of a name joined into one that is found where its words stand together, or where the object
    has the value; and what was read, in the order of the text. Quoted and excluded words are no names.
    """
    text = clean(text[:MAX_LETTERS])
    words = _words(text)
    left = list(clauses)
    readings = []
    for name in _chosen(words, names):
        surface = text[words[name.first].start : words[name.last].end]
        joined = _joined(left, words[name.first : name.last + 1], surface, name.meaning)
        label = names.label(name.meaning)
        if joined is None or not label:
            continue
        left = joined
        values = SEVERAL.join(name.meaning.values)
        without = _without(text, words, name)
        readings.append(Reading(name.meaning.facet, values, names.title(name.meaning), label, surface, without))
    return tuple(left), tuple(readings)


def _words(text: str) -> list[Word]:
    words = []
    lowered = text.lower() if text.isupper() else text
    for part in list(PART.finditer(lowered))[:MAX_WORDS]:
        if part["word"] is None or part["minus"]:
            words.append(Word(*part.span(), "", (), apart=True))
        else:
            words.append(Word(*part.span(), fold(part["word"]), tuple(tokens_of_word(part["word"]))))
    return words


def _chosen(words: list[Word], names: NameBook) -> list[Name]:
    """Names that do not overlap, the longest first; everyday words only beside others, alone or after «по»."""
    met = sorted(_all(words, names), key=lambda n: (-_length(words, n), n.meaning.rank, n.first))
    taken: dict[int, Name] = {}
    for name in [name for name in met if not name.meaning.ordinary]:
        _take(name, taken)
    for name in [name for name in met if name.meaning.ordinary]:
        if _is_meant(name, words, taken):
            _take(name, taken)
    return sorted(set(taken.values()), key=lambda name: name.first)


def _length(words: list[Word], name: Name) -> int:
    return sum(len(word.tokens) for word in words[name.first : name.last + 1])


def _take(name: Name, taken: dict[int, Name]) -> None:
    places = range(name.first, name.last + 1)
    if not any(place in taken for place in places):
        taken.update(dict.fromkeys(places, name))


def _all(words: list[Word], names: NameBook) -> Iterator[Name]:
    for run in _runs(words):
        tokens = tuple(token for token, _place in run)
        places = [place for _token, place in run]
        for start in range(len(run)):
            if start and places[start - 1] == places[start]:
                continue
            for length, meaning in names.at(tokens, start):
                end = start + length
                if end == len(run) or places[end] != places[end - 1]:
                    yield Name(places[start], places[end - 1], meaning)


def _runs(words: list[Word]) -> Iterable[list[tuple]]:
    runs: list[list[tuple]] = [[]]
    for place, word in enumerate(words):
        if word.apart:
            runs.append([])
        runs[-1] += [(token, place) for token in word.tokens]
    return runs


def _is_meant(name: Name, words: list[Word], taken: dict[int, Name]) -> bool:
    """Whether an everyday word is likely to be the value's name here."""
    before = next((place for place in range(name.first - 1, -1, -1) if words[place].tokens), None)
    after = next((place for place in range(name.last + 1, len(words)) if words[place].tokens), None)
    if before in taken or after in taken:
        return True
    follows = name.last + 1 < len(words) and after == name.last + 1
    if name.first and words[name.first - 1].folded == ABOUT:
        return not follows
    return all(not word.tokens and not word.apart for word in (*words[: name.first], *words[name.last + 1 :]))


def _joined(clauses: list[Clause], words: list[Word], surface: str, meaning: Meaning) -> list[Clause] | None:
    """The clauses with those of the name's words made one; None if all of them went into an earlier name."""
    wanted = {word.folded for word in words if word.tokens}
    own = [
        number
        for number, clause in enumerate(clauses)
        if not clause.quoted and not clause.excluded and fold(clause.surface) in wanted
    ]
    if not own:
        return None
    first = clauses[own[0]]
    spelled = first.alternatives if len(wanted) == 1 else sequences_of(surface)
    values = (tuple(f"{VALUE_MARK}{number}" for number in meaning.numbers),)
    one = replace(first, surface=surface, alternatives=(*spelled, values))
    return [one if number == own[0] else c for number, c in enumerate(clauses) if number not in own[1:]]


def _without(text: str, words: list[Word], name: Name) -> str:
    """The text without the name and the stop words that led to it («в 5-м классе»)."""
    first, last = name.first, name.last
    while first and words[first - 1].folded in STOPWORDS:
        first -= 1
    if not first:
        while last + 1 < len(words) and words[last + 1].folded in CONJUNCTIONS:
            last += 1
    rest = f"{text[: words[first].start]} {text[words[last].end :]}"
    return " ".join(rest.split()).strip(" ,;:")
