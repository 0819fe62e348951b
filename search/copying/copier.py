"""Bringing the copy up to date: one copier at a time, a batch of changes a transaction.

A change is forgotten in the transaction in which Elasticsearch took it: whatever dies in between, it is copied again.
Each write bears a number that only grows, and Elasticsearch keeps the greatest: a write that a dying node held up and
performs late, after its row was copied again, is refused there.
"""

import json
import logging
from collections.abc import Collection, Iterable, Iterator

from django.db import connection, transaction

from core.models import SiteGeneration
from search.copying import EVERYTHING
from search.engines.base import EngineAway
from search.engines.elasticsearch import names
from search.engines.elasticsearch.client import asking
from search.engines.elasticsearch.documents import documents_of

logger = logging.getLogger(__name__)

COPY_LOCK = 0x5EA2C403
#: Rows sent at once: with their embeddings 3 MB.
BATCH = 200
#: Letters sent in one request.
PIECE = 5_000_000
#: Seconds for it.
TIMEOUT = 5
CONFLICT = 409
#: A busy node (429) is not away for good, and neither is a broken one.
OUR_FAULT = range(400, 429)


class WholeCopyNeeded(Exception):  # noqa: N818 - named by what happened
    """There is no copy, or it is of another life of the database, or all of it changed."""


def copy_changes(*, most: int | None = None, making_whole: bool = False) -> bool:
    """Copy what has changed, at most so many full batches; whether something is left.

    Raises EngineAway and, unless it is `making_whole` that calls, WholeCopyNeeded; what was not copied then is kept.
    Leaves it to another copier that is at it: that one looks again after it has let the lock go.
    """
    done = 0
    while _something_left(making_whole):
        if most is not None and done >= most:
            return True
        copied = _copy_batch(making_whole)
        if copied is None:
            return False
        done += copied == BATCH
    return False


def is_there() -> bool:
    """Whether a copy is in use."""
    with asking(TIMEOUT) as client:
        return names.in_use() in names.known(client)


def rows_after(row_id: int) -> list[int]:
    """The next batch of all rows, by id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_searchdocument WHERE id > %s ORDER BY id LIMIT %s", [row_id, BATCH])
        return [found for (found,) in cursor.fetchall()]


def lock(*, wait: bool) -> bool:
    """Be the only copier until the transaction ends."""
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COPY_LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [COPY_LOCK])
        return cursor.fetchone()[0]


def write(
    row_ids: Collection[int], aliases: Iterable[str], *, making_whole: bool = False, seconds: float = TIMEOUT
) -> None:
    """Make these rows in the indexes behind the aliases what they are now. The caller holds the lock."""
    version = _next_version()
    documents = documents_of(row_ids)
    operations: list[dict] = []
    for alias in aliases:
        for row_id in row_ids:
            target = {
                "_index": alias, "_id": str(row_id), "version": version, "version_type": "external_gte",
                "require_alias": True,
            }  # fmt: skip
            if row_id in documents:
                operations += [{"index": target}, documents[row_id]]
            else:
                operations.append({"delete": target})
    if not operations:
        return
    for piece in _pieces(operations):
        with asking(seconds) as client:
            # What was published a moment ago is looked for now; a whole copy is refreshed when it is whole.
            answer = client.bulk(operations=piece, refresh=not making_whole)
        if answer["errors"]:
            failed = (result for item in answer["items"] for result in item.values() if "error" in result)
            _look_at(failed, making_whole)


def _pieces(operations: list[dict]) -> Iterator[list[dict]]:
    """Parts of a batch that Elasticsearch takes at once: a document with long files is more than a megabyte."""
    piece, letters = [], 0
    for operation in operations:
        weight = len(json.dumps(operation, ensure_ascii=False))
        # A document stays with the line before it that says where it belongs.
        if letters + weight > PIECE and ("index" in operation or "delete" in operation) and piece:
            yield piece
            piece, letters = [], 0
        piece.append(operation)
        letters += weight
    if piece:
        yield piece


def _copy_batch(making_whole: bool) -> int | None:
    """How many changes were copied; None: another copier is at it."""
    with transaction.atomic():
        if not lock(wait=False):
            return None
        # Pages made since the publication do not know of it yet, and would be kept without it.
        SiteGeneration.grow()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, document_id FROM search_searchcopychange WHERE document_id > %s ORDER BY id LIMIT %s",
                [EVERYTHING if making_whole else EVERYTHING - 1, BATCH],
            )
            changes = cursor.fetchall()
            row_ids = {row_id for _id, row_id in changes}
            if EVERYTHING in row_ids:
                raise WholeCopyNeeded
            write(sorted(row_ids), _aliases(making_whole), making_whole=making_whole)
            cursor.execute(
                "DELETE FROM search_searchcopychange WHERE id = ANY(%s)", [[number for number, _id in changes]]
            )
    return len(changes)


def _something_left(making_whole: bool) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM search_searchcopychange WHERE document_id > %s)",
            [EVERYTHING if making_whole else EVERYTHING - 1],
        )
        return cursor.fetchone()[0]


def _aliases(making_whole: bool) -> list[str]:
    """The copy in use, and the one being made beside it."""
    with asking(TIMEOUT) as client:
        aliases = names.known(client)
    if names.in_use() not in aliases and not making_whole:
        raise WholeCopyNeeded
    return aliases


def _next_version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('search_searchcopychange', 'id'))")
        return cursor.fetchone()[0]


def _look_at(errors: Iterable[dict], making_whole: bool) -> None:
    for result in errors:
        if result["status"] == CONFLICT:
            # Numbers from the future: a database restored from a backup, say.
            if making_whole:
                continue
            raise WholeCopyNeeded
        if result["status"] not in OUR_FAULT or result["error"]["type"] == "index_not_found_exception":
            raise EngineAway(f"{result['error']['type']}: {result['error'].get('reason', '')}")
        # Nothing of ours should be refused for good; if it is, the others must not wait for it.
        logger.error("Elasticsearch refuses row %s: %s", result["_id"], result["error"])
