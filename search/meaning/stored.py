"""The stored embeddings."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import blake2b

from django.db import connection


def gist_hash(gist: Sequence[str]) -> bytes:
    return blake2b("\0".join(gist).encode(), digest_size=16).digest()


def forget_changed(gists: Mapping[int, Sequence[str]]) -> None:
    """Take away embeddings of rows (id -> gist) that were made of another gist."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM search_searchmeaning AS known USING unnest(%s::bigint[], %s::bytea[]) AS new (id, hash)
            WHERE known.document_id = new.id AND known.gist_hash <> new.hash
            """,
            [list(gists), [gist_hash(gist) for gist in gists.values()]],
        )


def forget_stale() -> None:
    """Take away all embeddings that were made of another gist than their row's: after a rebuild, when a module says
    anew what its objects are about."""
    after, rows = 0, [(0, [])]
    while rows:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, gist FROM search_searchdocument WHERE id > %s ORDER BY id LIMIT 1000", [after])
            rows = cursor.fetchall()
        forget_changed(dict(rows))
        after = rows[-1][0] if rows else after


def forget(row_ids: Collection[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_searchmeaning WHERE document_id = ANY(%s)", [list(row_ids)])


def similarities(row_ids: Collection[int], embedding: Sequence[float]) -> dict[int, float]:
    """Row id -> cosine (-1…1) with this embedding; what has none yet is absent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT document_id, 1 - (embedding <=> %s::halfvec) FROM search_searchmeaning WHERE document_id = ANY(%s)",
            [literal(embedding), list(row_ids)],
        )
        return dict(cursor.fetchall())


def embedding_of(row_id: int) -> str | None:
    """The embedding of a row as a literal, for asking what is near it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT embedding::text FROM search_searchmeaning WHERE document_id = %s", [row_id])
        row = cursor.fetchone()
        return row and row[0]


def literal(embedding: Sequence[float] | str) -> str:
    """As pgvector reads it."""
    return embedding if isinstance(embedding, str) else f"[{','.join(map(repr, embedding))}]"
