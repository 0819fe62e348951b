"""«Мои поиски»."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Notification
from search.models import SavedSearch
from search.saved import services
from tests.factories import notifications, pages
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

ROOM = "/cabinet/searches/"


@pytest.fixture
def person(client):
    user = UserFactory()
    client.force_login(user)
    return user


def save(person, text="чтение", kind="practice", **filters) -> SavedSearch:
    return services.save(person=person, text=text, kind=kind, filters=filters)


def test_a_newcomer_is_told_how_to_save_a_search(client, person):
    html = client.get(ROOM).content.decode()
    assert "Сохранить поиск и сообщать о новом" in html
    assert 'href="/search/"' in html


def test_each_search_is_shown_in_words_with_what_is_new(client, person):
    subject = pages.subject("Физика")
    save(UserFactory(), "чужое")
    search = save(person, "опыты", subject=[subject.slug], grade=["7"], year=["1999"])
    SavedSearch.objects.filter(pk=search.pk).update(news=3)
    response = client.get(ROOM)
    assert [(item.name, item.where) for item in response.context["items"]] == [
        ("«опыты»; Предмет: Физика; Класс: 7; Год: 1999", "Практики")
    ]
    html = response.content.decode()
    assert "3 новых" in html
    assert f'href="/search/saved/{search.pk}/"' in html


def test_telling_is_switched_off_and_on(client, person):
    search = save(person)
    for wish, expected in (("off", False), ("off", False), ("on", True)):
        assert client.post(f"{ROOM}{search.pk}/alert/", {"alert": wish}).headers["Location"] == ROOM
        search.refresh_from_db()
        assert search.alert is expected


def test_a_deleted_search_takes_its_notifications_with_it(client, person):
    search, other = save(person), save(person, "письмо")
    for one in (search, other):
        notifications.notification(person, key=f"{services.news_key(one)}2026", url=f"/search/saved/{one.pk}/")
    assert client.get(f"{ROOM}{search.pk}/forget/").status_code == 200
    assert client.post(f"{ROOM}{search.pk}/forget/").headers["Location"] == ROOM
    assert list(SavedSearch.objects.all()) == [other]
    assert [told.url for told in Notification.objects.of(person)] == [f"/search/saved/{other.pk}/"]


def test_thirty_searches_cost_as_many_queries_as_one(client, person):
    subject = pages.subject("Физика")
    page = pages.practice(tags=["пары"], school="Школа № 7")
    filters = {"subject": [subject.slug], "school": [page.school.slug], "tag": ["pary"]}
    costs = []
    for numbers in (range(1), range(1, 30)):
        for number in numbers:
            save(person, f"чтение {number}", **filters)
        client.get(ROOM)
        with CaptureQueriesContext(connection) as captured:
            client.get(ROOM)
        costs.append(len(captured))
    assert costs[0] == costs[1]
