"""What visitors get from memory, and when it is forgotten."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from core import page_cache
from home.models import SiteSettings
from tests.factories import pages

pytestmark = pytest.mark.django_db(transaction=True)
ONE_QUERY = 1


@pytest.fixture(autouse=True)
def _room(_no_page_cache, monkeypatch):
    """Here, unlike in other tests, pages are kept."""
    monkeypatch.setattr(page_cache, "ROOM", 1_000_000)


@pytest.fixture
def page():
    return pages.practice(title="Делим пуговицы", tags=["пуговицы"])


def cost(client, url: str, **headers) -> int:
    """Queries that a request takes."""
    with CaptureQueriesContext(connection) as queries:
        client.get(url, **headers)
    return len(queries)


def test_a_page_asked_for_again_costs_one_query(client, page):
    first = client.get(page.url)
    assert cost(client, page.url) == ONE_QUERY
    assert client.get(page.url).content == first.content


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.save_revision().publish(),
        lambda page: page.get_parent().specific.save_revision().publish(),
        lambda page: page.school.save_revision().publish(),
        lambda page: page.tagged_items.first().tag.save(),
        lambda page: page.subjects.first().save(),
        lambda page: SiteSettings.for_site(Site.objects.get()).save(),
        lambda page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
    ],
    ids=["page", "bank", "school", "tag", "subject", "settings", "privacy"],
)
def test_a_change_of_anything_shown_is_seen_at_once(client, page, change):
    client.get(page.url)
    change(type(page).objects.get(pk=page.pk))
    assert cost(client, page.url) > ONE_QUERY


def test_a_change_is_seen_only_after_its_transaction(client, page):
    client.get(page.url)
    with transaction.atomic():
        page.subjects.first().save()
        assert cost(client, page.url) == ONE_QUERY
    assert cost(client, page.url) > ONE_QUERY


@pytest.mark.parametrize(
    "other",
    [
        {"HTTP_COOKIE": "language=en"},
        {"HTTP_COOKIE": "appearance=theme=dark"},
        {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "bank"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
        {"HTTP_HOST": "other.example"},
    ],
    ids=["language", "appearance", "htmx", "encoding", "host"],
)
def test_readers_who_see_another_page_do_not_share_it(client, page, other):
    client.get(page.url)
    assert cost(client, page.url, **other) > ONE_QUERY


@pytest.mark.parametrize("cookie", ["language=xx", "appearance=theme=purple", "_ga=1.2.3"])
def test_cookies_that_mean_nothing_do_not_multiply_pages(client, page, cookie):
    client.get(page.url)
    assert cost(client, page.url, HTTP_COOKIE=cookie) == ONE_QUERY


def test_what_a_signed_in_person_sees_is_never_kept(client, admin_client, page):
    admin_client.get(page.url)
    assert cost(client, page.url) > ONE_QUERY
    assert cost(admin_client, page.url) > ONE_QUERY


def test_pages_with_a_token_or_a_cookie_are_never_kept(client, page):
    client.get("/accounts/login/")
    assert not page_cache.memory.pages


def test_a_visitor_is_given_no_cookie(client, page):
    response = client.get(page.url)
    assert response.cookies == {}
    assert response.headers["Cache-Control"] == "no-cache"
    varies = {name.strip() for name in response.headers["Vary"].split(",")}
    assert varies == {"Cookie", "Accept-Encoding", "HX-Request", "HX-Target"}


def test_a_browser_that_has_the_page_gets_304(client, page):
    etag = client.get(page.url).headers["ETag"]
    again = client.get(page.url, HTTP_IF_NONE_MATCH=etag)
    assert (again.status_code, again.content) == (304, b"")
    page.subjects.first().save()
    assert client.get(page.url, HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_readings_are_counted_for_pages_from_memory_but_not_for_robots(client, page, settings):
    settings.COUNTING_INTERVAL = 0
    person = {"HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"}
    for headers in [
        person,
        person,
        person | {"HTTP_SEC_PURPOSE": "prefetch"},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)"},
        {"HTTP_USER_AGENT": ""},
    ]:
        client.get(page.url, **headers)
    page.refresh_from_db()
    assert page.statistics.readings == 2


def test_memory_has_a_limit(monkeypatch, client, page):
    monkeypatch.setattr(page_cache, "ROOM", 50_000)
    for number in range(30):
        client.get(f"{page.url}?nothing={number}")
    assert page_cache.memory.size <= 50_000
