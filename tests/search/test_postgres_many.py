"""Of more matches than are read one by one, PostgreSQL's engine ranks the best and counts facets in a sample."""

from itertools import cycle

import pytest
from django.db import connection

from search.engines.postgres import extent
from search.indexing.vector import SAMPLE_MARK, SAMPLE_MARKS, sample_mark
from tests.factories.search import document

pytestmark = pytest.mark.django_db

MANY = 320
FIRST_ID = 16_001


def mark_of(number: int) -> str:
    return sample_mark(FIRST_ID + number - 1)


@pytest.fixture
def bank(shelf, monkeypatch):
    """Half of the things of each mark are of grade 6; 20 have the word in their titles; one is a project."""
    monkeypatch.setattr(extent, "READ", 30)
    monkeypatch.setattr(extent, "ENOUGH", 10)
    with connection.cursor() as cursor:
        # Rows' ids tell their sample marks.
        cursor.execute("SELECT setval('search_document_id', %s)", [FIRST_ID - 1])
    turns: dict[str, cycle] = {}
    things = [
        document(
            number,
            "Дроби на пальцах" if number % 16 == 5 else "Без названия",
            text="Здесь учат дроби. А час у нас классный." if number % 2 else "Здесь учат дроби на классный час.",
            facets={
                "grade": [next(turns.setdefault(mark_of(number), cycle("65"))) if number != 21 else "6"],
                "kind": ["project" if number == 21 else "lesson"],
            },
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
    sampled = sum(mark_of(number) == f"{SAMPLE_MARK}0" for number in range(MANY + 1, MANY + 65))
    assert counts(search("дроби", literal=True, tokens=["members"]), "kind")["act"] == sampled * SAMPLE_MARKS


def test_words_of_an_implied_phrase_are_looked_for_in_the_head_where_too_many_would_be_read(bank, search, monkeypatch):
    """«Разговоры о важном» are a «классный час»: both words are in every text, beside each other in half of them."""
    bank.put(document(MANY + 1, "Классный час о хлебе"))
    assert search("разговоры о важном").exact == MANY // 2 + 1
    monkeypatch.setattr(extent, "REREAD", 100)
    assert search("разговоры о важном").exact == 1
    assert search("«классный час»").exact == MANY // 2 + 1
