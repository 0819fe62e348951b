"""A rebuild beside the working index: nothing searched is missed and nothing published is lost."""

import threading
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from search import registry
from search.indexing import rebuild as rebuilding
from search.indexing.rebuild import rebuild
from search.models import SearchDocument
from tests.factories.search import document

pytestmark = pytest.mark.django_db(transaction=True)


def in_another_session(work: Callable) -> threading.Thread:
    """Run with a database connection of its own, as another process would."""

    def run():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def tables() -> list[tuple]:
    """Columns, keys, indexes and settings of the index's tables, as PostgreSQL describes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, 'option', unnest(reloptions) FROM pg_class WHERE relname LIKE 'search\\_%'
            UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
                WHERE conrelid::regclass::text LIKE 'search\\_%'
            UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'search\\_%'
            UNION ALL SELECT attrelid::regclass::text, attname,
                concat(atttypid::regtype, attstorage, attidentity, attnotnull)
                FROM pg_attribute WHERE attrelid::regclass::text LIKE 'search\\_search%' AND attnum > 0
            ORDER BY 1, 2, 3
            """
        )
        return cursor.fetchall()


def test_the_new_index_is_the_old_one_made_again(shelf, found, search):
    shelf.put(*(document(number, "Дроби") for number in range(1, 6)))
    described, ids = tables(), dict(SearchDocument.objects.values_list("object_id", "pk"))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_searchdocument WHERE object_id = 2")
        cursor.execute("UPDATE search_searchdocument SET title = 'испорчено', terms = '' WHERE object_id = 3")
    assert rebuild() == 5
    assert found("дроби") == [5, 4, 3, 2, 1]
    assert found("дро") == [5, 4, 3, 2, 1]
    assert tables() == described
    kept = dict(SearchDocument.objects.values_list("object_id", "pk"))
    assert {number: ids[number] for number in (1, 3, 4, 5)} == {number: kept[number] for number in (1, 3, 4, 5)}
    shelf.put(document(6, "Дроби"))
    assert search("дроби").total == 6
    assert rebuild() == 6


def test_what_is_published_changed_and_removed_meanwhile_is_not_lost(shelf, found):
    shelf.put(*(document(number, "Дроби") for number in range(1, 251)))
    seen = []

    def publish():
        shelf.put(document(1, "Проценты"), document(999, "Проценты"))
        shelf.take_away(2)

    def meanwhile(ids):
        # The rebuild has just begun to read: others go on publishing and searching.
        if ids is None:
            shelf.before_reading = lambda _ids: None
            in_another_session(publish).join()
            in_another_session(lambda: seen.append((found("проценты"), len(found("дроби", size=100))))).join()

    def read_as_of_the_beginning(ids=None):
        """What a transaction that began before sees: not what is published meanwhile."""
        old = dict(shelf.documents)
        shelf.before_reading(ids)
        chosen = old if ids is None else shelf.documents
        yield from (chosen[n] for n in sorted(chosen) if ids is None or n in set(ids))

    shelf.read = read_as_of_the_beginning
    registry.register(shelf.source)
    shelf.before_reading = meanwhile
    rebuild()
    assert seen == [([999, 1], 100)]
    assert found("проценты") == [999, 1]
    assert 2 not in found("дроби", size=100, page=3)
    assert SearchDocument.objects.count() == 250


def test_a_publication_not_yet_committed_at_the_swap_is_waited_for(shelf, found, monkeypatch):
    monkeypatch.setattr(rebuilding, "PAUSE", 0.05)
    monkeypatch.setattr(rebuilding, "LOCK_TIMEOUT", 50)
    shelf.put(document(1, "Дроби"))
    indexed, commit = threading.Event(), threading.Event()

    def publish():
        with transaction.atomic():
            shelf.put(document(1, "Проценты"))
            indexed.set()
            commit.wait(20)

    publisher = in_another_session(publish)
    indexed.wait(20)
    release = threading.Timer(0.5, commit.set)
    release.start()
    rebuild()
    publisher.join()
    assert (found("проценты"), found("дроби")) == ([1], [])


def test_a_failed_rebuild_leaves_the_old_index(shelf, found):
    shelf.put(document(1, "Дроби"))

    def fail(ids):
        raise ZeroDivisionError

    shelf.before_reading = fail
    with pytest.raises(ZeroDivisionError):
        rebuild()
    assert found("дроби") == [1]
    shelf.before_reading = lambda _ids: None
    assert rebuild() == 1


def test_two_rebuilds_at_once_are_refused(shelf):
    refusals = []

    def second():
        try:
            call_command("rebuild_index", verbosity=0)
        except CommandError as error:
            refusals.append(str(error))

    def meanwhile(_ids):
        in_another_session(second).join()

    shelf.put(document(1))
    shelf.before_reading = meanwhile
    assert rebuild() == 1
    assert refusals == ["Another rebuild_index is running: wait for it."]


def test_the_command_shows_its_progress(shelf, capsys):
    shelf.put(document(1), document(2))
    call_command("rebuild_index")
    output = capsys.readouterr()
    assert output.out == "2 documents indexed\n"
    assert "2/2" in output.err
