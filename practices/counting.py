"""Readings and downloads: counted without slowing the page, without a trace of who it was.

A worker adds in memory and writes once in some seconds, after a response has gone out: a popular page
costs the database one statement an interval, however many read it. A killed worker loses that interval.
"""

import atexit
import time
from collections import Counter

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse

from core.page_cache import when_served
from core.readers import is_a_person
from practices.models.statistics import popularity
from search import index

#: Seconds between two writes of a worker.
INTERVAL = 5

_ADD = """
INSERT INTO practices_practicestatistics AS statistics (page_id, readings, downloads)
SELECT page_ptr_id, %(readings)s, %(downloads)s FROM practices_practicepage WHERE page_ptr_id = %(page)s
ON CONFLICT (page_id) DO UPDATE
SET readings = statistics.readings + excluded.readings, downloads = statistics.downloads + excluded.downloads
RETURNING downloads, adoptions
"""


class Tally:
    """What one worker has counted and not yet written: `{page id: Counter(readings, downloads)}`."""

    def __init__(self):
        self.counts: dict[int, Counter] = {}
        self.written_at = 0.0

    def add(self, page_id: int, what: str) -> None:
        self.counts.setdefault(page_id, Counter())[what] += 1
        if time.monotonic() - self.written_at >= getattr(settings, "COUNTING_INTERVAL", INTERVAL):
            self.write()

    def write(self) -> None:
        """Add to the database; what it would not take is kept for the next time."""
        counts, self.counts, self.written_at = self.counts, {}, time.monotonic()
        grown = {}
        try:
            # All or nothing: what is kept for the next time must not be counted already.
            with transaction.atomic(), connection.cursor() as cursor:
                # In one order everywhere, lest two workers wait for each other.
                for page_id, count in sorted(counts.items()):
                    cursor.execute(
                        _ADD, {"page": page_id, "readings": count["readings"], "downloads": count["downloads"]}
                    )
                    row = cursor.fetchone()
                    if row and count["downloads"]:
                        grown[page_id] = popularity(*row)
            if grown:
                index.set_popularity("practice", grown)
        except DatabaseError:
            for page_id, count in counts.items():
                self.counts.setdefault(page_id, Counter()).update(count)


tally = Tally()
atexit.register(lambda: tally.counts and tally.write())


def count(response: HttpResponse, page_id: int, what: str) -> None:
    """Count a person's reading or download of this page whenever this response is served."""

    def add(request: HttpRequest) -> None:
        if is_a_person(request):
            tally.add(page_id, what)

    when_served(response, add)
