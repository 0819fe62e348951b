"""Who answers: the portal on each of its engines, stock Wagtail, and bare SQL over the portal's own table.

Each makes of a question something to call, timed from there, that answers how many are found.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol

from benchmarks.search.ground import Ground
from benchmarks.search.pages import make_pages
from benchmarks.search.questions import Asked
from benchmarks.search.shelf import Shelf

PAGE = 20
MOST_COUNTED = 10_001
SUGGESTIONS = "suggestions"
Ask = Callable[[], int]


class Peer(Protocol):
    """`patience`: seconds after which a category is asked no further; `without`: categories it has no answer to."""

    patience: float
    without: set[str]

    def asking(self, asked: Asked, category: str) -> Ask: ...


class Portal:
    """What the search page asks for (results, facets, count, snippets), and what the search field does."""

    patience = 600.0
    without: set[str] = set()

    def __init__(self, engine) -> None:
        self.engine = engine

    def asking(self, asked: Asked, category: str) -> Ask:
        from search.finding import find  # noqa: PLC0415 - after django.setup()
        from search.query import SearchRequest  # noqa: PLC0415
        from search.suggesting import suggest  # noqa: PLC0415

        if category == SUGGESTIONS:
            return lambda: suggest(asked.text, tokens=[]).count
        request = SearchRequest(
            text=asked.text,
            filters=asked.filters,
            sort="newest" if asked.depth else "relevance",
            after=cursor_at(asked.depth) if asked.depth else "",
            size=PAGE,
        )
        return lambda: find(request, asked=self.engine).total


def cursor_at(depth: int) -> str:
    """Where the page of all there is begins at this depth, as the page before it would have said."""
    from search.engines.cursors import Cursor  # noqa: PLC0415 - after django.setup()
    from search.models import SearchDocument  # noqa: PLC0415

    row_id, date = SearchDocument.objects.order_by("-date", "-id").values_list("id", "date")[depth]
    return str(Cursor("newest", int((date - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1_000_000), row_id))


class Wagtail:
    """Stock Wagtail on the same PostgreSQL: a page of results and its count, all the words asked for; no facets."""

    patience = 30.0
    without = {SUGGESTIONS, "half-typed", "facet alone", "deep page"}

    def __init__(self, shelf: Shelf) -> None:
        from benchmarks.stock import Stock  # noqa: PLC0415 - after django.setup()

        make_pages(shelf)
        self.stock = Stock()
        if not self.indexed(shelf.size):
            self.stock.fill()

    def indexed(self, size: int) -> bool:
        from wagtail.search.models import IndexEntry  # noqa: PLC0415 - after django.setup()

        return IndexEntry.objects.count() >= size

    def asking(self, asked: Asked, category: str) -> Ask:
        from practices.models import PracticePage  # noqa: PLC0415 - after django.setup()

        pages = PracticePage.objects.live()
        if "kind" in asked.filters:
            pages = pages.filter(kind__in=asked.filters["kind"])
        by_date = {"order_by_relevance": False} if asked.depth else {}
        if asked.depth:
            pages = pages.order_by("-first_published_at")

        def ask() -> int:
            found = self.stock.backend.search(asked.text.strip("«»"), pages, operator="and", **by_date)
            list(found[asked.depth : asked.depth + PAGE])
            return found.count()

        return ask


class Floor:
    """Ids of the newest twenty with all the words as typed, and their number up to 10,001: two statements."""

    patience = 60.0
    without = {SUGGESTIONS, "half-typed", "typo", "meaning", "phrase"}

    def asking(self, asked: Asked, category: str) -> Ask:
        from django.db import connection  # noqa: PLC0415 - after django.setup()

        where, parameters = self.conditions(asked)
        page = (
            f"SELECT id FROM search_searchdocument WHERE {where} ORDER BY date DESC LIMIT {PAGE} OFFSET {asked.depth}"
        )
        count = (
            f"SELECT count(*) FROM (SELECT FROM search_searchdocument WHERE {where} LIMIT {MOST_COUNTED}) AS counted"
        )

        def ask() -> int:
            with connection.cursor() as cursor:
                cursor.execute(page, parameters)
                cursor.fetchall()
                cursor.execute(count, parameters)
                return cursor.fetchone()[0]

        return ask

    def conditions(self, asked: Asked) -> tuple[str, list]:
        from search.engines.postgres import tsquery  # noqa: PLC0415 - after django.setup()
        from search.models import SearchFacetValue  # noqa: PLC0415
        from search.query import parse  # noqa: PLC0415

        parts, parameters = ["true"], []
        if asked.text:
            parts.append("terms @@ (SELECT %s::tsquery)")
            parameters.append(tsquery.all_of(parse(asked.text).clauses))
        for facet, values in asked.filters.items():
            numbers = SearchFacetValue.objects.filter(facet=facet, value__in=values).values_list("id", flat=True)
            parts.append("facets && %s::integer[]")
            parameters.append(list(numbers))
        return " AND ".join(parts), parameters


@contextmanager
def peer_of(name: str, ground: Ground, url: str) -> Iterator[Peer | None]:
    """`url`: of an Elasticsearch there is. None where it is asked for and cannot be had."""
    from search.engines import own_engine  # noqa: PLC0415 - after django.setup()

    if name == "wagtail":
        yield Wagtail(ground.shelf)
    elif name == "floor":
        yield Floor()
    elif name == "postgres":
        yield Portal(own_engine())
    else:
        from benchmarks.relevance.copied import elasticsearch  # noqa: PLC0415 - after django.setup()

        with elasticsearch(ground.var_dir, url) as engine:
            yield Portal(engine) if engine else None
