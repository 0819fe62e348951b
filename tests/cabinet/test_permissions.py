"""Who opens the cabinet's rooms: each their own; drafts without an author only the coordinator."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import review
from tests.factories.accounts import SuperuserFactory, UserFactory
from tests.factories.afterlife import teacher

pytestmark = pytest.mark.django_db

ROLES = ["anonymous", "stranger", "teacher", "expert", "editor", "coordinator", "superuser"]


def statuses(*codes: int) -> dict[str, int]:
    return dict(zip(ROLES, codes, strict=True))


OWN = statuses(302, 200, 200, 200, 200, 200, 200)
COORDINATION = statuses(302, 403, 403, 403, 403, 200, 200)
TABLE: dict[str, dict[str, int]] = {
    "cabinet:index": OWN,
    "cabinet:practices": OWN,
    "cabinet:certificates": OWN,
    "cabinet:lessons": OWN,
    "cabinet:drafts": COORDINATION,
    "cabinet:hand_over": COORDINATION,
}


@pytest.fixture
def people() -> dict:
    roles = {role: UserFactory(roles=[role]) for role in ("teacher", "expert", "editor", "coordinator")}
    return {"anonymous": None, "stranger": UserFactory(), **roles, "superuser": SuperuserFactory()}


@pytest.fixture
def orphan():
    draft = review.written(teacher())
    draft.submission.author.delete()
    return draft


def client_of(person) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


@pytest.mark.parametrize("name", TABLE)
def test_each_role_gets_what_the_table_says(people, orphan, name):
    address = reverse(name, args=[orphan.pk] if name == "cabinet:hand_over" else [])
    assert {role: client_of(person).get(address).status_code for role, person in people.items()} == TABLE[name]


def test_drafts_with_an_author_are_handed_to_nobody(people):
    draft = review.written(teacher())
    author = draft.submission.author
    address = reverse("cabinet:hand_over", args=[draft.pk])
    client = client_of(people["coordinator"])
    assert client.post(address, {"email": people["teacher"].email}).headers["Location"] == "/cabinet/drafts/"
    draft.submission.refresh_from_db()
    assert draft.submission.author == author


@pytest.mark.parametrize("number", [0, 999_999, 2**63 - 1])
def test_numbers_of_nothing_are_not_found(people, number):
    assert client_of(people["coordinator"]).get(reverse("cabinet:hand_over", args=[number])).status_code == 404


def test_a_teacher_hands_no_draft_over(people, orphan):
    address = reverse("cabinet:hand_over", args=[orphan.pk])
    assert client_of(people["teacher"]).post(address, {"email": people["teacher"].email}).status_code == 403
    orphan.submission.refresh_from_db()
    assert orphan.submission.author is None
