"""From what was typed to what is searched for, step by step: layout, quotes and minus, names, synonyms, derivation."""

from collections.abc import Collection
from dataclasses import replace

from search.analysis import Terms, clean

from . import derivation, layout, readings, spelling, synonyms
from .clauses import Clause, Understood
from .knowledge import Knowledge, Spelling
from .parse import MAX_LETTERS, parse
from .phrases import tokens_of

#: A word that stands in so many documents is beyond doubt: neither half-typed, though longer ones may begin so, nor
#: misspelled.
WHOLE = 20


class Taught:
    """What documents know, and of words what the school dictionary knows besides: «ШНОР» is no misspelling."""

    def __init__(self, knowledge: Knowledge, book: synonyms.SynonymBook) -> None:
        self._knowledge = knowledge
        self._book = book

    def counts(self, words: Collection[str]) -> dict[str, int]:
        counts = self._knowledge.counts(words)
        return {word: max(count, WHOLE) if self._has(word) else count for word, count in counts.items()}

    def _has(self, word: str) -> bool:
        tokens = tokens_of(word)
        return bool(tokens) and self._book.at(tokens, 0, {len(tokens)}) is not None

    def alike(self, word: str) -> list[Spelling]:
        return self._knowledge.alike(word)

    def begun_alike(self, beginning: str) -> dict[str, Spelling]:
        return self._knowledge.begun_alike(beginning)

    def completions(self, beginning: str) -> list[Terms]:
        return self._knowledge.completions(beginning)

    def begins(self, beginning: str) -> bool:
        return self._knowledge.begins(beginning)


def understand(
    text: str, knowledge: Knowledge, *, kinds: Collection[str] | None = None, literal: bool = False
) -> Understood:
    """What a text asks for. `kinds` of objects say whose facets' names are recognised (None: all); `literal`: words as
    they are typed, quotes and minus, and nothing else."""
    if literal:
        return Understood(parse(text))
    book = synonyms.book()
    typed = clean(text[:MAX_LETTERS])
    meant = layout.converted(typed, Taught(knowledge, book))
    query = parse(meant)
    clauses, read = readings.read(query.clauses, meant, readings.name_book(kinds))
    clauses, said = synonyms.expand(clauses, book)
    clauses = derivation.expand(clauses)
    clauses = tuple(_completed(clause, knowledge) if clause.half_typed else clause for clause in clauses)
    return Understood(
        query=replace(query, clauses=clauses, shortened=parse(text).shortened),
        corrected=meant if meant != typed else "",
        readings=read,
        synonyms={_as_written(phrase, meant): same for phrase, same in said.items()},
    )


def _as_written(phrase: str, text: str) -> str:
    """A phrase with the stop words that stand between its words: «карточки с заданиями»."""
    first, *_between, last = (*phrase.split()[:1], *phrase.split())
    start = text.find(first)
    end = text.find(last, start)
    return text[start : end + len(last)] if start != -1 and end != -1 else phrase


def respelled(text: str, knowledge: Knowledge) -> str:
    """For a text for which nothing was found: a better spelling of it, or nothing."""
    return spelling.respelled(text, Taught(knowledge, synonyms.book()))


def likelier(text: str, knowledge: Knowledge) -> str:
    """For a text for which something was found: a spelling that is far more common, or nothing."""
    return spelling.likelier(text, Taught(knowledge, synonyms.book()))


def _completed(clause: Clause, knowledge: Knowledge) -> Clause:
    """Found by the most frequent words that begin so."""
    word = clause.half_typed
    return clause if knowledge.counts([word])[word] >= WHOLE else clause.or_any(knowledge.completions(word))
