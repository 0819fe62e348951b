"""Writing rows. All of it runs in the caller's transaction and names tables without a schema, so that
a rebuild writes its new tables with the very same code."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import connection

from search import copying, meaning
from search.analysis import clean
from search.documents import Document
from search.registry import Source

from .dictionary import WordCounts, copy
from .facet_values import numbers_of, pairs_of
from .rows import Row, row_of, spellings
from .vector import OUTSTANDING_MARK, VALUE_MARK, sample_mark

DOCUMENT_COLUMNS = (
    "id", "object_id", "date", "popularity", "kind", "access", "facets", "hash",
    "ref", "url", "title", "summary", "tags", "people", "text", "gist", "terms", "forms",
)  # fmt: skip
PASSAGE_COLUMNS = ["document_id", "attachment", "number", "page", "title", "text", "terms"]
UPSERT = f"""
    INSERT INTO search_searchdocument ({", ".join(DOCUMENT_COLUMNS)})
    VALUES ({", ".join("%s::tsvector" if name in {"terms", "forms"} else "%s" for name in DOCUMENT_COLUMNS)})
    ON CONFLICT (kind, object_id) DO UPDATE SET
        {", ".join(f"{name} = excluded.{name}" for name in DOCUMENT_COLUMNS if name not in {"id", "kind", "object_id"})}
"""  # noqa: S608 - our own columns

#: object id -> the id its row had in an earlier index.
Ids = Callable[[str, Collection[int]], dict[int, int]]


@dataclass(frozen=True)
class Known:
    """What the index holds of an object before an update."""

    id: int
    digest: bytes
    popularity: int


def refresh(source: Source, ids: Collection[int], counts: WordCounts, *, earlier_ids: Ids | None = None) -> None:
    """Make the index hold of these objects what the source says now; one batch, in memory.

    What it changes of words' counts is added to `counts`, for the caller to append.
    """
    known = _lock(source.kind, ids)
    asked = set(ids)
    documents = {document.object_id: document for document in source.documents(ids) if document.object_id in asked}
    digests = {object_id: document.digest() for object_id, document in documents.items()}
    changed = {i: d for i, d in documents.items() if i not in known or known[i].digest != digests[i]}
    gone = {object_id: row.id for object_id, row in known.items() if object_id not in documents}
    _set_moved_popularity(source.kind, documents, known, changed)
    if not (changed or gone):
        return
    replaced = [known[object_id].id for object_id in changed if object_id in known]
    _forget_words([*replaced, *gone.values()], counts)
    _delete(replaced, gone.values())
    rows = [row_of(document, digests[object_id]) for object_id, document in changed.items()]
    row_ids = {object_id: row.id for object_id, row in known.items()}
    if earlier_ids:
        row_ids = earlier_ids(source.kind, changed) | row_ids
    write(rows, row_ids, counts)


def write(rows: list[Row], row_ids: dict[int, int], counts: WordCounts) -> None:
    """Insert or replace rows of one kind; those without an id are given the next one."""
    if not rows:
        return
    row_ids = row_ids | _new_ids([row.document.object_id for row in rows if row.document.object_id not in row_ids])
    numbers = numbers_of(row.document for row in rows)
    with connection.cursor() as cursor:
        cursor.executemany(UPSERT, [_values(row, row_ids[row.document.object_id], numbers) for row in rows])
    passages = [
        (row_ids[row.document.object_id], p.attachment, p.number, p.page, p.title, p.text, p.terms)
        for row in rows
        for p in row.passages
    ]
    if passages:
        copy("search_searchpassage", PASSAGE_COLUMNS, passages)
    for row in rows:
        counts.add(spellings(row.texts), public=not row.document.access)
    meaning.forget_changed({row_ids[row.document.object_id]: row.gist for row in rows})
    copying.changed(row_ids[row.document.object_id] for row in rows)


def remove(kind: str, ids: Collection[int], counts: WordCounts) -> None:
    """Take objects out without asking their source."""
    known = _lock(kind, ids)
    if known:
        row_ids = [row.id for row in known.values()]
        _forget_words(row_ids, counts)
        _delete([], row_ids)


def set_popularity(kind: str, numbers: dict[int, int]) -> None:
    ids = sorted(numbers)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE search_searchdocument AS document SET popularity = new.popularity
            FROM unnest(%s::bigint[], %s::integer[]) AS new (object_id, popularity)
            WHERE document.kind = %s AND document.object_id = new.object_id
                AND document.popularity <> new.popularity
            RETURNING document.id
            """,
            [ids, [numbers[object_id] for object_id in ids], kind],
        )
        copying.changed(row_id for (row_id,) in cursor.fetchall())


def flush_terms() -> None:
    """Bring new terms from the index's pending list, which every search would read through, into the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('search_document_terms')")


def log_changes(kind: str, ids: Collection[int]) -> None:
    """Tell a rebuild that may be running; what a day ago was told no rebuild waits for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_searchchange (kind, object_id) SELECT %s, unnest(%s::bigint[])", [kind, list(ids)]
        )


def _lock(kind: str, ids: Collection[int]) -> dict[int, Known]:
    """Rows of these objects, locked in one order: whoever updates the same object reads its source after us."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT object_id, id, hash, popularity FROM search_searchdocument"
            " WHERE kind = %s AND object_id = ANY(%s) ORDER BY object_id FOR NO KEY UPDATE",
            [kind, list(ids)],
        )
        return {object_id: Known(row_id, bytes(digest), n) for object_id, row_id, digest, n in cursor.fetchall()}


def _set_moved_popularity(kind: str, documents: dict, known: dict[int, Known], changed: Collection[int]) -> None:
    moved = {
        object_id: document.popularity
        for object_id, document in documents.items()
        if object_id not in changed and document.popularity != known[object_id].popularity
    }
    if moved:
        set_popularity(kind, moved)


def _forget_words(row_ids: list[int], counts: WordCounts) -> None:
    if not row_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT access = '{}', array[title, summary, text] || tags || people || coalesce(
                (SELECT array_agg(passage.text) || array_agg(DISTINCT passage.title)
                 FROM search_searchpassage passage WHERE passage.document_id = document.id), '{}')
            FROM search_searchdocument document WHERE id = ANY(%s)
            """,
            [row_ids],
        )
        for public, texts in cursor:
            counts.add(spellings(texts), public=public, sign=-1)


def _delete(replaced: Collection[int], gone: Collection[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_searchpassage WHERE document_id = ANY(%s)", [[*replaced, *gone]])
        if gone:
            cursor.execute("DELETE FROM search_searchdocument WHERE id = ANY(%s)", [list(gone)])
            meaning.forget(gone)
            copying.changed(gone)


def _new_ids(object_ids: list[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('search_document_id') FROM generate_series(1, %s)", [len(object_ids)])
        return dict(zip(object_ids, (row_id for (row_id,) in cursor.fetchall()), strict=True))


def _values(row: Row, row_id: int, numbers: dict[tuple[str, str], int]) -> tuple:
    document: Document = row.document
    facets = sorted({numbers[pair] for pair in pairs_of(document)})
    marks = [sample_mark(row_id), *(f"{VALUE_MARK}{number}" for number in facets)]
    if document.outstanding:
        marks.append(OUTSTANDING_MARK)
    return (
        row_id, document.object_id, document.date, document.popularity, document.kind,
        sorted(set(document.access)), facets, row.digest, document.ref, clean(document.url),
        row.title, row.summary, row.tags, row.people, row.text, row.gist,
        " ".join([row.terms, *(f"'{mark}'" for mark in marks)]), row.forms,
    )  # fmt: skip
