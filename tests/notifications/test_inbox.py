"""What a person is told, on its page and in the header."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notification
from tests.factories import notifications as factory
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
INBOX = "/notifications/"


@pytest.fixture
def hers(client, irina):
    client.force_login(irina)
    return client


def titles(response) -> list[str]:
    return [notification.title for notification in response.context["notifications"]]


def test_the_latest_come_first_and_only_ones_own(hers, irina, pyotr):
    now = timezone.now()
    factory.notification(irina, title="Старое", created_at=now - timezone.timedelta(days=1))
    factory.notification(irina, title="Новое", created_at=now)
    factory.notification(pyotr, title="Чужое")

    assert titles(hers.get(INBOX)) == ["Новое", "Старое"]


def test_opening_reads_and_leads_on(hers, irina):
    notification = factory.notification(irina, url="/practices/5/?a=1", digest="daily")

    response = hers.get(reverse("notifications:open", args=[notification.pk]))
    assert (response.status_code, response["Location"]) == (302, "/practices/5/?a=1")
    notification.refresh_from_db()
    read_at = notification.read_at
    assert (read_at is not None, notification.digest) == (True, "")
    hers.get(reverse("notifications:open", args=[notification.pk]))
    notification.refresh_from_db()
    assert notification.read_at == read_at


def test_another_persons_notification_is_not_there(hers, pyotr):
    notification = factory.notification(pyotr)

    assert hers.get(reverse("notifications:open", args=[notification.pk])).status_code == 404
    notification.refresh_from_db()
    assert notification.read_at is None


def test_unread_alone_and_all_read_at_once(hers, irina, pyotr):
    factory.notification(irina, title="Прочитано", read_at=timezone.now())
    factory.notification(irina, title="Не прочитано")
    theirs = factory.notification(pyotr)

    assert titles(hers.get(f"{INBOX}?unread=1")) == ["Не прочитано"]
    for _press in range(2):
        assert hers.post(reverse("notifications:read_all")).status_code == 302
    assert titles(hers.get(f"{INBOX}?unread=1")) == []
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_thirty_stand_on_a_page(hers, irina):
    for number in range(31):
        factory.notification(irina, title=str(number), created_at=timezone.now() + timezone.timedelta(seconds=number))

    first = hers.get(f"{INBOX}?unread=1")
    assert titles(first) == [str(number) for number in range(30, 0, -1)]
    assert first.context["pager"] == {
        "previous_url": "",
        "next_url": "?unread=1&page=2",
        "pages": [
            {"number": 1, "url": "?unread=1&page=1", "current": True},
            {"number": 2, "url": "?unread=1&page=2", "current": False},
        ],
    }
    assert titles(hers.get(f"{INBOX}?page=2")) == ["0"]
    assert hers.get(f"{INBOX}?page=3").status_code == 404
    assert hers.get(f"{INBOX}?page=<script>").status_code == 404


def test_a_list_of_thirty_costs_as_many_queries_as_one_of_one(hers, irina):
    factory.notification(irina)
    hers.get(INBOX)
    with CaptureQueriesContext(connection) as one:
        hers.get(INBOX)
    for _number in range(29):
        factory.notification(irina)
    with CaptureQueriesContext(connection) as many:
        assert len(titles(hers.get(INBOX))) == 30
    assert len(many) == len(one)


def test_texts_are_shown_as_they_are_written_and_never_run(hers, irina):
    factory.notification(irina, title="<script>alert(1)</script>", text="<img src=x onerror=alert(1)>")

    page = hers.get(INBOX).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert ("<script>alert" in page, "<img src=x" in page) == (False, False)


def test_the_header_asks_how_much_is_unread(hers, irina, pyotr):
    for _number in range(3):
        factory.notification(irina)
    factory.notification(irina, read_at=timezone.now())
    factory.notification(pyotr)

    response = hers.get("/notifications/count/")
    assert response.json() == {"unread": 3}
    assert "no-store" in response["Cache-Control"]


def test_the_count_is_one_query(hers):
    with CaptureQueriesContext(connection) as queries:
        hers.get("/notifications/count/")
    assert len([query for query in queries if "notifications_" in query["sql"]]) == 1


def test_the_header_is_the_same_for_all_who_are_signed_in(client, irina, pyotr):
    pages = []
    for person in (irina, pyotr):
        factory.notification(irina)
        client.force_login(person)
        pages.append(client.get("/appearance/").content.decode().split("</header>")[0])
    assert pages[0] == pages[1]
    assert '<a class="tool tool--bell" href="/notifications/"' in pages[0]


def test_visitors_have_no_bell(client, db):
    assert "tool--bell" not in client.get("/appearance/").content.decode()


def test_deleting_a_person_takes_what_they_were_told_with_them(irina):
    factory.notification(irina)
    factory.letter(recipient=irina)
    irina.delete()

    assert Notification.objects.count() == 0


def test_an_empty_page_says_what_it_is_for(client):
    client.force_login(UserFactory())

    assert "Пока ничего нет" in client.get(INBOX).content.decode()
