"""A whole new copy beside the one in use, put in its place in one step.

What changes meanwhile is copied into both. Until the step, searches are answered by the old copy, or by PostgreSQL
where there is none.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

from search.copying import EVERYTHING
from search.engines.base import EngineAway
from search.engines.elasticsearch import names
from search.engines.elasticsearch.client import REST, asking
from search.engines.elasticsearch.mapping import IN_USE, MAPPINGS, settings_of

from . import copier

WHOLE_LOCK = 0x5EA2C404
#: Seconds for making an index, refreshing it, putting it in place.
TIMEOUT = 60
#: Times that a batch is tried again, a rest between them.
TRIES = 10

Progress = Callable[[int], None]


class CopyRunning(Exception):  # noqa: N818 - named by what happened
    """Another process is making a whole copy."""


def copy_whole(progress: Progress = lambda _done: None) -> int:
    """Make the copy anew from all rows and put it in place; the number of rows copied.

    Must run outside a transaction. Raises EngineAway and CopyRunning; then the copy in use stays.
    """
    with _only_one():
        reasons = _reasons()
        index = _begin()
        total = after = 0
        while row_ids := copier.rows_after(after):
            _patiently(lambda batch=row_ids: _copy(batch))
            total, after = total + len(row_ids), row_ids[-1]
            progress(len(row_ids))
        _put_in_place(index)
        _forget(reasons)
        copier.copy_changes(making_whole=True)
        return total


@contextmanager
def _only_one() -> Iterator[None]:
    if not _scalar("SELECT pg_try_advisory_lock(%s)", WHOLE_LOCK):
        raise CopyRunning
    try:
        yield
    finally:
        _scalar("SELECT pg_advisory_unlock(%s)", WHOLE_LOCK)


def _copy(row_ids: list[int]) -> None:
    with transaction.atomic():
        copier.lock(wait=True)
        copier.write(row_ids, [names.in_the_making()], making_whole=True, seconds=TIMEOUT)
    # Whoever would have copied what changed meanwhile gave way to us.
    copier.copy_changes(making_whole=True)


def _patiently(work: Callable[[], None]) -> None:
    """A node that dies does not undo an hour's copying."""
    for _try in range(TRIES):
        try:
            return work()
        except EngineAway:
            time.sleep(REST + 1)
    return work()


def _begin() -> str:
    """An empty index in the making. A batch under way knows nothing of it: it must have ended before rows are read."""
    with transaction.atomic():
        copier.lock(wait=True)
        with asking(TIMEOUT) as client:
            for left_over in names.left_over(client):
                client.indices.delete(index=left_over)
            index = names.new()
            client.indices.create(
                index=index,
                mappings=MAPPINGS,
                settings=settings_of(replicas=settings.ELASTICSEARCH_REPLICAS),
                aliases={names.in_the_making(): {}},
            )
    return index


def _put_in_place(index: str) -> None:
    with transaction.atomic():
        copier.lock(wait=True)
        with asking(TIMEOUT) as client:
            client.indices.put_settings(index=index, settings=IN_USE)
            client.indices.refresh(index=index)
            old = [name for name in names.in_the_way(client) if name != index]
            client.indices.update_aliases(
                actions=[
                    {"add": {"index": index, "alias": names.in_use()}},
                    {"remove": {"index": index, "alias": names.in_the_making()}},
                    *({"remove_index": {"index": name}} for name in old),
                ]
            )


def _reasons() -> list[int]:
    """Notes that all has changed, of which this copy will know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_searchcopychange WHERE document_id = %s", [EVERYTHING])
        return [number for (number,) in cursor.fetchall()]


def _forget(reasons: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_searchcopychange WHERE id = ANY(%s)", [reasons])


def _scalar(sql: str, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]
