"""Embeddings of a corpus: the real ones, or vectors scattered around real ones where those would take half an hour."""

import time
from collections.abc import Iterator

import numpy as np

from benchmarks.corpus_words import Corpus
from benchmarks.search.shelf import FIRST_ID

#: Up to so many documents are encoded by the worker's own function, 40 ms each.
ENCODED = 1_000
#: How far vectors of one topic lie apart: their cosine with its centre is about 0.8.
SCATTER = 0.75
BATCH = 5_000
INDEX = "search_meaning_nearest"


def embed(corpus: Corpus, size: int) -> dict[str, float | str]:
    """Give every document its embedding: how, and the seconds for vectors and for their index."""
    began = time.monotonic()
    if size <= ENCODED:
        from search.meaning import embed_missing  # noqa: PLC0415 - after django.setup()

        embed_missing()
        return {"embeddings": "encoded", "embedding_seconds": round(time.monotonic() - began, 1)}
    definition = drop_index()
    write(corpus)
    written = time.monotonic()
    make_index(definition)
    return {
        "embeddings": "scattered around the encoded words of each topic",
        "embedding_seconds": round(written - began, 1),
        "hnsw_seconds": round(time.monotonic() - written, 1),
    }


def write(corpus: Corpus) -> None:
    from django.db import connection, transaction  # noqa: PLC0415 - after django.setup()
    from pgvector import HalfVector  # noqa: PLC0415

    from search.meaning.stored import gist_hash  # noqa: PLC0415

    centres = topic_centres(corpus)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE search_searchmeaning")
        for number, batch in enumerate(rows(cursor)):
            dice = np.random.default_rng([corpus.seed, 3, number])
            topics = [corpus[object_id - FIRST_ID].topic for _row_id, object_id, _gist in batch]
            vectors = centres[topics] + SCATTER * unit(dice.standard_normal((len(batch), centres.shape[1])))
            vectors = unit(vectors).astype(">f2")
            with cursor.copy("COPY search_searchmeaning FROM STDIN (FORMAT binary)") as copy:
                copy.set_types(["int8", "bytea", "bytea"])
                for (row_id, _object_id, gist), vector in zip(batch, vectors, strict=True):
                    copy.write_row((row_id, gist_hash(gist), HalfVector(vector).to_binary()))


def rows(cursor) -> Iterator[list[tuple[int, int, list[str]]]]:
    after = 0
    while True:
        cursor.execute(
            "SELECT id, object_id, gist FROM search_searchdocument WHERE id > %s ORDER BY id LIMIT %s", [after, BATCH]
        )
        batch = cursor.fetchall()
        if not batch:
            return
        yield batch
        after = batch[-1][0]


def topic_centres(corpus: Corpus) -> np.ndarray:
    from search.meaning import encode  # noqa: PLC0415 - after django.setup()

    vocabulary = corpus.vocabulary
    texts = (" ".join(vocabulary.forms_of(word)[0] for word in words[:20]) for words in corpus.topics)
    return np.array(encode([[text] for text in texts]))


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def drop_index() -> str:
    from django.db import connection  # noqa: PLC0415 - after django.setup()

    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [INDEX])
        [definition] = cursor.fetchone()
        cursor.execute(f"DROP INDEX {INDEX}")
    return definition


def make_index(definition: str) -> None:
    from django.db import connection, transaction  # noqa: PLC0415 - after django.setup()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(definition)
        cursor.execute("ANALYZE search_searchmeaning")
