"""Searches counted without slowing the page, as readings are (`practices.counting`): added in memory when the response
has gone out, written once in some seconds. A page from the cache counts as any other.
"""

import atexit
import time
from collections import Counter
from datetime import date

from django.conf import settings
from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.page_cache import when_served
from core.readers import is_a_person
from search.journal.texts import kept
from search.query import SearchRequest
from search.results import Results

#: Seconds between two writes of a worker.
INTERVAL = 5
#: Different queries that wait to be written; further ones are not counted.
MOST_WAITING = 1_000
#: Queries never asked before that a worker adds in a day: who asks thousands is a machine, whatever it says.
MOST_NEW = 5_000

_ADD_QUERIES = """
INSERT INTO wagtailsearchpromotions_query (query_string) SELECT unnest(%s::text[])
ON CONFLICT (query_string) DO NOTHING
"""
_ADD_HITS = """
INSERT INTO wagtailsearchpromotions_querydailyhits AS daily (query_id, date, hits)
SELECT query.id, %s, asked.number FROM unnest(%s::text[], %s::int[]) AS asked (text, number)
JOIN wagtailsearchpromotions_query query ON query.query_string = asked.text ORDER BY query.id
ON CONFLICT (query_id, date) DO UPDATE SET hits = daily.hits + excluded.hits
"""
_ADD_MISSES = """
INSERT INTO search_querymiss AS daily (query_id, date, count)
SELECT query.id, %s, asked.number FROM unnest(%s::text[], %s::int[]) AS asked (text, number)
JOIN wagtailsearchpromotions_query query ON query.query_string = asked.text WHERE asked.number > 0 ORDER BY query.id
ON CONFLICT (query_id, date) DO UPDATE SET count = daily.count + excluded.count
"""


class Tally:
    """What one worker has counted and not yet written: `{text: Counter(hits, misses)}`."""

    def __init__(self):
        self.counts: dict[str, Counter] = {}
        self.written_at = 0.0
        self.day: date | None = None
        self.added = 0

    def add(self, text: str, *, found: bool) -> None:
        if text in self.counts or len(self.counts) < MOST_WAITING:
            self.counts.setdefault(text, Counter()).update(hits=1, misses=int(not found))
        if time.monotonic() - self.written_at >= getattr(settings, "COUNTING_INTERVAL", INTERVAL):
            self.write()

    def write(self) -> None:
        """Add to the database; what it would not take is kept for the next time."""
        counts, self.counts, self.written_at = self.counts, {}, time.monotonic()
        today = timezone.localdate()
        if today != self.day:
            self.day, self.added = today, 0
        # In one order everywhere, lest two workers wait for each other.
        texts = sorted(counts)
        hits, misses = ([counts[text][what] for text in texts] for what in ("hits", "misses"))
        try:
            # All or nothing: what is kept for the next time must not be counted already.
            with transaction.atomic(), connection.cursor() as cursor:
                if self.added < MOST_NEW:
                    cursor.execute(_ADD_QUERIES, [texts])
                    self.added += cursor.rowcount
                cursor.execute(_ADD_HITS, [today, texts, hits])
                cursor.execute(_ADD_MISSES, [today, texts, misses])
        except Error:  # a connection that is gone too
            for text, count in counts.items():
                self.counts.setdefault(text, Counter()).update(count)


tally = Tally()
atexit.register(lambda: tally.counts and tally.write())


def note(*, text: str, found: bool) -> None:
    """Count one search for this text. `found`: some object held all its words."""
    if query := kept(text):
        tally.add(query, found=found)


def count(response: HttpResponse, *, search: SearchRequest, results: Results) -> None:
    """Count the search whenever this response is served to a person, from the cache too.

    Further pages, another order and chosen filters are the same search looked at again. A misspelt query is counted
    as what it was taken for.
    """
    if not search.text or search.page > 1 or search.filters or results.sort != "relevance":
        return
    found = bool(results.exact)
    text = results.corrected if results.corrected and found else search.text

    def add(request: HttpRequest) -> None:
        if is_a_person(request):
            note(text=text, found=found)

    when_served(response, add)
