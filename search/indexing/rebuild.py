"""A whole new index beside the old one, swapped in one short transaction.

The new tables have the same names in a schema of their own, first on the search path while they are
written: all of `store` works on them as it is. Searches and updates go on with the old tables. Each
update leaves a line in `SearchChange`; whatever was not yet committed when the rebuild began is done
again on the new tables, the last of it while writers wait for the swap.
"""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from search import copying
from search.analysis import VERSION
from search.index import BATCH, batches
from search.meaning import ask_for_embeddings, forget_stale
from search.registry import Source, sources

from . import store
from .dictionary import WordCounts, merge_words_now
from .rows import row_of

SCHEMA = "search_rebuild"
OLD_SCHEMA = "search_old"
TABLES = ("search_searchdocument", "search_searchpassage", "search_searchword", "search_searchwordchange")
REBUILD_LOCK = 0x5EA2C401
#: Changes that may be left for the moment when writers wait.
FEW_CHANGES = 50
#: Milliseconds that searches and updates may be held up by a try to swap; less than `deadlock_timeout`.
LOCK_TIMEOUT = 500
PAUSE = 1.0
TRIES = 600

#: What the table says of itself: by which analysis its rows were made.
ANALYSIS = f"analysis {VERSION}"

Progress = Callable[[int], None]


class RebuildRunning(Exception):  # noqa: N818 - named by what happened
    """Another rebuild has not finished yet."""


class SwapRefused(Exception):  # noqa: N818
    """A transaction has been writing to the index for longer than a rebuild waits."""


def rebuild(progress: Progress = lambda _done: None) -> int:
    """Build the index anew from all sources and put it in place; the number of documents in it.

    Must run outside a transaction. Raises RebuildRunning and SwapRefused; then the old index stays as it was.
    """
    with only_rebuild():
        _make_tables()
        try:
            began = _snapshot()
            total = sum(_fill(source, progress) for source in sources())
            _make_indexes()
            _catch_up_and_swap(began)
        finally:
            _drop(SCHEMA)
    forget_stale()
    ask_for_embeddings()
    return total


def is_of_today() -> bool:
    """Whether the index in use was made by today's analysis: another one would not find what it holds."""
    return _scalar("SELECT obj_description('search_searchdocument'::regclass)") == ANALYSIS


@contextmanager
def only_rebuild() -> Iterator[None]:
    if not _scalar("SELECT pg_try_advisory_lock(%s)", REBUILD_LOCK):
        raise RebuildRunning
    try:
        yield
    finally:
        _scalar("SELECT pg_advisory_unlock(%s)", REBUILD_LOCK)


@contextmanager
def new_tables() -> Iterator[None]:
    """A transaction in which the index's names mean the new tables."""
    with transaction.atomic(), copying.unheard():
        _run(f"SET LOCAL search_path = {SCHEMA}, {_live_schema()}")
        yield


def _make_tables() -> None:
    """Tables without their indexes: those are made faster when the rows are there. Keys come first, since
    rows are replaced by them."""
    live = _live_schema()
    _drop(SCHEMA)
    with transaction.atomic():
        _run(f"CREATE SCHEMA {SCHEMA}")
        for table in TABLES:
            _run(f"CREATE TABLE {SCHEMA}.{table} (LIKE {live}.{table} INCLUDING ALL EXCLUDING INDEXES)")
            options = _scalar("SELECT reloptions FROM pg_class WHERE oid = %s::regclass", f"{live}.{table}")
            if options:
                _run(f"ALTER TABLE {SCHEMA}.{table} SET ({', '.join(options)})")
            for name, definition in _keys(f"{live}.{table}"):
                _run(f'ALTER TABLE {SCHEMA}.{table} ADD CONSTRAINT "{name}" {definition}')


def _make_indexes() -> None:
    live = _live_schema()
    indexes = [definition for table in TABLES for definition in _indexes(live, table)]
    foreign_keys = [(t, name, text) for t in TABLES for name, text in _keys(f"{live}.{t}", foreign=True)]
    with transaction.atomic():
        for definition in indexes:
            _run(definition.replace(f" ON {live}.", f" ON {SCHEMA}.", 1))
        for table, name, definition in foreign_keys:
            _run(
                f'ALTER TABLE {SCHEMA}.{table} ADD CONSTRAINT "{name}" '
                + definition.replace("REFERENCES ", f"REFERENCES {SCHEMA}.", 1)
            )
    for table in TABLES:
        _run(f"ANALYZE {SCHEMA}.{table}")
    _run(f"COMMENT ON TABLE {SCHEMA}.search_searchdocument IS '{ANALYSIS}'")


