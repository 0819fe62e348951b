"""What means the same in school life: «классный час» is searched for as «разговоры о важном» too."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from core.page_cache import remembered
from search.analysis import look_up
from search.analysis.morphology import is_ordinary
from search.models import SynonymGroup

from .clauses import Clause, Sequence
from .phrases import Phrases, Token, Tokens, sequences_of, tokens_of

INFLECTIONS = ("", *"аяыиеуюьй", "ой", "ов")
#: Abbreviations that are words too, but such as no school writes: a bird, a pillbox.
MEANT = frozenset({"вов", "гиа", "дот", "изо", "ии", "икт", "ия", "обж", "пав", "рки", "спо", "тку", "удод"})


class Phrase(NamedTuple):
    """A line of a group."""

    #: As written in the dictionary.
    text: str
    tokens: Tokens
    sequences: tuple[Sequence, ...]

    @property
    def only_asks(self) -> bool:
        """An abbreviation whose term other words have too: «РАС» leads to «аутизм», yet «аутизм» not to «расы»."""
        return len(self.tokens) == 1 and self.tokens[0].exact and _is_shared(self.tokens[0].folded)


class SynonymBook:
    """The school dictionary as a query is read with it."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        """`groups`: phrases that mean one thing; a phrase that is in two groups belongs to the first."""
        made = [[Phrase(text, tokens_of(text), sequences_of(text)) for text in group] for group in groups]
        self._answers = [[phrase for phrase in group if phrase.sequences and not phrase.only_asks] for group in made]
        self._phrases = Phrases(
            (phrase.tokens, (number, phrase)) for number, group in enumerate(made) for phrase in group
        )

    def at(self, tokens: Tokens, start: int, ends: set[int]) -> tuple[int, Phrase, list[Phrase]] | None:
        """The longest phrase that begins there and ends at one of `ends`: where it ends, itself, what else to find."""
        for length, (number, phrase) in self._phrases.at(tokens, start):
            others = [other for other in self._answers[number] if other.text != phrase.text]
            if start + length in ends and others:
                return start + length, phrase, others
        return None


@lru_cache(maxsize=2**12)
def _is_shared(abbreviation: str) -> bool:
    if abbreviation in MEANT:
        return False
    terms = set(look_up(abbreviation.upper()).alternatives[0][0])
    forms = (abbreviation + ending for ending in INFLECTIONS)
    return any(is_ordinary(form) and not terms.isdisjoint(look_up(form).alternatives[0][0]) for form in forms)


def book() -> SynonymBook:
    """The dictionary as people have it now."""
    return remembered("synonyms", lambda: SynonymBook(group.phrases for group in SynonymGroup.objects.order_by("pk")))


def expand(clauses: tuple[Clause, ...], book: SynonymBook) -> tuple[tuple[Clause, ...], dict[str, list[str]]]:
    """The clauses, found by what means the same too; and phrase as typed -> what else it is searched for as.

    Each word of a phrase gets the others of its group as alternatives: whatever the words find, they still find,
    apart from each other too («проектная и исследовательская деятельность»).
    """
    expanded = list(clauses)
    said: dict[str, list[str]] = {}
    for run in _runs(clauses):
        tokens = tuple(token for token, _number in run)
        owners = [number for _token, number in run]
        edges = {i for i in range(len(owners) + 1) if i in (0, len(owners)) or owners[i] != owners[i - 1]}
        start = 0
        while start < len(tokens):
            met = book.at(tokens, start, edges) if start in edges else None
            if not met:
                start += 1
                continue
            end, phrase, others = met
            numbers = sorted(set(owners[start:end]))
            more = [sequence for other in others for sequence in other.sequences]
            for number in numbers:
                alternatives = dict.fromkeys((*expanded[number].alternatives, *more))
                expanded[number] = replace(expanded[number], alternatives=tuple(alternatives))
            said[_as_typed([clauses[number] for number in numbers], phrase)] = [other.text for other in others]
            start = end
    return tuple(expanded), said


def _runs(clauses: tuple[Clause, ...]) -> Iterator[list[tuple[Token, int]]]:
    """Words between quotes, each with the number of its clause."""
    run: list[tuple[Token, int]] = []
    for number, clause in enumerate(clauses):
        if clause.quoted or clause.excluded:
            yield run
            run = []
        else:
            run += [(token, number) for token in tokens_of(clause.surface)]
    yield run


def _as_typed(clauses: list[Clause], phrase: Phrase) -> str:
    """As the dictionary has it, what has abbreviations or stop words, of which clauses hold none."""
    if any(token.exact for token in phrase.tokens) or len(phrase.text.split()) > len(phrase.tokens):
        return phrase.text
    return " ".join(clause.surface for clause in clauses)
