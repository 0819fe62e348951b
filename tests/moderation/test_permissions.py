"""Who may open and do what with complaints: every address, every role."""

import pytest
from django.test import Client
from django.urls import reverse

from moderation.models import Complaint, ModerationAction
from tests.factories import complaints
from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db

#: «owner» is whose object it is, «complainer» who complained.
ROLES = ["anonymous", "teacher", "owner", "complainer", "expert", "curator", "editor", "coordinator", "superuser"]
EVERYBODY = dict.fromkeys(ROLES, 200)
COORDINATOR = dict.fromkeys(ROLES, 403) | {"anonymous": 302, "coordinator": 200, "superuser": 200}
#: GET by address and role.
TABLE = {
    "moderation:complain": EVERYBODY,
    "moderation:queue": COORDINATOR,
    "moderation:complaint": COORDINATOR,
    "moderation:decide": COORDINATOR | {"coordinator": 405, "superuser": 405},
    "moderation:hide": COORDINATOR | {"coordinator": 405, "superuser": 405},
    "moderation:restore": COORDINATOR | {"coordinator": 405, "superuser": 405},
}
#: POST; who has complained already is told so.
ACTED = COORDINATOR | {"coordinator": 302, "superuser": 302}
DEEDS = {
    "moderation:complain": dict.fromkeys(ROLES, 302) | {"complainer": 200},
    "moderation:decide": ACTED,
    "moderation:hide": ACTED,
    "moderation:restore": ACTED,
}


@pytest.fixture
def complaint():
    return complaints.complaint(complaints.page(owner=UserFactory(roles=["teacher"])))


def enter(role: str, complaint) -> Client:
    client = Client()
    people = {"owner": complaint.obj.owner, "complainer": complaint.complainer}
    if role == "superuser":
        client.force_login(SuperuserFactory())
    elif role != "anonymous":
        client.force_login(people.get(role) or UserFactory(roles=[role]))
    return client


def address(name: str, complaint) -> str:
    args = {
        "moderation:queue": [],
        "moderation:complain": ["home.standardpage", complaint.object_id],
    }.get(name, [complaint.pk])
    return reverse(name, args=args)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", TABLE)
def test_who_reads(complaint, name, role):
    assert enter(role, complaint).get(address(name, complaint)).status_code == TABLE[name][role]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", DEEDS)
def test_who_acts(complaint, name, role):
    data = {"reason": "error", "text": "Дата", "complaints": [complaint.pk], "state": "upheld", "answer": "Да"}
    assert enter(role, complaint).post(address(name, complaint), data).status_code == DEEDS[name][role]
    deeds = {"moderation:decide": ["uphold"], "moderation:hide": ["hide"]}.get(name, [])
    powerful = role in {"coordinator", "superuser"}
    assert list(ModerationAction.objects.values_list("action", flat=True)) == (deeds if powerful else [])
    expected = 1 + (name == "moderation:complain" and role != "complainer")
    assert Complaint.objects.count() == expected
