"""The copy of the index on Elasticsearch. PostgreSQL's rows are the truth, the copy follows them.

Whoever writes rows says so here, in the same transaction. After the commit they are copied at once; what could not be
copied then waits in `SearchCopyChange` for the worker, who looks every minute.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from search.engines.base import EngineAway

logger = logging.getLogger(__name__)

#: Stands for all rows: what follows a rebuild is a whole new copy.
EVERYTHING = 0
#: Batches that whoever changed the rows copies; the worker copies the rest of an import.
AT_ONCE = 2
COPY = "search.copying.tasks.copy_changes"
COPY_LOCK = "search-copy"

_unheard: ContextVar[bool] = ContextVar("_unheard", default=False)


def changed(row_ids: Iterable[int]) -> None:
    """Note that these rows (`SearchDocument.id`) are to be copied again, or deleted there; nothing without a copy."""
    if not settings.ELASTICSEARCH_URL or _unheard.get():
        return
    if ids := sorted(set(row_ids)):
        _note(ids)
        if not any(call[1] is _copy_now for call in connection.run_on_commit):
            transaction.on_commit(_copy_now, robust=True)


def everything_changed() -> None:
    """Note that the copy is to be made anew, beside the one in use: by the caller, or by the worker."""
    if settings.ELASTICSEARCH_URL:
        _note([EVERYTHING])


@contextmanager
def unheard() -> Iterator[None]:
    """Rows written here are not in use yet: a rebuild writes its tables so, and says in the end that all changed."""
    before = _unheard.set(True)
    try:
        yield
    finally:
        _unheard.reset(before)


def ask_worker() -> None:
    """Have the worker copy what is left; asking twice is asking once."""
    try:
        with transaction.atomic():
            app.configure_task(COPY, queueing_lock=COPY_LOCK).defer(timestamp=0)
    except AlreadyEnqueued:
        logger.debug("The copy is already waited for")


def _note(row_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_searchcopychange (document_id) SELECT unnest(%s::bigint[]) ORDER BY 1", [row_ids]
        )


def _copy_now() -> None:
    from .copier import WholeCopyNeeded, copy_changes  # noqa: PLC0415 - its client is an extra

    try:
        if copy_changes(most=AT_ONCE):
            ask_worker()
    except EngineAway as away:
        logger.info("Changes wait to be copied: %s", away)
    except WholeCopyNeeded:
        ask_worker()
