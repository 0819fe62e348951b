"""What the search field offers while somebody types: words, objects, names by which lists are narrowed.

All of it in a few small questions, with the viewer's rights: nothing restricted is offered, nor counted.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from core.page_cache import remembered
from search.analysis import WORD, clean, fold, words
from search.analysis.morphology import stem
from search.engines import EngineAway, Question, engine, own_engine
from search.indexing.vector import TITLE_MARK, VALUE_MARK
from search.models import SearchDocument, SearchFacetValue
from search.query import Clause, Query
from search.query.parse import HALF_TYPED_LETTERS
from search.query.understanding import respelled, understand
from search.registry import IN, sources
from search.vocabulary import Vocabulary, words_beginning

#: Fewer letters begin everything.
LEAST_LETTERS = 2
MOST_LETTERS = 100
COMPLETIONS = 5
#: Forms of words looked through for them.
FORMS = 30
OBJECTS = 6
NAMES = 4
#: Names looked through for some that the viewer may see.
NAMES_TRIED = 12
#: Objects whose titles complete a query of several words.
TITLES = 20


class Object(NamedTuple):
    """Something whose title is asked for."""

    kind: str
    kind_title: str
    title: str
    url: str


class Name(NamedTuple):
    """A facet's value whose name begins as typed: a subject, a tag."""

    kind: str
    facet: str
    facet_title: str
    value: str
    label: str


@dataclass(frozen=True)
class Suggestions:
    """What to offer; `completions` are whole queries."""

    completions: list[str] = field(default_factory=list)
    objects: list[Object] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.completions) + len(self.objects) + len(self.names)


def suggest(text: str, *, tokens: Collection[str], kinds: Collection[str] | None = None) -> Suggestions:
    """What somebody may be about to type, who has typed so much; nothing for what begins too much or nothing at all."""
    typed = clean(text[:MOST_LETTERS]).lstrip()
    if sum(map(len, words(typed))) < LEAST_LETTERS:
        return Suggestions()
    kinds = list(kinds) if kinds else None
    vocabulary = Vocabulary()
    understood = understand(settled(typed), vocabulary, kinds=kinds)
    meant = [understood.corrected] if understood.corrected else []
    typed = understood.corrected or typed
    rows = titled(understood.query, tokens, kinds)
    shown = objects(rows[:OBJECTS])
    titles = {one.title for one in shown}
    found = Suggestions(
        completions=[*meant, *completions(typed, [row["title"] for row in rows])][:COMPLETIONS],
        objects=shown,
        # A school is better opened than narrowed down to.
        names=[name for name in names_beginning(typed, tokens, kinds) if name.label not in titles][:NAMES],
    )
    if not found.count and (better := respelled(typed, vocabulary)):
        return Suggestions(completions=[better])
    return found


def settled(typed: str) -> str:
    """Without a last word of which too little is typed to be searched for, if there are others."""
    last = last_word(typed)
    if last and len(last[0]) < HALF_TYPED_LETTERS and typed[: last.start()].strip():
        return typed[: last.start()]
    return typed


def last_word(typed: str) -> re.Match | None:
    """The word that may still be being typed."""
    found = next(reversed(list(WORD.finditer(typed))), None)
    return found if found and found.end() == len(typed) else None


def titled(query: Query, tokens: Collection[str], kinds: list[str] | None) -> list[dict]:
    """Rows with all the words in their titles, the most used first."""
    in_titles = Query(tuple(clause for asked in query.clauses for clause in marked(asked)), query.excluded)
    if not in_titles.clauses:
        return []
    question = Question(in_titles, kinds, list(tokens), sort="downloads", size=TITLES, with_facets=False)
    try:
        matched = engine().match(question)
    except EngineAway:
        matched = own_engine().match(question)
    ids = [found.id for found in matched.candidates[:TITLES]]
    seen = SearchDocument.objects.filter(pk__in=ids, access__contained_by=list(tokens))
    rows = {row["id"]: row for row in seen.values("id", "kind", "title", "url")}
    return [rows[one] for one in ids if one in rows]