def _fill(source: Source, progress: Progress) -> int:
    counts, total = WordCounts(), 0
    for documents in batches(source.documents(None), BATCH):
        rows = [row_of(document, document.digest()) for document in documents]
        with new_tables():
            store.write(rows, _earlier_ids(source.kind, [row.document.object_id for row in rows]), counts)
        total += len(rows)
        progress(len(rows))
    with new_tables():
        counts.append(merge=False)
        merge_words_now()
    return total


def _catch_up_and_swap(began: str) -> None:
    while True:
        now = _snapshot()
        changes = _changes_since(began)
        _do_again(changes)
        began = now
        if len(changes) <= FEW_CHANGES:
            break
    for _try in range(TRIES):
        try:
            _swap(began)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in {"55P03", "40P01"}:  # no lock in time, deadlock
                raise
            time.sleep(PAUSE)
        else:
            return
    raise SwapRefused


@transaction.atomic
def _swap(began: str) -> None:
    live = _live_schema()
    _run(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT}")
    # Writers wait from here on and readers do not: what is committed now is all there is to catch up with.
    _run(f"LOCK TABLE {live}.search_searchdocument IN EXCLUSIVE MODE")
    _do_again(_changes_since(began))
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    _run(f"LOCK TABLE {', '.join(f'{live}.{table}' for table in TABLES)} IN ACCESS EXCLUSIVE MODE")
    _run(f"CREATE SCHEMA {OLD_SCHEMA}")
    for table in TABLES:
        _run(f"ALTER TABLE {live}.{table} SET SCHEMA {OLD_SCHEMA}")
        _run(f"ALTER TABLE {SCHEMA}.{table} SET SCHEMA {live}")
    _run(f"DROP SCHEMA {OLD_SCHEMA} CASCADE")
    _run("DELETE FROM search_searchchange WHERE pg_visible_in_snapshot(transaction, pg_current_snapshot())")
    copying.everything_changed()


def _do_again(changes: dict[str, list[int]]) -> None:
    by_kind = {source.kind: source for source in sources()}
    for kind, ids in changes.items():
        for batch in batches(sorted(ids)):
            counts = WordCounts()
            with new_tables():
                if kind in by_kind:
                    store.refresh(by_kind[kind], batch, counts, earlier_ids=_earlier_ids)
                counts.append(merge=False)
                merge_words_now()


def _changes_since(snapshot: str) -> dict[str, list[int]]:
    """Kind -> ids of objects indexed by transactions that this snapshot did not see."""
    found: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT kind, object_id FROM search_searchchange"
            " WHERE NOT pg_visible_in_snapshot(transaction, %s::pg_snapshot)",
            [snapshot],
        )
        for kind, object_id in cursor.fetchall():
            found.setdefault(kind, []).append(object_id)
    return found


def _earlier_ids(kind: str, object_ids: Collection[int]) -> dict[int, int]:
    """Ids that rows have in the index in use: readers' cursors hold them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT object_id, id FROM {_live_schema()}.search_searchdocument"  # noqa: S608
            " WHERE kind = %s AND object_id = ANY(%s)",
            [kind, list(object_ids)],
        )
        return dict(cursor.fetchall())


def _live_schema() -> str:
    return _scalar("SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = 'search_searchchange'::regclass")


def _snapshot() -> str:
    return _scalar("SELECT pg_current_snapshot()::text")


def _keys(table: str, *, foreign: bool = False) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = ANY(%s) ORDER BY contype",
            [table, ["f"] if foreign else ["p", "u"]],
        )
        return cursor.fetchall()


def _indexes(schema: str, table: str) -> list[str]:
    """Definitions of the indexes that no constraint makes by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass"
            " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))",
            [f"{schema}.{table}"],
        )
        return [definition for (definition,) in cursor.fetchall()]


def _drop(schema: str) -> None:
    _run(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _scalar(sql: str, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row = cursor.fetchone()
        return row[0] if row else None
