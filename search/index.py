"""The index's door for modules: call it in the transaction that changes an object."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import transaction

from search.indexing import store
from search.indexing.dictionary import WordCounts
from search.meaning import ask_for_embeddings
from search.registry import source_of

#: Documents held in memory at once: 200 texts of 4,000 characters are some megabytes.
BATCH = 200


@transaction.atomic
def update(kind: str, ids: Iterable[int]) -> None:
    """(Re)index exactly these objects, or take them out where their source yields nothing.

    Idempotent; an object that has not changed costs its source's reading only. Raises LookupError for a
    kind that no module registered.
    """
    source = source_of(kind)
    with counted() as counts:
        for batch in batches(sorted(set(ids))):
            store.log_changes(kind, batch)
            store.refresh(source, batch, counts)


@transaction.atomic
def remove(kind: str, ids: Iterable[int]) -> None:
    """Take objects out that are being deleted, without asking their source."""
    with counted() as counts:
        for batch in batches(sorted(set(ids))):
            store.log_changes(kind, batch)
            store.remove(kind, batch, counts)


@transaction.atomic
def set_popularity(kind: str, numbers: dict[int, int]) -> None:
    """Tell how popular objects are (object id -> number); unknown objects are passed over."""
    store.set_popularity(kind, numbers)


@contextmanager
def counted() -> Iterator[WordCounts]:
    """Words counted over a whole update, whose vocabulary is far smaller than its text."""
    counts = WordCounts()
    yield counts
    if counts.append():
        store.flush_terms()
    ask_for_embeddings()


def batches(items: Iterable, size: int = BATCH) -> Iterator[list]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
