"""Finding: from a request to a page of results, whichever engine answers.

A text is understood, an engine matches it, what is near in meaning joins where little matches, and the rows of the
page are read from the portal's own tables with the viewer's rights.
"""

import logging
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import OperationalError, connection, transaction

from core.page_cache import holds_for_now
from search import meaning, ranking, stored
from search.alike import alike_by_words
from search.engines import Engine, EngineAway, Question, engine, own_engine
from search.engines.base import MAX_RANKED, MAX_SIZE, MAX_TOTAL, Candidate, Matched
from search.engines.cursors import Cursor, read_cursor
from search.highlight import Marker
from search.meaning.stored import embedding_of, similarities
from search.narrowing import chosen_values
from search.passages import best_passages
from search.presenting import facet_lines, present
from search.query import SORTS, Query, SearchRequest
from search.query.parse import without_excluded
from search.query.understanding import likelier, respelled, understand
from search.registry import FacetValue, facets
from search.results import Hit, Results
from search.vocabulary import Vocabulary

logger = logging.getLogger(__name__)

#: Milliseconds for each statement of a search, and what PostgreSQL calls one that took longer.
TIMEOUT = 5_000
CANCELED = "57014"

#: The best by words that meaning has a say in; further down words alone decide.
FUSED = 100
#: With fewer exact matches than this, what is near joins them.
FEW = 20
#: How many may join.
MOST_NEAR = 40
#: Looked at for that, by words and by meaning each.
NEAR_CANDIDATES = 100


def find(request: SearchRequest, *, asked: Engine | None = None) -> Results:
    """Whatever an address says is a request: nothing in it is taken on trust, nothing of it raises.

    `asked`: another engine than the portal's own choice. Where the engine does not answer, PostgreSQL does.
    """
    asked = asked or engine()
    try:
        with in_time():
            return Search(request, asked).results()
    except EngineAway as away:
        logger.warning("%s does not answer: %s", asked.name, away)
        holds_for_now()
        with in_time():
            return replace(Search(request, own_engine()).results(), simplified=True)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != CANCELED:
            raise
        logger.warning("A search took too long: %r", request.text[:100])
        holds_for_now()
        return Results(timed_out=True)


