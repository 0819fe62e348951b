"""The contract of every engine: whatever is asked, an answer."""

import pytest

from tests.factories.search import document

pytestmark = pytest.mark.django_db

HOSTILE = [
    "а" * 1_000_000,
    "слово " * 10_000,
    "\x00",
    "дро\x00би",
    "!&|()*:'\\",
    "дроби:* & !(пицца | <-> )",
    "'дроби' <-> 'пицца'",
    "дроби'; DROP TABLE search_searchdocument; --",
    "%s %(query)s {0} %",
    '"' * 999,
    '"что это"',
    'дроби "и"',
    '"дроби' * 50,
    "-" * 500,
    "-а -б -в",
    "а-а-а-а-а-а-а-а-а-а-а-а" * 40,
    "\ud7ff\uffff\U0001f600",
    "ﬃ ǅ İ ß",
    "𝕬𝖇𝖈 ٣٤ Ⅷ ½",
    "\u0301" * 300,
    "_ __ дро_ %",
    "\\",
    "1" * 300,
    "дроби\n\r\t\v пицца",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_hostile_queries_are_answered(shelf, search, text, sort):
    shelf.put(document(1, "Дроби", text="о пицце"))
    assert search(text, sort=sort).total in {0, 1}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_indexed_and_leave_again(shelf, search, text):
    shelf.put(document(1, text, summary=text, text=text, tags=[text], people=[text], facets={"subject": [text]}))
    assert search().hits[0].object_id == 1
    shelf.take_away(1)
    assert search().total == 0


def test_a_long_query_is_cut_and_says_so(shelf, search):
    shelf.put(document(1, "Дроби"))
    assert search("дроби " + "и " * 1000).shortened
    assert search("дроби " * 40).shortened
    results = search("дроби " * 31)
    assert not results.shortened
    assert [hit.object_id for hit in results.hits] == [1]


def test_an_endless_document_is_indexed_as_far_as_it_goes(shelf, found):
    words = " ".join(f"слово{number}" for number in range(60_000))
    shelf.put(document(1, "Начало", text=f"жираф {words}"))
    assert found("жираф слово7 ") == [1]
