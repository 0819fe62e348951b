"""The contract of every engine: counts, choices and what a viewer may not even count."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.search import document

pytestmark = pytest.mark.django_db


def counts(results, facet: str) -> dict[str, int]:
    return {line.value: line.count for line in results.facets[facet]}


@pytest.fixture
def bank(shelf):
    shelf.put(
        document(1, "Дроби", facets={"subject": ["math"], "kind": ["lesson"], "grade": ["5", "6"]}),
        document(2, "Дроби", facets={"subject": ["math"], "kind": ["project"], "grade": ["6"]}),
        document(3, "Дроби", facets={"subject": ["russian", "math"], "kind": ["lesson"], "grade": ["7"]}),
        document(4, "Падежи", facets={"subject": ["russian"], "kind": ["lesson"], "grade": ["5"]}),
    )
    return shelf


def test_facets_count_what_is_found(bank, search):
    results = search("дроби")
    assert results.total == 3
    assert counts(results, "subject") == {"math": 3, "russian": 1}
    assert counts(results, "kind") == {"lesson": 2, "project": 1}
    assert counts(results, "grade") == {"5": 1, "6": 2, "7": 1}


def test_values_of_one_facet_mean_or_and_facets_mean_and(bank, found):
    assert sorted(found("дроби", filters={"grade": ["5", "7"]})) == [1, 3]
    assert found("дроби", filters={"grade": ["5", "7"], "subject": ["russian"]}) == [3]
    assert found("", filters={"subject": ["russian"]}) == [4, 3]


def test_a_facet_is_counted_without_its_own_choice(bank, search):
    results = search("", filters={"kind": ["lesson"], "subject": ["math"]})
    assert results.total == 2
    assert counts(results, "kind") == {"lesson": 2, "project": 1}
    assert counts(results, "subject") == {"math": 2, "russian": 2}
    assert counts(results, "grade") == {"5": 1, "6": 1, "7": 1}
    assert [line.value for line in results.facets["kind"] if line.selected] == ["lesson"]


def test_a_chosen_value_stays_to_be_taken_off_with_nothing_behind_it(bank, search):
    results = search("падежи", filters={"subject": ["math"]})
    assert (results.total, counts(results, "subject")) == (0, {"math": 0, "russian": 1})


def test_lines_have_labels_and_the_facets_order(bank, search):
    lines = search("").facets["subject"]
    assert [(line.label, line.count) for line in lines] == [("Математика", 3), ("Русский язык", 2)]


def test_a_value_that_exists_and_that_nothing_has_finds_nothing(bank, search):
    results = search("", filters={"subject": ["rest"]})
    assert (results.total, results.unknown_filters) == (0, {})
    assert counts(results, "subject") == {"rest": 0, "math": 3, "russian": 2}


def test_unknown_facets_and_values_are_left_out_and_told(bank, search):
    asked = {"colour": ["red"], "subject": ["alchemy", "russian"], "kind": ["\x00'); DROP TABLE"], "grade": []}
    results = search("", filters=asked)
    assert [hit.object_id for hit in results.hits] == [4, 3]
    assert results.unknown_filters == {"colour": ["red"], "subject": ["alchemy"], "kind": ["'); DROP TABLE"]}


def test_hits_tell_their_facets(bank, search):
    assert search("падежи").hits[0].facets == {"grade": ["5"], "kind": ["lesson"], "subject": ["russian"]}


def test_what_a_viewer_may_not_see_is_neither_found_nor_counted_nor_suggested_as_similar(bank, search, found):
    bank.put(
        document(5, "Дроби для учителей", access=["a", "b"], facets={"subject": ["rest"]}, tags=["закрытое"]),
    )
    for tokens in ([], ["a"], ["b", "c"], ["{a,b}"]):
        results = search("дроби", tokens=tokens)
        assert results.total == 3
        assert counts(results, "subject") == {"math": 3, "russian": 1}
        assert found("закр", tokens=tokens) == []
        assert found("", tokens=tokens) == [4, 3, 2, 1]
    results = search("дроби", tokens=["b", "x", "a"])
    assert results.total == 4
    assert counts(results, "subject")["rest"] == 1
    assert found("закр", tokens=["a", "b"]) == [5]


def test_a_long_list_costs_as_many_queries_as_a_short_one(shelf, search):
    for text in ("дроби", "дро", ""):
        shelf.put(*(document(number, "Дроби", facets={"grade": ["5"]}) for number in range(1, 21)))
        with CaptureQueriesContext(connection) as short:
            assert search(text, filters={"grade": ["5"]}, size=60).total == 20
        shelf.put(*(document(number, "Дроби", facets={"grade": ["5"]}) for number in range(21, 61)))
        with CaptureQueriesContext(connection) as long:
            assert len(search(text, filters={"grade": ["5"]}, size=60).hits) == 60
        assert len(short) == len(long) <= 15
        shelf.take_away(*range(1, 61))
