"""Whether the index says what the modules say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.db import connection, transaction

from search.registry import sources


@dataclass(frozen=True)
class Difference:
    """An object that should be found and is not, is found and should not be, or is found as it once was."""

    what: Literal["missing", "extra", "stale"]
    kind: str
    object_id: int
    title: str


def differences() -> Iterator[Difference]:
    """All differences, as of one moment: what is published meanwhile is none."""
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        known_kinds = [source.kind for source in sources()]
        for source in sources():
            indexed = _indexed(source.kind)
            for document in source.documents(None):
                digest = indexed.pop(document.object_id, None)
                if digest != document.digest():
                    what = "missing" if digest is None else "stale"
                    yield Difference(what, source.kind, document.object_id, document.title)
            yield from _extra(source.kind, list(indexed))
        yield from _strangers(known_kinds)


def _indexed(kind: str) -> dict[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT object_id, hash FROM search_searchdocument WHERE kind = %s", [kind])
        return {object_id: bytes(digest) for object_id, digest in cursor.fetchall()}


def _extra(kind: str, ids: list[int]) -> Iterator[Difference]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT object_id, title FROM search_searchdocument"
            " WHERE kind = %s AND object_id = ANY(%s) ORDER BY object_id",
            [kind, ids],
        )
        for object_id, title in cursor.fetchall():
            yield Difference("extra", kind, object_id, title)


def _strangers(known_kinds: list[str]) -> Iterator[Difference]:
    """Documents of kinds that no module registers any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, object_id, title FROM search_searchdocument WHERE kind <> ALL(%s) ORDER BY kind, object_id",
            [known_kinds],
        )
        for kind, object_id, title in cursor.fetchall():
            yield Difference("extra", kind, object_id, title)
