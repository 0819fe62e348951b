"""Of more matches than are read one by one, PostgreSQL's engine ranks the best and counts facets in a sample."""

import pytest
from django.db import connection

from search.engines.postgres import extent
from tests.factories.search import document

pytestmark = pytest.mark.django_db

MANY = 320


@pytest.fixture
def bank(shelf, monkeypatch):
    """Half of the things are of grade 6; 20 have the word in their titles; one of them is a project, of grade 6."""
    monkeypatch.setattr(extent, "EXACT", 30)
    monkeypatch.setattr(extent, "ENOUGH", 10)
    with connection.cursor() as cursor:
        # A thing's number tells its sample mark: those of a mark are every thirty-second.
        cursor.execute("SELECT setval('search_document_id', 16000)")
    things = [
        document(
            number,
            "Дроби на пальцах" if number % 16 == 5 else "Без названия",
            text="Здесь учат дроби.",
            facets={"grade": ["6" if number % 64 < 32 else "5"], "kind": ["project" if number == 21 else "lesson"]},
            popularity=number,
        )
        for number in range(1, MANY + 1)
    ]
    shelf.put(*things)
    return shelf


def counts(results, facet: str) -> dict[str, int]:
    return {line.value: line.count for line in results.facets[facet]}


def test_facets_of_many_are_estimated_and_those_with_the_word_in_the_title_come_first(bank, search):
    results = search("дроби", literal=True, size=20)
    assert results.facets_estimated
    assert counts(results, "grade") == {"5": MANY // 2, "6": MANY // 2}
    assert [hit.object_id % 16 for hit in results.hits] == [5] * 20


def test_what_a_choice_leaves_is_counted_exactly_and_its_own_facet_by_the_sample(bank, search, found):
    results = search("дроби", literal=True, filters={"kind": ["project"]})
    assert (results.total, [hit.object_id for hit in results.hits]) == (1, [21])
    assert counts(results, "grade") == {"6": 1}
    assert counts(results, "kind")["project"] == 1
    assert counts(results, "kind")["lesson"] == MANY
    assert found("дроби", literal=True, filters={"kind": ["project"], "grade": ["5"]}) == []


@pytest.mark.parametrize("sorted_up_to", [100, 1_000])
def test_the_newest_of_many_are_walked_or_sorted_page_by_page(bank, search, monkeypatch, sorted_up_to):
    monkeypatch.setattr(extent, "SORTED", sorted_up_to)
    first = search("дроби", sort="newest", size=20)
    second = search("дроби", sort="newest", size=20, after=first.next_cursor)
    assert [hit.object_id for hit in first.hits] == list(range(MANY, MANY - 20, -1))
    assert [hit.object_id for hit in second.hits] == list(range(MANY - 20, MANY - 40, -1))
    back = search("дроби", sort="newest", size=20, before=second.previous_cursor)
    assert [hit.object_id for hit in back.hits] == [hit.object_id for hit in first.hits]


def test_what_a_viewer_may_not_see_is_not_in_the_sample(bank, search):
    bank.put(
        *(
            document(number, "Дроби", access=["members"], facets={"kind": ["act"], "grade": ["6"]})
            for number in range(MANY + 1, MANY + 65)
        )
    )
    assert set(counts(search("дроби", literal=True), "kind")) == {"lesson"}
    assert counts(search("дроби", literal=True, tokens=["members"]), "kind")["act"] == 64
