"""Complaints meet people: the coordinator learns of one, the complainer of the decision, the owner of the hiding."""

import pytest

from cabinet import kinds
from moderation.models import Complaint
from notifications.models import Letter, Notification
from tests.factories.accounts import UserFactory
from tests.factories.afterlife import practice_by, teacher

pytestmark = pytest.mark.django_db

WORDS = {"reason": "error", "text": "В условии ошибка."}


@pytest.fixture
def coordinator():
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def practice():
    return practice_by(teacher(), title="Делим пуговицы")


def complain(client, practice, **changes):
    page = client.get(practice.url).content.decode()
    address = f"/complaints/new/practices.practicepage/{practice.pk}/"
    assert address in page
    return client.post(address, WORDS | changes)


def told(kind: str) -> list:
    return [(each.recipient, each.url) for each in Notification.objects.filter(kind=kind)]


def test_the_coordinator_learns_of_a_complaint_and_the_complainer_of_the_decision(client, practice, coordinator):
    complainer = UserFactory()
    client.force_login(complainer)
    complain(client, practice)
    complaint = Complaint.objects.get()
    assert told(kinds.MADE) == [(coordinator, f"/complaints/{complaint.pk}/")]
    client.force_login(coordinator)
    client.post(f"/complaints/{complaint.pk}/hide/", {"reason": "Проверяем."})
    client.post(
        f"/complaints/{complaint.pk}/decide/", {"complaints": [complaint.pk], "state": "upheld", "answer": "Вы правы."}
    )
    complaint.refresh_from_db()
    assert complaint.state == "upheld"
    assert told(kinds.ANSWERED) == [(complainer, practice.url)]
    assert told(kinds.HIDDEN) == [(practice.authors.exclude(user=None).get().user, "/cabinet/")]
    assert client.get(practice.url).status_code == 404


def test_a_visitor_who_left_an_address_gets_a_letter(client, practice, coordinator):
    complain(client, practice, email="visitor@school.example")
    complaint = Complaint.objects.get()
    client.force_login(coordinator)
    client.post(
        f"/complaints/{complaint.pk}/decide/",
        {"complaints": [complaint.pk], "state": "dismissed", "answer": "Ошибки нет."},
    )
    assert [letter.to for letter in Letter.objects.filter(to="visitor@school.example")] == ["visitor@school.example"]