@contextmanager
def in_time() -> Iterator[None]:
    """A transaction in which no statement takes longer than a reader waits."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{TIMEOUT}ms"])
        yield
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")


def similar(kind: str, object_id: int, tokens: Collection[str], limit: int = 4) -> list[Hit]:
    """Objects of its kind most like this one in meaning, or in rare words where it has no embedding; without itself."""
    row_id = stored.row_id_of(kind, object_id)
    if row_id is None or limit < 1:
        return []
    embedding = embedding_of(row_id)
    if embedding:
        question = Question(Query(), [kind], list(tokens))
        found = own_engine().nearest(embedding, question, limit + 1)
    else:
        found = alike_by_words(row_id, tokens, limit)
    ids = [one.id for one in found if one.id != row_id][:limit]
    rows = stored.rows_of(ids, tokens)
    return present([rows[one] for one in ids if one in rows], Marker([], {}), lambda _ids: {}, 0)


def near_in_meaning(gist: Sequence[str], *, kind: str, least: float, limit: int) -> list[int]:
    """Ids of public objects whose meaning is at least so near (cosine) to these texts, the nearest first."""
    if not meaning.available() or not any(gist):
        return []
    question = Question(Query(), [kind], [])
    found = [one for one in own_engine().nearest(meaning.encode([gist])[0], question, limit) if one.score >= least]
    rows = stored.rows_of([one.id for one in found], [])
    return [rows[one.id]["object_id"] for one in found if one.id in rows]


@dataclass
class Search:
    """One request under way to its results."""

    request: SearchRequest
    engine: Engine

    @cached_property
    def knowledge(self) -> Vocabulary:
        return Vocabulary()

    def results(self) -> Results:
        request = self.request
        self.understood = understand(request.text, self.knowledge, kinds=request.kinds, literal=request.literal)
        self.chosen, unknown = chosen_values(request)
        self._read_order()
        matched = self._match()
        near = self._near(matched)
        self._values_of_near = stored.numbers_of_values([one.id for one in near]) if near else {}
        joined = [one for one in near if not self._failed(one.id)]
        total = min(matched.total + len(joined), MAX_TOTAL)
        page, next_cursor, previous_cursor = self._page(matched, joined)
        query = self.understood.query
        return Results(
            total=total,
            total_is_more=matched.total > MAX_TOTAL,
            exact=min(matched.total, MAX_TOTAL),
            hits=self._present(page),
            facets=self._facets(matched, near) if request.with_facets else {},
            facets_estimated=matched.estimated,
            sort=self.sort,
            page=self.page,
            pages=-(-min(total, MAX_RANKED) // self.size),
            too_deep=self.too_deep,
            next_cursor=next_cursor,
            previous_cursor=previous_cursor,
            terms=frozenset(query.terms),
            words_understood=[clause.surface for clause in query.clauses],
            corrected=self.understood.corrected,
            suggestion=self._suggestion(),
            readings=list(self.understood.readings),
            synonyms=self.understood.synonyms,
            shortened=query.shortened,
            unknown_filters=unknown,
        )

    def _read_order(self) -> None:
        """Which page of which order is asked for, once nothing in it is taken on trust."""
        request, clauses = self.request, self.understood.query.clauses
        sort = request.sort if request.sort in SORTS else "relevance"
        self.sort = "newest" if sort == "relevance" and not clauses else sort
        self.size = min(max(1, request.size), MAX_SIZE)
        by_rank = self.sort == "relevance"
        self.page = max(1, request.page) if by_rank else 1
        self.too_deep = (self.page - 1) * self.size >= MAX_RANKED
        after = None if by_rank else read_cursor(request.after, self.sort)
        before = None if by_rank or after else read_cursor(request.before, self.sort)
        self.cursor, self.backwards = after or before, before is not None

    def _match(self) -> Matched:
        """Rows with all the words; where there are none, with all the words of a likelier spelling."""
        matched = self._ask()
        if matched.total or not self.understood.query.clauses or self.request.literal:
            return matched
        text = respelled(self.understood.corrected or self.request.text, self.knowledge)
        if not text:
            return matched
        # Found or not: what is near it is looked for by the better spelling too.
        self.understood = replace(understand(text, self.knowledge, kinds=self.request.kinds), corrected=text)
        return self._ask()

    def _ask(self) -> Matched:
        """The engine's answer; by relevance the best, deep pages behind the very best that the first pages show."""
        question = Question(
            query=self.understood.query,
            kinds=self.request.kinds,
            tokens=list(self.request.tokens),
            chosen=self.chosen,
            sort=self.sort,
            size=FUSED if self.sort == "relevance" else self.size,
            cursor=self.cursor,
            backwards=self.backwards,
            with_facets=self.request.with_facets,
        )
        matched = self.engine.match(question)
        if self.sort != "relevance" or self.page * self.size <= FUSED or self.too_deep or matched.total <= FUSED:
            return matched
        deeper = self.engine.match(replace(question, size=MAX_RANKED, with_facets=False)).candidates
        best = {found.id for found in matched.candidates}
        further = [found for found in deeper if found.id not in best]
        return replace(matched, candidates=[*matched.candidates, *further][:MAX_RANKED])

    def _near(self, matched: Matched) -> list[ranking.Ranked]:
        """What joins few exact matches: chosen filters do not change it, so that facets count what a click shows.

        Who sets a phrase in quotes wants these very words: only where nobody has them, something like them is of use.
        """
        query = self.understood.query
        if self.sort != "relevance" or self.request.literal or not query.clauses or matched.total >= FEW:
            return []
        if matched.total and any(clause.quoted for clause in query.clauses):
            return []
        question = Question(query, self.request.kinds, list(self.request.tokens))
        exact = self._exact_ids(matched, question)
        if len(exact) >= FEW:
            return []
        shares = {found.id: found.score for found in self.engine.some(question, NEAR_CANDIDATES)}
        cosines = {}
        if meaning.available():
            nearest = self.engine.nearest(self._embedding, question, NEAR_CANDIDATES)
            cosines = {found.id: found.score for found in nearest}
            cosines |= similarities(shares.keys() - cosines.keys(), self._embedding)
        return [one for one in ranking.fuse_near(shares, cosines) if one.id not in exact][:MOST_NEAR]

    def _exact_ids(self, matched: Matched, question: Question) -> set[int]:
        """Ids of the exact matches, filters aside."""
        if self.chosen:
            matched = self.engine.match(replace(question, size=FEW, with_facets=False))
        return {found.id for found in matched.candidates}

    @cached_property
    def _embedding(self) -> list[float]:
        """Of the words as they are meant: the corrected text, without what was left out by a minus, and what means the
        same: the encoder has never heard of «ШНОР»."""
        text = without_excluded(self.understood.corrected or self.request.text)
        return meaning.encode([[text, *map(", ".join, self.understood.synonyms.values())]])[0]

    def _failed(self, row_id: int) -> set[str]:
        """Names of the facets of which a near row has none of the chosen values."""
        held = self._values_of_near.get(row_id, frozenset())
        return {name for name, values in self.chosen.items() if held.isdisjoint(values.values())}

    def _page(self, matched: Matched, joined: list[ranking.Ranked]) -> tuple[list[ranking.Ranked], str, str]:
        """What the page shows, and the cursors to the next and the previous one."""
        if self.too_deep:
            return [], "", ""
        if self.sort == "relevance":
            start = (self.page - 1) * self.size
            ranked = [*self._ranked(matched.candidates), *joined]
            return ranked[start : min(start + self.size, MAX_RANKED)], "", ""
        there_is_more = len(matched.candidates) > self.size
        shown = matched.candidates[: self.size]
        if self.backwards:
            shown.reverse()
        if not shown:
            return [], "", ""
        has_next = self.backwards or there_is_more
        has_previous = there_is_more if self.backwards else self.cursor is not None
        return (
            [ranking.Ranked(one.id, 0.0) for one in shown],
            self._cursor_of(shown[-1]) if has_next else "",
            self._cursor_of(shown[0]) if has_previous else "",
        )

    def _cursor_of(self, candidate: Candidate) -> str:
        return str(Cursor(self.sort, candidate.key, candidate.id))

    def _ranked(self, candidates: list[Candidate]) -> list[ranking.Ranked]:
        """The exact matches in their final order."""
        fused, rest = candidates[:FUSED], candidates[FUSED:]
        cosines = {}
        if meaning.available() and not self.request.literal and len(fused) > 1:
            cosines = similarities([found.id for found in fused], self._embedding)
        return [*ranking.fuse_exact(fused, cosines), *(ranking.Ranked(found.id, 0.0) for found in rest)]

    def _facets(self, matched: Matched, near: list[ranking.Ranked]) -> dict[str, list[FacetValue]]:
        """The engine's counts and those of what joined: a row that fails one facet counts among its values only."""
        counts = Counter({(facet, value): number for facet, value, number in matched.counts})
        values = stored.values_of({number for held in self._values_of_near.values() for number in held})
        for one in near:
            failed = self._failed(one.id)
            for number in self._values_of_near.get(one.id, ()):
                facet, value = values[number]
                if not failed or failed == {facet}:
                    counts[facet, value] += 1
        lines = [(facet, value, number) for (facet, value), number in counts.items()]
        return facet_lines(lines, facets(self.request.kinds), self.chosen)

    def _suggestion(self) -> str:
        if self.request.literal or self.understood.corrected or not self.understood.query.clauses:
            return ""
        return likelier(self.request.text, self.knowledge)

    def _present(self, page: list[ranking.Ranked]) -> list[Hit]:
        clauses = self.understood.query.clauses
        rows = stored.rows_of([one.id for one in page], self.request.tokens)
        shown = [rows[one.id] | {"score": one.score, "by_meaning": one.by_meaning} for one in page if one.id in rows]
        marker = Marker(clauses, stored.spellings_of(self.understood.query.terms) if shown else {})
        return present(shown, marker, lambda ids: best_passages(ids, clauses), len(clauses))
