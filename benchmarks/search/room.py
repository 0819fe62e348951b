"""What the index takes: megabytes on disk by part, megabytes of memory."""

import contextlib
from pathlib import Path

DISK = """
SELECT pg_table_size('search_searchdocument'),
    (SELECT sum(pg_relation_size(indexrelid))::bigint FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE indrelid = 'search_searchdocument'::regclass AND relam = (SELECT oid FROM pg_am WHERE amname = 'gin')),
    pg_total_relation_size('search_searchpassage'),
    pg_total_relation_size('search_searchword'),
    pg_table_size('search_searchmeaning'),
    pg_relation_size('search_meaning_nearest'),
    pg_total_relation_size('wagtailsearch_indexentry')
"""
PARTS = ("documents", "gin", "passages", "dictionary", "embeddings", "hnsw", "wagtail_index")


def on_disk() -> dict[str, float]:
    """`{part: megabytes}`; PostgreSQL's own, our tables and Wagtail's."""
    from django.db import connection  # noqa: PLC0415 - after django.setup()

    with connection.cursor() as cursor:
        cursor.execute(DISK)
        return dict(zip(PARTS, (round(size / 2**20, 1) for size in cursor.fetchone()), strict=True))


def forget_peak() -> None:
    """Begin anew with the peak of this process's memory, where the kernel lets us."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def in_memory() -> dict[str, float]:
    """The peak of this process, and what its connection's server process holds of its own."""
    from django.db import connection  # noqa: PLC0415 - after django.setup()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    return {"process_peak": status("self", "VmHWM"), "connection": status(str(pid), "RssAnon")}


def status(process: str, name: str) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024, 1)
