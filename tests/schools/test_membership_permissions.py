"""Who opens which page of the memberships: rows of the table that the whole portal's test unites."""

import pytest
from django.urls import reverse

from schools.models import Membership, SchoolInvitation
from tests.factories import pages, schools
from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db
WHO = [
    "anonymous", "teacher", "expert", "curator", "editor", "member", "other representative", "representative",
    "coordinator", "superuser",
]  # fmt: skip
SIGNED_IN = {**dict.fromkeys(WHO, 200), "anonymous": 302}
KEEPERS = {"representative": 200, "coordinator": 200, "superuser": 200}
TABLE = {
    "schools:join": SIGNED_IN,
    "schools:invitation": dict.fromkeys(WHO, 200),
    "schools:queue": {**dict.fromkeys(WHO, 403), "anonymous": 302, "other representative": 200, **KEEPERS},
    "schools:schools": {**dict.fromkeys(WHO, 403), "anonymous": 302, "other representative": 200, **KEEPERS},
    "schools:staff": {**dict.fromkeys(WHO, 404), "anonymous": 302, **KEEPERS},
}


def somebody(who, school):
    match who:
        case "superuser":
            return SuperuserFactory()
        case "member":
            return schools.member(school=school).user
        case "representative":
            return schools.representative(school=school).user
        case "other representative":
            return schools.representative().user
        case _:
            return UserFactory(roles=[who])


@pytest.mark.parametrize("who", WHO)
def test_each_page_opens_to_those_whom_the_table_names(client, who):
    school = pages.school_page()
    invitation = schools.invitation(by=UserFactory(roles=["coordinator"]), school=school)
    places = {"schools:invitation": [invitation.code], "schools:staff": [school.pk]}
    if who != "anonymous":
        client.force_login(somebody(who, school))
    opened = {name: client.get(reverse(name, args=places.get(name))).status_code for name in TABLE}
    assert opened == {name: row[who] for name, row in TABLE.items()}


@pytest.mark.parametrize("who", [who for who in WHO if who not in KEEPERS])
def test_nobody_else_answers_or_invites(client, who):
    waiting = schools.request()
    if who != "anonymous":
        client.force_login(somebody(who, waiting.school))
    client.post(reverse("schools:queue"), {"membership": waiting.pk})
    client.post(reverse("schools:queue"), {"decline": waiting.pk, f"reason-{waiting.pk}": "нет"})
    client.post(reverse("schools:staff", args=[waiting.school_id]), {"invite": "yes", "days": "7"})
    assert Membership.objects.get(pk=waiting.pk).is_waiting
    assert SchoolInvitation.objects.count() == 0
