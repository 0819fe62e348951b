"""Searches that people keep, through the door: from a page of results to the cabinet."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from search.models import SavedSearch
from search.saved import services
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

SAVE = "/search/saved/"
BACK = "/search/?q=%D1%87%D1%82%D0%B5%D0%BD%D0%B8%D0%B5"
QUESTION = {"text": "смысловое  чтение", "kind": "practice", "filter": ["grade=7", "kind=lesson"], "back": BACK}
FROM_HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def person(client):
    user = UserFactory()
    client.force_login(user)
    return user


def kept_by(person) -> list[tuple]:
    return [(one.text, one.kind, one.filters, one.alert) for one in SavedSearch.objects.filter(person=person)]


def test_one_press_saves_the_search_and_a_second_adds_nothing(client, person):
    for _press in range(2):
        response = client.post(SAVE, QUESTION, **FROM_HERE)
        assert (response.status_code, response.headers["Location"]) == (302, BACK)
    assert kept_by(person) == [("смысловое чтение", "practice", {"grade": ["7"], "kind": ["lesson"]}, True)]


def test_a_visitor_signs_in_and_is_asked_once_more_with_the_question_kept(client):
    to_the_door = client.post(SAVE, QUESTION, **FROM_HERE).headers["Location"]
    assert to_the_door.startswith("/accounts/login/?next=")
    person = UserFactory()
    response = client.post(to_the_door, {"login": person.email, "password": "ночь улица фонарь"})
    page = client.get(response.headers["Location"])
    assert (page.context["described"].name, page.context["back"]) == (
        "«смысловое чтение»; Вид: Урок; Класс: 7",
        BACK,
    )
    assert kept_by(person) == []
    saved = client.post(response.headers["Location"], {"alert": "on"})
    assert saved.headers["Location"] == BACK
    assert kept_by(person) == [("смысловое чтение", "practice", {"grade": ["7"], "kind": ["lesson"]}, True)]


@pytest.mark.parametrize(
    "headers",
    [{}, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_SEC_FETCH_SITE": "same-site"}, {"HTTP_ORIGIN": "https://evil"}],
)
def test_a_form_of_another_site_saves_nothing(client, person, headers):
    response = client.post(SAVE, QUESTION, **headers)
    assert urlsplit(response.headers["Location"]).path == "/search/saved/new/"
    assert kept_by(person) == []


def test_an_older_browser_tells_by_its_origin_that_the_form_is_ours(client, person):
    client.post(SAVE, QUESTION, HTTP_ORIGIN="http://testserver")
    assert len(kept_by(person)) == 1


def test_the_confirming_page_takes_no_form_without_a_token(client, person):
    client.handler.enforce_csrf_checks = True
    page = client.post(SAVE, QUESTION).headers["Location"]
    assert client.post(page, {"alert": "on"}).status_code == 403
    assert kept_by(person) == []


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ({"text": " \x00 "}, []),
        ({"text": "", "filter": ["nonsense=1", "grade=", "=7", "grade"]}, []),
        ({"text": "а" * 5000, "kind": "secret"}, [("а" * 300, "", {}, True)]),
        ({"text": "", "kind": "practice", "filter": [f"tag={'ы' * 90}{number}" for number in range(99)]}, []),
        ({"text": "ёж", "filter": ["grade=7", "grade=5", "grade=7"]}, [("ёж", "", {"grade": ["5", "7"]}, True)]),
    ],
)
def test_whatever_is_sent_is_kept_whole_or_refused_in_words(client, person, question, kept):
    response = client.post(SAVE, question, **FROM_HERE)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert kept_by(person) == kept


@pytest.mark.parametrize("address", ["", "?asked=", "?asked=spoilt:by:hand"])
def test_a_spoilt_address_of_the_confirming_page_leads_to_search(client, person, address):
    for ask in (client.get, client.post):
        assert ask(f"/search/saved/new/{address}").headers["Location"] == "/search/"


def test_nobody_is_led_away_from_the_portal(client, person):
    response = client.post(SAVE, QUESTION | {"back": "https://evil.example/"}, **FROM_HERE)
    assert response.headers["Location"] == "/"


def test_the_fifty_first_search_is_refused_in_words(client, person):
    now = timezone.now()
    SavedSearch.objects.bulk_create(
        SavedSearch(person=person, text=str(number), checked_at=now) for number in range(services.MOST)
    )
    response = client.post(SAVE, QUESTION | {"back": "/accounts/"}, **FROM_HERE, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "У вас уже 50 сохранённых поисков. Удалите лишний в кабинете, чтобы сохранить новый."
    ]
    assert SavedSearch.objects.filter(person=person).count() == services.MOST


def test_opening_leads_to_the_newest_results_and_nothing_is_news_any_more(client, person):
    search = services.save(person=person, text="чтение", kind="practice", filters={"grade": ["7"]})
    SavedSearch.objects.update(news=3)
    leads = urlsplit(client.get(f"/search/saved/{search.pk}/").headers["Location"])
    assert (leads.path, parse_qs(leads.query)) == (
        "/search/",
        {"q": ["чтение"], "grade": ["7"], "in": ["practice"], "sort": ["newest"]},
    )
    search.refresh_from_db()
    assert search.news == 0


def test_searches_go_with_the_account(person):
    services.save(person=person, text="чтение", kind="", filters={})
    person.delete()
    assert not SavedSearch.objects.exists()
