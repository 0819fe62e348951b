import json
from dataclasses import dataclass

from django.db import connection

from search.engines.base import MAX_RANKED, MAX_SIZE, MAX_TOTAL, Hit, Results
from search.engines.cursors import Cursor, read_cursor
from search.engines.presenting import facet_lines, present
from search.highlight import Marker
from search.query import SORTS, Query, SearchRequest, parse
from search.registry import facets

from .lookups import chosen_values, completed
from .passages import best_passages
from .similar import similar_rows
from .statement import Statement


class PostgresEngine:
    """Answers from `SearchDocument`: two small look-ups at most, then one statement, then passages if needed."""

    def search(self, request: SearchRequest) -> Results:
        query = completed(parse(request.text))
        chosen, unknown = chosen_values(request)
        asked = Asked.of(request, query)
        total, rows, counts, spellings = self._answer(request, query, chosen, asked)
        rows, next_cursor, previous_cursor = asked.page_of(rows)
        return Results(
            total=min(total, MAX_TOTAL),
            total_is_more=total > MAX_TOTAL,
            hits=self._present(rows, query, dict(spellings)),
            facets=facet_lines(counts, facets(request.kinds), chosen) if request.with_facets else {},
            sort=asked.sort,
            page=asked.page,
            pages=-(-min(total, MAX_RANKED) // asked.size),
            too_deep=asked.too_deep,
            next_cursor=next_cursor,
            previous_cursor=previous_cursor,
            terms=frozenset(query.terms),
            words_understood=[clause.surface for clause in query.clauses],
            shortened=query.shortened,
            unknown_filters=unknown,
        )

    def similar(self, kind: str, object_id: int, tokens: list[str], limit: int = 4) -> list[Hit]:
        rows = similar_rows(kind, object_id, tokens, limit)
        return present(rows, Marker([], {}), lambda _ids: {}, 0)

    def _answer(
        self, request: SearchRequest, query: Query, chosen: dict, asked: "Asked"
    ) -> tuple[int, list, list, list]:
        statement = Statement(
            query=query,
            kinds=request.kinds,
            tokens=list(request.tokens),
            chosen=chosen,
            sort=asked.sort,
            size=0 if asked.too_deep else asked.size,
            offset=0 if asked.too_deep else (asked.page - 1) * asked.size,
            cursor=asked.cursor,
            backwards=asked.backwards,
            with_facets=request.with_facets,
        )
        with connection.cursor() as cursor:
            cursor.execute(statement.sql(), statement.parameters)
            return tuple(json.loads(part) if isinstance(part, str) else part for part in cursor.fetchone())

    def _present(self, rows: list[dict], query: Query, spellings: dict[str, list[str]]) -> list[Hit]:
        return present(
            rows, Marker(query.clauses, spellings), lambda ids: best_passages(ids, query.clauses), len(query.clauses)
        )


@dataclass(frozen=True)
class Asked:
    """Which page of which order a request is for, once nothing in it is taken on trust."""

    sort: str
    size: int
    page: int
    too_deep: bool
    cursor: Cursor | None
    backwards: bool

    @classmethod
    def of(cls, request: SearchRequest, query: Query) -> "Asked":
        sort = request.sort if request.sort in SORTS else "relevance"
        if sort == "relevance" and not query.clauses:
            sort = "newest"
        size = min(max(1, request.size), MAX_SIZE)
        by_rank = sort == "relevance"
        page = max(1, request.page) if by_rank else 1
        after = None if by_rank else read_cursor(request.after, sort)
        before = None if by_rank or after else read_cursor(request.before, sort)
        return cls(sort, size, page, (page - 1) * size >= MAX_RANKED, after or before, before is not None)

    def page_of(self, rows: list[dict]) -> tuple[list[dict], str, str]:
        """The rows to show in their order, and the cursors to the next and the previous page."""
        if self.sort == "relevance":
            return rows, "", ""
        there_is_more = len(rows) > self.size
        rows = rows[: self.size]
        if self.backwards:
            rows.reverse()
        if not rows:
            return [], "", ""
        has_next = self.backwards or there_is_more
        has_previous = there_is_more if self.backwards else self.cursor is not None
        return rows, self._cursor(rows[-1]) if has_next else "", self._cursor(rows[0]) if has_previous else ""

    def _cursor(self, row: dict) -> str:
        return str(Cursor(self.sort, row["moment"] if self.sort == "newest" else row["popularity"], row["id"]))