def marked(clause: Clause) -> Iterable[Clause]:
    """The same words as they are marked in titles; they have no places there, so that a phrase is all its words."""
    sequences = [[place for place in sequence if place] for sequence in clause.loosened().alternatives]
    single = [term for places in sequences if len(places) == 1 for term in places[0] if term[0] != VALUE_MARK]
    places = [single] if single else next((places for places in sequences if len(places) > 1), [])
    for place in places:
        yield Clause(clause.surface, ((tuple(TITLE_MARK + term for term in place),),))


def objects(rows: Iterable[dict]) -> list[Object]:
    titles = {source.kind: str(source.one or source.title) for source in sources()}
    return [Object(row["kind"], titles[row["kind"]], row["title"], row["url"]) for row in rows if row["kind"] in titles]


def completions(typed: str, titles: Iterable[str]) -> list[str]:
    """Whole queries: what was typed with its last word completed as titles that hold the others write it.

    A single word is completed by the whole index's words too: they are known to be found.
    """
    last = last_word(typed)
    if not last or len(last[0]) < LEAST_LETTERS:
        return []
    beginning, before = fold(last[0]), typed[: last.start()]
    known = {fold(word): word.lower() for title in titles for word in words(title)}
    found = [word for folded, word in known.items() if folded.startswith(beginning) and folded != beginning]
    if not before.strip():
        spelled = [spelling.word for spelling in words_beginning(beginning, FORMS)]
        found = [known.get(word, word) for word in spelled if word != beginning] + found
    return [before + word for word in one_of_each(found)][:COMPLETIONS]


def one_of_each(found: Iterable[str]) -> list[str]:
    """Of the forms of one word the most frequent, which comes first: they find the same."""
    chosen: dict[str, str] = {}
    for word in found:
        chosen.setdefault(stem(fold(word)), word)
    return list(chosen.values())


def names_beginning(typed: str, tokens: Collection[str], kinds: list[str] | None) -> list[Name]:
    """Names of facets' values that begin as typed, those that the viewer finds something by."""
    beginning = " ".join(fold(word) for word in words(typed))
    book = remembered(("names of values", tuple(kinds or ())), lambda: name_book(kinds))
    begun = [(number, name) for folded, number, name in book if folded.startswith(beginning)][:NAMES_TRIED]
    found = held([number for number, _name in begun], tokens)
    return [name for number, name in begun if number in found]


def name_book(kinds: list[str] | None) -> list[tuple[str, int, Name]]:
    """(Folded label, its number, name) of all values in use, the shortest first; years and grades say nothing alone."""
    found = []
    for source in sources(kinds):
        own = {facet.name: facet for facet in source.facets if facet.name != IN}
        values: dict[str, dict[str, int]] = {}
        for number, facet, value in SearchFacetValue.objects.filter(facet__in=own).values_list("id", "facet", "value"):
            values.setdefault(facet, {})[value] = number
        for name, numbers in values.items():
            for value, label in own[name].labels(list(numbers)).items():
                folded = " ".join(fold(word) for word in words(str(label)))
                if value in numbers and not folded.replace(" ", "").isdecimal():
                    entry = Name(source.kind, name, str(own[name].title), value, str(label))
                    found.append((folded, numbers[value], entry))
    return sorted(found, key=lambda entry: (len(entry[0]), entry[0]))


def held(numbers: list[int], tokens: Collection[str]) -> set[int]:
    """Those of the values' numbers that some document bears which this viewer may see."""
    if not numbers:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM unnest(%s::integer[]) AS number WHERE EXISTS ("
            " SELECT 1 FROM search_searchdocument AS document"
            " WHERE document.terms @@ (SELECT (quote_literal(%s || number))::tsquery)"
            " AND document.access <@ %s::text[])",
            [numbers, VALUE_MARK, list(tokens)],
        )
        return {number for (number,) in cursor.fetchall()}
