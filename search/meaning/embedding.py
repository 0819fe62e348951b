"""Making the embeddings that are missing: in batches, so that it can be stopped and gone on with at any moment."""

import logging
from collections.abc import Callable

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from core.models import SiteGeneration
from search import copying

from .encoder import available, encode, installed
from .stored import gist_hash, literal

logger = logging.getLogger(__name__)

EMBED = "search.tasks.embed"
#: Documents encoded at once: half a second of work.
BATCH = 32
EMBED_LOCK = 0x5EA2C402

Progress = Callable[[int], None]


def ask_for_embeddings() -> None:
    """Have the worker embed what lacks an embedding, once this transaction is committed; asking twice is asking once.

    Not within it: two publications would wait for each other over the one job. What a crash in between loses, the
    nightly task finds.
    """
    if installed() and not any(call[1] is _ask for call in connection.run_on_commit):
        transaction.on_commit(_ask, robust=True)


def _ask() -> None:
    try:
        with transaction.atomic():
            app.configure_task(EMBED, queueing_lock="search-embed").defer()
    except AlreadyEnqueued:
        logger.debug("Embeddings are already waited for")


def missing() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM search_searchdocument AS document"
            " WHERE gist <> '{}' AND NOT EXISTS (SELECT FROM search_searchmeaning WHERE document_id = document.id)"
        )
        return cursor.fetchone()[0]


def embed_missing(progress: Progress = lambda _done: None) -> int:
    """Embed all documents without an embedding, a transaction a batch; how many were embedded.

    Does nothing where the encoder is not installed, or while another process is at it.
    """
    if not available():
        return 0
    total, after = 0, 0
    while True:
        done, after = _embed_batch(after)
        if after is None:
            break
        total += done
        progress(done)
    if total:
        # Pages made meanwhile are without what is near in meaning.
        SiteGeneration.grow()
    return total


@transaction.atomic
def _embed_batch(after: int) -> tuple[int, int | None]:
    """Rows embedded, and the id to go on from; None at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [EMBED_LOCK])
        if not cursor.fetchone()[0]:
            return 0, None
        cursor.execute(
            """
            SELECT id, hash, gist FROM search_searchdocument AS document
            WHERE id > %s AND gist <> '{}'
                AND NOT EXISTS (SELECT FROM search_searchmeaning WHERE document_id = document.id)
            ORDER BY id LIMIT %s
            """,
            [after, BATCH],
        )
        rows = cursor.fetchall()
        if not rows:
            return 0, None
        embeddings = encode([gist for _id, _hash, gist in rows])
        # Only of a row that is still the same: whoever changes one waits for this, then takes the embedding away. A row
        # being changed at this moment is left out, not waited for: its change asks for an embedding again.
        cursor.execute(
            """
            INSERT INTO search_searchmeaning (document_id, gist_hash, embedding)
            SELECT document.id, new.hash, new.embedding::halfvec
            FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[], %s::text[]) AS new (id, document_hash, hash, embedding)
                JOIN search_searchdocument AS document
                    ON document.id = new.id AND document.hash = new.document_hash
            ORDER BY document.id FOR SHARE OF document SKIP LOCKED
            ON CONFLICT (document_id) DO UPDATE SET gist_hash = excluded.gist_hash, embedding = excluded.embedding
            """,
            [
                [row_id for row_id, _hash, _gist in rows],
                [bytes(digest) for _id, digest, _gist in rows],
                [gist_hash(gist) for _id, _hash, gist in rows],
                [literal(embedding) for embedding in embeddings],
            ],
        )
        copying.changed([row_id for row_id, _hash, _gist in rows])
    return len(rows), rows[-1][0]


def forget_strangers() -> None:
    """Embeddings of rows that are no more: a rebuild leaves them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_searchmeaning AS known"
            " WHERE NOT EXISTS (SELECT FROM search_searchdocument WHERE id = known.document_id)"
        )
