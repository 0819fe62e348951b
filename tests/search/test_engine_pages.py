"""The contract of every engine: pages of results, to the end and beyond it."""

import base64

import pytest

from search.engines.base import MAX_RANKED
from tests.factories.search import BEGINNING, document

pytestmark = pytest.mark.django_db


def test_relevance_has_numbered_pages(shelf, search):
    shelf.put(*(document(number, "Дроби") for number in range(1, 8)))
    pages = [search("дроби", size=3, page=page) for page in (1, 2, 3, 4)]
    assert [[hit.object_id for hit in page.hits] for page in pages] == [[7, 6, 5], [4, 3, 2], [1], []]
    assert {(page.total, page.pages, page.too_deep) for page in pages} == {(7, 3, False)}


def test_pages_by_relevance_end_at_a_thousand(shelf, search):
    shelf.put(*(document(number, "Дроби") for number in range(1, MAX_RANKED + 12)))
    last = search("дроби", size=30, page=34)
    assert (len(last.hits), last.pages, last.too_deep, last.total) == (10, 34, False, MAX_RANKED + 11)
    beyond = search("дроби", size=30, page=35)
    assert (beyond.hits, beyond.too_deep, beyond.total) == ([], True, MAX_RANKED + 11)


@pytest.mark.parametrize("page", [0, -5, 10**12])
def test_page_numbers_that_cannot_be_are_answered(shelf, search, page):
    shelf.put(document(1, "Дроби"))
    assert search("дроби", page=page).total == 1


@pytest.mark.parametrize("size", [0, -1, 10**9])
def test_sizes_that_cannot_be_are_answered(shelf, search, size):
    shelf.put(document(1, "Дроби"))
    assert len(search("дроби", size=size).hits) == 1


@pytest.mark.parametrize("sort", ["newest", "downloads"])
@pytest.mark.parametrize("text", ["", "дроби"])
def test_a_sorted_list_is_walked_to_its_end_and_back_without_gaps_or_repeats(shelf, search, sort, text):
    # Many share a date and a popularity: the place in the list must still be one.
    shelf.put(
        *(document(n, "Дроби", date=BEGINNING, popularity=n % 3) for n in range(1, 12)),
        *(document(n, "Дроби", popularity=n % 3) for n in range(12, 24)),
    )
    whole = [hit.object_id for hit in search(text, sort=sort, size=100).hits]
    assert sorted(whole) == list(range(1, 24))

    page = search(text, sort=sort, size=5)
    assert page.previous_cursor == ""
    forward = [page]
    while page.next_cursor:
        page = search(text, sort=sort, size=5, after=page.next_cursor)
        forward.append(page)
    assert [hit.object_id for page in forward for hit in page.hits] == whole
    assert {page.total for page in forward} == {23}

    backward = [page]
    while page.previous_cursor:
        page = search(text, sort=sort, size=5, before=page.previous_cursor)
        backward.insert(0, page)
    assert [[h.object_id for h in p.hits] for p in backward] == [[h.object_id for h in p.hits] for p in forward]


def test_newest_and_most_downloaded_order(shelf, found):
    shelf.put(document(1, popularity=5), document(2, popularity=9), document(3, popularity=5))
    assert found(sort="newest") == [3, 2, 1]
    assert found(sort="downloads") == [2, 3, 1]
    assert found(sort="length") == [3, 2, 1]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "=====",
        "я" * 10,
        "A" * 100_000,
        base64.urlsafe_b64encode(b"n:99999999999999999999:1").decode(),
        base64.urlsafe_b64encode(b"n:-9999999999999999:1").decode(),
        base64.urlsafe_b64encode(b"d:5:1").decode(),
        base64.urlsafe_b64encode("n:٣:1".encode()).decode(),
        base64.urlsafe_b64encode(b"n:1:1; DROP").decode(),
        "\x00",
    ],
)
def test_a_forged_cursor_is_answered(shelf, search, cursor):
    shelf.put(document(1), document(2))
    for place in ({"after": cursor}, {"before": cursor}):
        results = search(sort="newest", **place)
        assert results.total == 2


def test_what_is_no_cursor_means_the_first_page(shelf, found):
    shelf.put(document(1), document(2))
    assert found(sort="newest", after="nonsense") == [2, 1]


def test_a_cursor_survives_an_update(shelf, search):
    shelf.put(*(document(number, date=BEGINNING) for number in (3, 1, 2)))
    cursor = search(sort="newest", size=1).next_cursor
    before = [hit.object_id for hit in search(sort="newest", after=cursor).hits]
    shelf.put(document(1, "Новое имя", date=BEGINNING))
    assert [hit.object_id for hit in search(sort="newest", after=cursor).hits] == before


def test_the_pages_together_hold_each_result_once(shelf, search):
    """The first ten pages are ranked more closely than those behind them."""
    shelf.put(*(document(number, "Дроби", text="дроби " * (number % 7), popularity=number) for number in range(1, 421)))
    pages = [[hit.object_id for hit in search("дроби", size=100, page=page).hits] for page in range(1, 6)]
    assert sorted(number for page in pages for number in page) == list(range(1, 421))
