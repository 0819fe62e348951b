"""Who may open and do what with papers: every address, every role."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import SuperuserFactory, UserFactory
from tests.factories.papers import certificate

pytestmark = pytest.mark.django_db

EVERYBODY = dict.fromkeys(
    ["anonymous", "teacher", "holder", "expert", "curator", "editor", "coordinator", "superuser"], 200
)
COORDINATOR = dict.fromkeys(EVERYBODY, 403) | {"anonymous": 302, "coordinator": 200, "superuser": 200}
#: GET by address and role; a valid paper whose holder's name is public.
TABLE = {
    "certificates:check": EVERYBODY,
    "certificates:certificate": EVERYBODY,
    "certificates:pdf": EVERYBODY,
    "certificates:register": COORDINATOR,
    "certificates:revoke": COORDINATOR,
    "certificates:restore": COORDINATOR,
}
#: POST, where it is not the same.
DEEDS = {
    name: COORDINATOR | {"coordinator": 302, "superuser": 302}
    for name in ("certificates:revoke", "certificates:restore")
}


@pytest.fixture
def holder():
    return UserFactory(roles=["teacher"])


@pytest.fixture
def enter(holder):
    def sign_in(role: str) -> Client:
        client = Client()
        if role == "superuser":
            client.force_login(SuperuserFactory())
        elif role == "holder":
            client.force_login(holder)
        elif role != "anonymous":
            client.force_login(UserFactory(roles=[role]))
        return client

    return sign_in


def address(name: str, paper) -> str:
    return reverse(name, args=[] if name in {"certificates:check", "certificates:register"} else [paper.code])


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("name", TABLE)
def test_who_reads(enter, holder, name, role):
    assert enter(role).get(address(name, certificate(holder))).status_code == TABLE[name][role]


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("name", DEEDS)
def test_who_acts(enter, holder, name, role):
    paper = certificate(holder)
    assert enter(role).post(address(name, paper), {"reason": "Списано"}).status_code == DEEDS[name][role]
    revoked = name == "certificates:revoke" and role in {"coordinator", "superuser"}
    paper.refresh_from_db()
    assert paper.is_revoked is revoked


@pytest.mark.parametrize("name", ["certificates:revoke", "certificates:restore", "certificates:pdf"])
def test_an_unknown_paper_is_not_found(enter, name):
    assert enter("coordinator").get(reverse(name, args=["2222-2222-2222"])).status_code == 404


def test_one_who_was_switched_off_may_nothing(enter, holder):
    person = UserFactory(roles=["coordinator"], is_active=False)
    assert person.has_perm("certificates.revoke") is False
