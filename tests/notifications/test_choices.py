"""Each chooses what comes by mail: on the page, or by the link under a letter without signing in."""

import pytest
from django.core import signing
from django.test import Client

from notifications.models import Letter, Preference, SilentAddress
from notifications.services import notify, send_letter
from notifications.unsubscribing import SALT, Stop
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
SETTINGS = "/notifications/settings/"


def chosen(person) -> dict[str, str]:
    return dict(Preference.objects.filter(person=person).values_list("group", "choice"))


def options(response) -> dict[str, list[str]]:
    return {field.name: [code for code, _label in field.field.choices] for field in response.context["form"]}


def path(stop: Stop) -> str:
    return stop.url().removeprefix("http://testserver")


def test_only_groups_that_concern_the_person_are_asked_about(client):
    asked = []
    for roles in ([], ["expert"], ["coordinator"]):
        client.force_login(UserFactory(roles=roles))
        asked.append(list(options(client.get(SETTINGS))))
    assert asked == [
        ["practices", "complaints"],
        ["practices", "reviews", "complaints"],
        ["practices", "complaints", "coordination"],
    ]


def test_a_group_offers_what_makes_sense_in_it(client, irina):
    client.force_login(irina)

    response = client.get(SETTINGS)
    assert options(response) == {
        "practices": ["usual", "at-once", "daily", "weekly", "important", "off"],
        "complaints": ["at-once", "daily", "weekly", "off"],
    }
    assert [field.value() for field in response.context["form"]] == ["usual", "daily"]
    assert "Важное: решение по практике. Остальное: практику провели у себя." in response.content.decode()


def test_a_choice_is_kept_and_shown_again(client, irina):
    client.force_login(irina)

    response = client.post(SETTINGS, {"practices": "weekly", "complaints": "off"}, follow=True)
    assert chosen(irina) == {"practices": "weekly", "complaints": "off"}
    assert [field.value() for field in response.context["form"]] == ["weekly", "off"]
    client.post(SETTINGS, {"practices": "usual", "complaints": "daily"})
    assert chosen(irina) == {"complaints": "daily"}


@pytest.mark.parametrize(
    "choices",
    [
        {"practices": "hourly", "complaints": "off"},
        {"practices": "weekly"},
        {"practices": "weekly", "complaints": "important"},
    ],
)
def test_what_was_not_offered_is_not_taken(client, irina, choices):
    client.force_login(irina)

    assert client.post(SETTINGS, choices).status_code == 200
    assert chosen(irina) == {}


def test_groups_of_other_roles_are_not_taken(client, irina):
    client.force_login(irina)
    client.post(SETTINGS, {"practices": "off", "complaints": "off", "coordination": "off"})

    assert chosen(irina) == {"practices": "off", "complaints": "off"}


def test_a_mail_program_unsubscribes_by_one_click(irina):
    """RFC 8058: no cookies, no CSRF token, one POST."""
    notify(recipients=[irina], kind="decision", title="Принята", url="/", key="1")
    url = Letter.objects.get().unsubscribe_url.removeprefix("http://testserver")
    program = Client(enforce_csrf_checks=True)

    for _press in range(2):
        response = program.post(url, {"List-Unsubscribe": "One-Click"})
        assert (response.status_code, len(response.cookies)) == (200, 0)
    assert chosen(irina) == {"practices": "off"}
    assert len(notify(recipients=[irina], kind="decision", title="Принята", url="/", key="2")) == 1
    assert Letter.objects.count() == 1


def test_a_program_that_opens_every_link_unsubscribes_nobody(client, irina):
    url = path(Stop(person=irina.pk, group="practices"))

    for _look in range(2):
        page = client.get(url)
        assert (page.status_code, page.context["done"]) == (200, False)
        assert "no-store" in page["Cache-Control"]
    client.head(url)
    assert chosen(irina) == {}


def test_leaving_a_digest_keeps_what_is_important(client, irina):
    client.post(path(Stop(person=irina.pk, digest="daily")))

    assert chosen(irina)["practices"] == "important"
    assert chosen(irina)["complaints"] == "off"


def test_leaving_one_digest_does_not_touch_the_other(client, irina):
    Preference.objects.create(person=irina, group="practices", choice="weekly")
    Preference.objects.create(person=irina, group="complaints", choice="at-once")

    client.post(path(Stop(person=irina.pk, digest="daily")))
    assert {group: chosen(irina)[group] for group in ("practices", "complaints")} == {
        "practices": "weekly",
        "complaints": "at-once",
    }


def test_a_stranger_asks_for_silence_and_has_it(client):
    def invite(key: str) -> Letter:
        return send_letter(to="new@school.example", title="Вас зовут в соавторы", text="Да?", url="/i/", key=key)

    url = invite("1").unsubscribe_url.removeprefix("http://testserver")
    assert "Больше не писать на адрес new@school.example?" in client.get(url).content.decode()
    client.post(url)
    client.post(url)

    assert list(SilentAddress.objects.values_list("email", flat=True)) == ["new@school.example"]
    silenced = invite("2")
    assert (silenced.state, silenced.error) == ("refused", "Владелец этого адреса просил портал больше не писать.")
    assert list(Letter.objects.troubled()) == []


def test_a_link_of_a_deleted_account_does_nothing(client, irina):
    url = path(Stop(person=irina.pk, group="practices"))
    irina.delete()

    assert client.post(url).status_code == 200
    assert Preference.objects.count() == 0


def signed(*words, salt: str = SALT) -> str:
    return signing.dumps(*words, salt=salt)


HOSTILE = {
    "no token": lambda: "x",
    "three parts of nothing": lambda: "a:b:c",
    "signed for another purpose": lambda: signed([1, "practices", "", ""], salt="another"),
    "cut": lambda: signed([1, "practices", "", ""])[:-1],
    "another's beginning": lambda: signed([2, "", "", ""]).split(":")[0] + signed([1, "", "", ""])[15:],
    "not a list": lambda: signed("practices"),
    "too long a list": lambda: signed([1, "practices", "", "", ""]),
    "a group that is no more": lambda: signed([1, "no such group", "", ""]),
    "not ASCII": lambda: "💥",
}


@pytest.mark.parametrize("token", HOSTILE.values(), ids=HOSTILE)
def test_a_forged_or_spoilt_link_leads_nowhere(client, irina, token):
    url = f"/notifications/unsubscribe/{token()}/"

    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    assert Preference.objects.count() == 0
