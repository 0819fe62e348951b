"""The copy on Elasticsearch follows the rows: by itself, whatever goes on meanwhile, and nothing is left behind."""

import threading

import pytest
from django.core.management import call_command
from django.db import connections, transaction

from search import copying
from search.copying import copier, whole
from search.copying.tasks import copy_changes
from search.engines.elasticsearch import client, names
from search.finding import find
from search.models import SearchCopyChange, SearchDocument
from search.query import SearchRequest
from tests.factories.search import Shelf, document

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("elasticsearch")]


@pytest.fixture
def engine_name(elasticsearch):
    yield "elasticsearch"
    # What these tests copied, the fixture did not see.
    elasticsearch.rows = None


@pytest.fixture
def shelf(shelf) -> Shelf:
    """A shelf whose changes reach the copy by themselves: after the commit."""
    plain = Shelf()
    plain.documents = shelf.documents
    shelf.put = plain.put
    shelf.take_away = plain.take_away
    return shelf


@pytest.fixture
def seen(elasticsearch, found):
    """Ids found, once the copy shows what it was given."""

    def ask(*arguments, **fields):
        elasticsearch.refresh()
        return found(*arguments, **fields)

    return ask


def at_once(*works) -> None:
    def run(work):
        try:
            work()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_what_is_published_changed_and_withdrawn_is_copied_after_the_commit(shelf, seen):
    shelf.put(document(1, "Дроби"), document(2, "Дроби"))
    assert (seen("дроби"), SearchCopyChange.objects.count()) == ([2, 1], 0)
    shelf.put(document(1, "Проценты"))
    assert (seen("дроби"), seen("проценты")) == ([2], [1])
    shelf.take_away(2)
    assert (seen("дроби"), SearchCopyChange.objects.count()) == ([], 0)


def test_what_is_rolled_back_is_not_copied(shelf, seen):
    shelf.put(document(1, "Дроби"))
    with transaction.atomic():
        shelf.put(document(1, "Проценты"))
        transaction.set_rollback(True)
    assert (seen("дроби"), seen("проценты")) == ([1], [])


def test_publications_and_searches_at_once_leave_nothing_behind(shelf, seen, found):
    shelf.put(document(100, "Дроби"))
    answers = []

    def publish(first):
        return lambda: [shelf.put(document(number, "Дроби")) for number in range(first, first + 8)]

    at_once(publish(1), publish(21), lambda: answers.extend(found("дроби")[-1:] for _time in range(8)))
    assert SearchCopyChange.objects.count() == 0
    assert sorted(seen("дроби", size=50)) == [*range(1, 9), *range(21, 29), 100]
    assert len(answers) == 8
    call_command("check_index")


def test_a_whole_copy_is_made_beside_the_one_in_use_and_misses_nothing(shelf, seen, found, monkeypatch, elasticsearch):
    monkeypatch.setattr(copier, "BATCH", 3)
    shelf.put(*(document(number, "Дроби") for number in range(1, 9)))
    elasticsearch.refresh()
    before, answers = behind(names.in_use()), []

    def meanwhile(_done):
        if not answers:
            at_once(lambda: (shelf.put(document(1, "Проценты"), document(9, "Дроби")), shelf.take_away(8)))
        answers.append(len(found("дроби")))

    assert whole.copy_whole(meanwhile) in {8, 9}
    assert behind(names.in_use()) != before
    assert 0 not in answers
    assert (seen("дроби"), seen("проценты")) == ([9, 7, 6, 5, 4, 3, 2], [1])
    assert (behind(names.in_the_making()), SearchCopyChange.objects.count()) == ([], 0)
    call_command("check_index")


def test_a_rebuild_makes_the_copy_anew_too(shelf, seen, capsys):
    shelf.put(document(1, "Дроби"))
    with client.asking(30) as server:
        server.delete(index=names.in_use(), id=str(SearchDocument.objects.get().pk), refresh=True)
    with pytest.raises(SystemExit):
        call_command("check_index")
    call_command("rebuild_index", verbosity=0)
    call_command("check_index")
    assert capsys.readouterr().out.splitlines() == [
        f"missing on Elasticsearch: row {SearchDocument.objects.get().pk}",
        "differences: 1",
        "differences: 0",
    ]
    assert seen("дроби") == [1]


def test_away_postgresql_answers_and_says_so_and_the_copy_catches_up_by_itself(shelf, seen, search, settings, job):
    shelf.put(document(1, "Дроби"))
    url = settings.ELASTICSEARCH_URL
    # A port that nobody listens on.
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
    shelf.put(document(2, "Дроби"))
    results = find(SearchRequest(text="дроби"))
    assert (results.simplified, [hit.object_id for hit in results.hits]) == (True, [2, 1])
    assert SearchCopyChange.objects.count() == 1
    settings.ELASTICSEARCH_URL = url
    # Nobody asks again for a moment after no answer.
    assert find(SearchRequest(text="дроби")).simplified
    client.forget_trouble()
    job()
    assert (seen("дроби"), SearchCopyChange.objects.count()) == ([2, 1], 0)


@pytest.fixture
def job():
    """What the worker does each minute."""
    return lambda: copy_changes.func(timestamp=0)


def test_without_a_copy_the_worker_makes_one(shelf, seen, search, job):
    with client.asking(30) as server:
        for index in behind(names.in_use()):
            server.indices.delete(index=index)
    shelf.put(document(1, "Дроби"))
    assert find(SearchRequest(text="дроби")).simplified
    job()
    assert seen("дроби") == [1]


def test_a_copy_from_another_life_of_the_database_is_made_anew(shelf, seen, job):
    shelf.put(document(1, "Дроби"))
    row = SearchDocument.objects.get()
    with client.asking(30) as server:
        server.index(
            index=names.in_use(), id=str(row.pk), document={"row": row.pk}, version=10**12, version_type="external"
        )
    shelf.put(document(1, "Проценты"))
    job()
    assert (seen("проценты"), SearchCopyChange.objects.count()) == ([1], 0)


def test_without_elasticsearch_nothing_is_noted(shelf, settings):
    settings.ELASTICSEARCH_URL = []
    shelf.put(document(1, "Дроби"))
    copying.everything_changed()
    assert SearchCopyChange.objects.count() == 0


def behind(alias: str) -> list[str]:
    with client.asking(30) as server:
        found = server.indices.get_alias(name=f"{alias}*").body
        return sorted(index for index, held in found.items() if alias in held["aliases"])
