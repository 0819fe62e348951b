"""Signed-in people who may see the same are given the same page, and nothing of each other."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client
from wagtail.models import PageViewRestriction

from core import page_cache
from tests.core.test_page_cache import cost
from tests.factories import pages
from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
#: The generation, the session, the person and whether any page is closed.
FEW_QUERIES = 4


@pytest.fixture(autouse=True)
def _room(_no_page_cache, monkeypatch):
    monkeypatch.setattr(page_cache, "ROOM", 1_000_000)


@pytest.fixture
def page():
    return pages.practice(title="Делим пуговицы")


@pytest.fixture
def enter():
    """Sign a person in, in a browser of their own."""

    def sign_in(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


def test_a_page_is_rendered_once_for_all_who_may_see_the_same(enter, page):
    first, second = enter(UserFactory()), enter(UserFactory())
    assert cost(first, page.url) > FEW_QUERIES
    assert cost(second, page.url) <= FEW_QUERIES
    assert second.get(page.url).content == first.get(page.url).content


def test_it_shows_nothing_of_its_reader(enter, page):
    person = UserFactory(last_name="Тайнова")
    assert "Тайнова" not in enter(person).get(page.url).content.decode()


def test_a_change_is_seen_by_signed_in_people_at_once(enter, page):
    client = enter(UserFactory())
    client.get(page.url)
    page.title = "Делим коробки"
    page.save_revision().publish()
    assert "Делим коробки" in client.get(page.url).content.decode()


def test_people_who_may_see_different_things_do_not_share(enter, page):
    group = Group.objects.create(name="свои")
    own = UserFactory()
    own.groups.add(group)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(group)
    bank = pages.bank_page().url
    found = [[card.title for card in enter(person).get(bank).context["cards"]] for person in (own, UserFactory())]
    assert found == [["Делим пуговицы"], []]
    assert [enter(person).get(page.url).status_code for person in (own, UserFactory(), SuperuserFactory())] == [
        200,
        403,
        200,
    ]


def test_a_page_behind_a_password_is_nobody_elses(enter, page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")
    client = enter(UserFactory())
    session = client.session
    session[PageViewRestriction.passed_view_restrictions_session_key] = [PageViewRestriction.objects.get().pk]
    session.save()
    assert "Делим пуговицы" in client.get(page.url).content.decode()
    assert "Делим пуговицы" not in enter(UserFactory()).get(page.url).content.decode()


def test_pages_with_a_form_of_ones_own_are_rendered_for_each(enter):
    client = enter(UserFactory(last_name="Своя"))
    client.get("/accounts/profile/")
    assert page_cache.memory.pages == {}


def test_a_message_for_one_is_shown_to_one(enter, page, rf):
    client = enter(UserFactory())
    client.get(page.url)
    client.cookies["messages"] = CookieStorage(rf.get("/"))._encode([Message(20, "Сохранено для вас")])
    assert "Сохранено для вас" in client.get(page.url).content.decode()
    assert "Сохранено для вас" not in enter(UserFactory()).get(page.url).content.decode()
