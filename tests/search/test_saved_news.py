"""The morning round: what is new in people's searches, as each of them may see it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import PageViewRestriction

from notifications.models import Letter, Notification, Preference
from search import registry
from search.models import SavedSearch
from search.saved import news, services
from search.saved.tasks import look_for_news
from tests.factories import pages
from tests.factories.accounts import UserFactory
from tests.factories.search import document

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0)
YESTERDAY, TOMORROW = NOW - timedelta(days=1), NOW + timedelta(days=1)


def keep(person, text="чтение", kind="thing", alert=True, **filters) -> SavedSearch:
    search = services.save(person=person, text=text, kind=kind, filters=filters, alert=alert)
    SavedSearch.objects.filter(pk=search.pk).update(checked_at=YESTERDAY)
    return search


def told(person) -> list[tuple[str, str]]:
    return [(one.title, one.url) for one in Notification.objects.of(person).order_by("pk")]


def new_of(search: SavedSearch) -> int:
    search.refresh_from_db()
    return search.news


def test_a_person_is_told_once_how_many_new_results_a_search_has(shelf):
    person = UserFactory()
    search = keep(person, subject=["math"])
    old = document(1, "Смысловое чтение", facets={"subject": ["math"]}, date=YESTERDAY - timedelta(hours=1))
    fresh = [document(n, "Чтение вслух", facets={"subject": ["math"]}, date=NOW - timedelta(hours=n)) for n in (2, 3)]
    other = document(4, "Чтение", facets={"subject": ["russian"]}, date=NOW - timedelta(hours=2))
    too_fresh = document(5, "Чтение", facets={"subject": ["math"]}, date=NOW)
    shelf.put(old, *fresh, other, too_fresh)
    for _run in range(2):
        look_for_news(timestamp=int(NOW.timestamp()))
    expected = ("2 новых результата в вашем поиске: «чтение»; Subject: Математика", f"/search/saved/{search.pk}/")
    assert told(person) == [expected]
    assert new_of(search) == 2

    look_for_news(timestamp=int(TOMORROW.timestamp()))
    assert [title[:2] for title, _url in told(person)] == ["2 ", "1 "]
    assert new_of(search) == 3


def test_a_silent_search_counts_what_is_new_and_tells_nobody(shelf):
    search = keep(UserFactory(), alert=False)
    shelf.put(document(1, "Чтение", date=NOW - timedelta(hours=1)))
    assert news.look_for_news(NOW) == 1
    assert (new_of(search), Notification.objects.count()) == (1, 0)


def test_who_is_switched_off_is_not_told(shelf):
    person = UserFactory()
    search = keep(person)
    type(person).objects.update(is_active=False)
    shelf.put(document(1, "Чтение", date=NOW - timedelta(hours=1)))
    assert news.look_for_news(NOW) == 0
    assert (new_of(search), told(person)) == (0, [])


def test_letters_follow_the_wish_of_the_person(shelf):
    at_once, usual = UserFactory(), UserFactory()
    Preference.objects.create(person=at_once, group="searches", choice="at-once")
    for person in (at_once, usual):
        keep(person)
    shelf.put(document(1, "Чтение", date=NOW - timedelta(hours=1)))
    news.look_for_news(NOW)
    assert [letter.to for letter in Letter.objects.all()] == [at_once.email]
    assert [one.digest for one in Notification.objects.of(usual)] == ["daily"]


def test_results_of_another_question_are_no_news(shelf):
    """Neither those of a likelier spelling nor those without a filter that no longer exists."""
    person = UserFactory()
    searches = [keep(person, "грамотнсоть"), keep(person, "чтение", subject=["gone"])]
    shelf.put(document(1, "Чтение и грамотность", date=NOW - timedelta(hours=1)))
    assert news.look_for_news(NOW) == 0
    assert [new_of(search) for search in searches] == [0, 0]


def test_one_search_that_fails_stops_no_other(shelf):
    broken, whole = UserFactory(), UserFactory()
    keep(broken, subject=["math"])
    last = keep(broken, "письмо")
    search = keep(whole)
    # Written by hand, past every check.
    SavedSearch.objects.filter(person=broken, text="чтение").update(filters={"subject": 7})
    shelf.put(
        *(document(n, f"{word} на уроке", date=NOW - timedelta(hours=n)) for n, word in ((1, "Чтение"), (2, "Письмо")))
    )
    assert news.look_for_news(NOW) == 2
    assert [new_of(last), new_of(search)] == [1, 1]
    assert SavedSearch.objects.filter(checked_at=YESTERDAY).count() == 1


def test_a_flood_of_results_is_told_as_fifty_and_more(shelf):
    person = UserFactory()
    keep(person)
    shelf.put(*(document(n, "Чтение", date=NOW - timedelta(hours=1)) for n in range(1, 61)))
    news.look_for_news(NOW)
    assert [title for title, _url in told(person)] == ["50+ новых результатов в вашем поиске: «чтение»"]


def test_restricted_pages_are_news_only_for_those_who_may_open_them():
    """By the rights of the morning, not those of the day on which the search was saved."""
    stranger, expert, former = UserFactory(), UserFactory(roles=["expert"]), UserFactory(roles=["expert"])
    for person in (stranger, expert, former):
        keep(person, "закрытое", kind="practice")
    former.groups.clear()
    page = pages.practice(title="Закрытое чтение")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name="expert"))
    restriction.save()
    news.look_for_news(timezone.now() + timedelta(hours=1))
    assert {person: len(told(person)) for person in (stranger, expert, former)} == {stranger: 0, expert: 1, former: 0}


def test_kinds_that_no_module_registers_any_more_find_nothing(shelf):
    search = keep(UserFactory(), kind="thing")
    registry.unregister("thing")
    assert news.look_for_news(NOW) == 0
    assert new_of(search) == 0
