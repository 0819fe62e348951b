"""The journal of searches: what is asked and not found, of nobody in particular."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion

from core import page_cache
from search.journal import counting, note, texts
from search.journal.tasks import forget_queries
from search.models import QueryMiss
from tests.factories import pages
from tests.factories.accounts import UserFactory
from tests.factories.search import document

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture(autouse=True)
def _tally(settings, monkeypatch):
    settings.COUNTING_INTERVAL = 0
    monkeypatch.setattr(counting, "tally", counting.Tally())


def counted() -> dict[str, tuple[int, int]]:
    """Query -> how often it was asked and how often in vain."""
    misses = dict(QueryMiss.objects.values_list("query_id", "count"))
    return {
        hits.query.query_string: (hits.hits, misses.get(hits.query_id, 0))
        for hits in QueryDailyHits.objects.select_related("query")
    }


def test_the_same_question_is_one_line_a_day():
    for text, found in (
        ("Смысловое  чтение ", True),
        ("смысловое чтение?", True),
        ("ГИА\n2027", False),
        ("гиа 2027", True),
    ):
        note(text=text, found=found)
    assert counted() == {"смысловое чтение": (2, 0), "гиа 2027": (2, 1)}
    assert {hits.date for hits in QueryDailyHits.objects.all()} == {timezone.localdate()}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ФГОС 2021", "фгос 2021"),
        ("план на 2026-2027 учебный год", "план на 2026-2027 учебный год"),
        ("1–4 классы", "1–4 классы"),
        ("приказ 273-ФЗ", "приказ 273-фз"),
        ("«Война и мир»", "«война и мир»"),
        ("Макаренко", "макаренко"),
        ("математика в основной школе", "математика в основной школе"),
        ("сказка царевна лягушка", "сказка царевна лягушка"),
        ("", ""),
        (" \x00 ?!", ""),
        ("ivanova@school.example", ""),
        ("иванова @ школа", ""),
        ("8 (914) 705-20-24", ""),
        ("+7 914 705 20 24 мама", ""),
        ("89147052024", ""),
        ("снилс 112-233-445 95", ""),
        ("0512 345678", ""),
        ("родился 12.04.2012", ""),
        ("https://vk.com/id1", ""),
        ("vk.com/id1", ""),
        ("Иванов Пётр Сергеевич 7б", ""),
        ("характеристика на Анну Львовну", ""),
        ("а" * 101, ""),
        (" ".join("абвгдежзиклмн"), ""),
        ("9 " * 50_000, ""),
    ],
)
def test_only_what_looks_like_a_question_and_like_nobodys_data_is_kept(text, kept):
    assert texts.kept(text) == kept


def ask(client, query: str, **headers):
    return client.get(f"/search/?{query}", headers={"user-agent": BROWSER, **headers})


def test_a_page_from_the_cache_counts_as_any_other(client, monkeypatch):
    monkeypatch.setattr(page_cache, "ROOM", 10**6)
    pages.practice(title="Чтение")
    rendered = [ask(client, "q=чтение").context is not None for _time in range(3)]
    client.force_login(UserFactory())
    rendered += [ask(client, "q=чтение").context is not None for _time in range(2)]
    assert rendered == [True, False, False, True, False]
    assert counted() == {"чтение": (5, 0)}


def test_a_search_is_counted_once_and_neither_its_further_pages_nor_robots_are(client, shelf):
    shelf.put(*(document(n, "Чтение") for n in range(1, 31)))
    for more in ("", "&page=2", "&sort=newest", "&in=thing"):
        ask(client, f"q=чтение{more}")
    ask(client, "q=тригонометрия")
    ask(client, "q=")
    ask(client, "q=чтение", **{"user-agent": "Googlebot/2.1"})
    ask(client, "q=чтение", **{"sec-purpose": "prefetch"})
    ask(client, "q=чте", **{"hx-request": "true", "hx-target": "found"})
    assert counted() == {"чтение": (1, 0), "тригонометрия": (1, 1)}


def test_a_misspelt_query_is_counted_as_what_it_was_taken_for(client, shelf):
    shelf.put(document(1, "Смысловое чтение"))
    ask(client, "q=cvsckjdjt+xntybt")
    assert counted() == {"смысловое чтение": (1, 0)}


def test_what_the_database_refused_is_counted_once_at_the_next_time(settings):
    settings.COUNTING_INTERVAL = 10**9
    tally = counting.Tally()
    tally.written_at = counting.time.monotonic()
    tally.add("чтение", found=False)
    tally.counts["письмо"] = counting.Counter(hits=2**40)
    tally.write()
    assert counted() == {}
    del tally.counts["письмо"]
    tally.add("чтение", found=True)
    tally.write()
    assert counted() == {"чтение": (2, 1)}
    assert tally.counts == {}


def test_a_machine_that_asks_thousands_of_things_adds_no_more_of_them(settings, monkeypatch):
    monkeypatch.setattr(counting, "MOST_NEW", 2)
    for text in ("раз", "два", "три", "четыре", "раз"):
        note(text=text, found=True)
    assert counted() == {"раз": (2, 0), "два": (1, 0)}


def test_after_a_year_a_query_is_forgotten_unless_a_page_is_promoted_for_it():
    today = timezone.localdate()
    old, young, promoted = (Query.objects.create(query_string=text) for text in ("старое", "новое", "совет"))
    for query, days in ((old, 366), (young, 365), (promoted, 400)):
        QueryDailyHits.objects.create(query=query, date=today - timedelta(days=days), hits=1)
        QueryMiss.objects.create(query=query, date=today - timedelta(days=days), count=1)
    SearchPromotion.objects.create(query=promoted, external_link_url="https://example.org", external_link_text="Совет")
    forget_queries(timestamp=0)
    assert sorted(Query.objects.values_list("query_string", flat=True)) == ["новое", "совет"]
    assert [miss.query for miss in QueryMiss.objects.all()] == [young]
    assert [hits.query for hits in QueryDailyHits.objects.all()] == [young]
