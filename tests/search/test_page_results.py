"""The search page of the whole portal, as a visitor's browser asks it."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from core import page_cache
from tests.factories import pages
from tests.factories.accounts import UserFactory
from tests.factories.complaints import page as standard_page

pytestmark = pytest.mark.django_db

SEARCH = "/search/"


@pytest.fixture
def ask(client):
    """The context of the search page for these parameters."""

    def get(**parameters):
        return client.get(f"{SEARCH}?{urlencode(parameters, doseq=True)}").context

    return get


@pytest.fixture
def port():
    """A practice, a school and a page that hold one word."""
    return {
        "practice": pages.practice(title="Маяк как задача", subject="Математика", grades=[7], published="2025-01-01"),
        "school": pages.school_page("Школа «Маяк»", number=5, district="Первомайский"),
        "page": standard_page("Маяк: о портале"),
    }


def shown(context) -> dict[str, str]:
    """Addresses and templates of the cards."""
    return {getattr(card, "url", None) or card.hit.url: card.template for card in context["cards"]}


def scopes(context) -> dict[str, str]:
    """How much was found of each kind; the current one under the key «here»."""
    kinds = {parse_qs(urlsplit(scope["url"]).query).get("in", [""])[0]: scope for scope in context["scopes"]}
    counts = {kind: scope["count"] for kind, scope in kinds.items()}
    return counts | {"here": next(kind for kind, scope in kinds.items() if scope["current"])}


def test_everything_is_searched_and_each_kind_has_its_card(ask, port):
    assert shown(ask(q="маяк")) == {
        port["practice"].url: "components/practice_card.html",
        port["school"].url: "search/_card.html",
        port["page"].url: "search/_card.html",
    }


def test_the_index_knows_schools_and_pages_as_they_are_made_changed_and_deleted(ask, port):
    call_command("check_index", verbosity=0)
    port["school"].title = "Гимназия «Прибой»"
    port["school"].save_revision().publish()
    port["page"].unpublish()
    pages.school_page("Школа «Прибой-2»").delete()
    call_command("check_index", verbosity=0)
    assert shown(ask(q="прибой")) == {port["school"].url: "search/_card.html"}
    assert list(shown(ask(q="маяк"))) == [port["practice"].url]


def test_one_kind_is_chosen_by_its_count_and_has_its_facets(ask, port):
    everything, practices = ask(q="маяк"), ask(q="маяк", **{"in": "practice"})
    assert scopes(everything) == {"": "", "practice": "1", "school": "1", "page": "1", "here": ""}
    assert everything["facets"] == []
    assert list(shown(practices)) == [port["practice"].url]
    assert scopes(practices) == {"": "", "practice": "1", "school": "1", "page": "1", "here": "practice"}
    assert {"subject", "grade"} <= {facet["name"] for facet in practices["facets"]}
    assert [facet["name"] for facet in ask(q="маяк", **{"in": "school"})["facets"]] == ["district", "school_kind"]


def test_a_filter_narrows_one_kind_and_does_not_go_along_to_another(ask, port):
    context = ask(q="маяк", **{"in": "practice"}, subject="matematika")
    assert [(chip["label"], chip["remove_url"]) for chip in context["chips"]] == [
        ("Математика", "/search/?q=%D0%BC%D0%B0%D1%8F%D0%BA&in=practice")
    ]
    assert all("subject" not in scope["url"] for scope in context["scopes"])


def test_before_anything_is_asked_the_page_tells_how_to_ask(client, port):
    response = client.get(SEARCH)
    assert (response.status_code, response.context["is_blank"], response.context["cards"]) == (200, True, [])


def test_search_engines_leave_results_alone(client, port):
    response = client.get(f"{SEARCH}?q=маяк")
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert b'<meta name="robots" content="noindex">' in response.content


def test_htmx_gets_the_region_alone(client, port):
    part = client.get(f"{SEARCH}?q=маяк", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="search")
    assert (b"<html" in part.content, len(part.context["cards"])) == (False, 3)


def test_who_may_not_open_a_page_neither_finds_nor_counts_it(client, ask, port):
    PageViewRestriction.objects.create(page=port["school"], restriction_type=PageViewRestriction.LOGIN)
    PageViewRestriction.objects.create(page=port["page"], restriction_type=PageViewRestriction.PASSWORD, password="x")
    assert list(shown(ask(q="маяк"))) == [port["practice"].url]
    assert scopes(ask(q="маяк")) == {"": "", "practice": "1", "school": "0", "page": "0", "here": ""}
    client.force_login(UserFactory())
    assert sorted(shown(ask(q="маяк"))) == sorted([port["practice"].url, port["school"].url])


HOSTILE = [
    {"q": "дроби " * 400},
    {"q": "маяк & !( | :* <-> 'a' \\"},
    {"q": "<script>alert(1)</script>"},
    {"q": "\u202eмаяк\u202c \ufeff\u200b"},
    {"q": '"""" "-" -"-"', "literal": "1"},
    {"q": "маяк", "in": "nothing", "literal": "zzz", "sort": "zzz", "page": "1e9"},
    {"q": "маяк", "in": ["practice", "school"], "page": "-1", "subject": "alchemy", "grade": "7"},
    {"in": "practice", "after": "\uffff", "before": "x", "year": ["'", "\\"]},
    {"q": "(а+)+$" * 300},
    {"q": "маяк", "page": "99"},
    {"q": "a" * 50_000},
    {"q": "\x00"},
]


def test_no_address_is_an_error_of_the_server(client, port):
    for parameters in HOSTILE:
        for path in (SEARCH, "/search/suggestions/"):
            response = client.get(f"{path}?{urlencode(parameters, doseq=True)}")
            assert response.status_code in {200, 400, 404, 414}, parameters
            assert b"<script>alert" not in response.content


def test_each_query_is_a_page_of_its_own_for_all_visitors(client, port, monkeypatch):
    monkeypatch.setattr(page_cache, "ROOM", 1024 * 1024)
    first = client.get(f"{SEARCH}?q=маяк")
    again = client.get(f"{SEARCH}?q=маяк")
    other = client.get(f"{SEARCH}?q=маяк&in=school")
    assert (first.content == again.content, again.context, other.content == first.content) == (True, None, False)
    assert first.cookies == {}


def test_the_list_costs_no_more_queries_for_thirty_than_for_one(client, port):
    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    client.get(SEARCH)
    one = cost(f"{SEARCH}?q=маяк")
    pages.import_records(*(pages.record(title="Маяк", school=f"Школа «Маяк» № {number}") for number in range(30)))
    client.get(f"{SEARCH}?q=маяк")
    assert cost(f"{SEARCH}?q=маяк&n=2") <= one <= 40
