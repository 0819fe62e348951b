"""Opening an account by oneself: name, address, password, two consents apart."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from accounts.models import Consent, ConsentText, User
from accounts.tasks import forget_unconfirmed
from tests.accounts.test_signing_in import sign_in, signed_in_as
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SIGNUP = "/accounts/signup/"
PROCESSING, DISTRIBUTION = ConsentText.Kind.PROCESSING, ConsentText.Kind.DISTRIBUTION


def filled(**changes):
    values = {
        "last_name": "Ёлкина",
        "first_name": "Анна-Мария",
        "patronymic": "Львовна",
        "email": "Anna@School.example",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "processing": "on",
        "processing_text": ConsentText.objects.in_force(PROCESSING).pk,
        "distribution_text": ConsentText.objects.in_force(DISTRIBUTION).pk,
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def open_account(client, **changes):
    return client.post(SIGNUP, filled(**changes))


def way_in(letter):
    """The address in a letter, with where it leads afterwards."""
    (address,) = re.findall(r"^(https?://\S+)$", letter.body, re.MULTILINE)
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def test_an_account_opens_by_the_letter_and_the_person_goes_on_to_choose_a_school(client, mailoutbox):
    response = open_account(client, distribution="on")
    assert response.headers["Location"] == "/accounts/confirm-email/"
    assert client.get("/accounts/confirm-email/").status_code == 200
    person = User.objects.get()
    assert (str(person), person.email) == ("Ёлкина Анна-Мария Львовна", "anna@school.example")
    assert signed_in_as(client) is None
    (letter,) = mailoutbox
    assert (letter.to, [kind for _text, kind in letter.alternatives]) == (["anna@school.example"], ["text/html"])
    assert client.get(way_in(letter)).status_code == 200
    assert signed_in_as(client) is None
    assert client.post(way_in(letter)).headers["Location"] == "/membership/join/"
    assert signed_in_as(client) == person.pk


def test_until_the_address_is_confirmed_the_password_opens_nothing_and_another_letter_is_not_sent_at_once(
    client, mailoutbox
):
    open_account(client)
    client = Client()
    assert sign_in(client, "anna@school.example").headers["Location"] == "/accounts/confirm-email/"
    assert (signed_in_as(client), len(mailoutbox)) == (None, 1)


def test_the_letter_opened_on_another_machine_leads_through_sign_in_to_the_choice_of_a_school(client, mailoutbox):
    open_account(client)
    telephone = Client()
    door = telephone.post(way_in(mailoutbox[0])).headers["Location"]
    assert door == "/accounts/login/?next=%2Fmembership%2Fjoin%2F"
    response = sign_in(telephone, "anna@school.example", next="/membership/join/")
    assert response.headers["Location"] == "/membership/join/"


def test_where_the_person_was_going_travels_in_the_letter_and_only_within_the_portal(client, mailoutbox):
    open_account(client, next="/bank/")
    open_account(Client(), email="other@school.example", next="https://evil.example/")
    own, evil = (way_in(letter) for letter in mailoutbox)
    assert own.endswith("?next=%2Fbank%2F")
    assert "?" not in evil
    assert Client().post(own).headers["Location"] == "/bank/"


def test_each_consent_is_recorded_with_its_text_and_hash_and_the_second_only_when_ticked(client):
    open_account(client)
    open_account(Client(), email="second@school.example", distribution="on")
    lines = list(Consent.objects.order_by("pk").values_list("user__email", "text__kind", "action", "text_sha256"))
    hashes = {kind: ConsentText.objects.in_force(kind).sha256 for kind in (PROCESSING, DISTRIBUTION)}
    assert lines == [
        ("anna@school.example", "processing", "given", hashes[PROCESSING]),
        ("second@school.example", "processing", "given", hashes[PROCESSING]),
        ("second@school.example", "distribution", "given", hashes[DISTRIBUTION]),
    ]


def test_no_box_is_ticked_beforehand_and_both_texts_can_be_read(client):
    page = client.get(SIGNUP)
    form = page.context["form"]
    assert [bool(form[kind].value()) for kind in ("processing", "distribution")] == [False, False]
    assert all(text.text.splitlines()[0] in page.content.decode() for text in form.texts.values())


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"processing": None}, "processing"),
        ({"last_name": ""}, "last_name"),
        ({"first_name": "<script>"}, "first_name"),
        ({"patronymic": "1"}, "patronymic"),
        ({"email": "no address"}, "email"),
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password2": "another one"}, "password2"),
        ({"password1": "ЁлкинаАннаМария", "last_name": "ЁлкинаАннаМария", "password2": "ЁлкинаАннаМария"}, "password1"),
    ],
)
def test_a_mistake_is_shown_in_place_and_nothing_is_made(client, mailoutbox, changes, wrong):
    page = open_account(client, **changes)
    assert (page.status_code, list(page.context["form"].errors)) == (200, [wrong])
    assert (User.objects.count(), Consent.objects.count(), mailoutbox) == (0, 0, [])
    assert page.context["form"]["email"].value() == changes.get("email", "Anna@School.example")


def test_a_text_that_changed_while_the_form_was_filled_in_is_to_be_read_anew(client):
    form = filled(distribution="on")
    newer = ConsentText.objects.create(kind=PROCESSING, text="Новые слова", published_at=timezone.now())
    page = client.post(SIGNUP, form)
    assert list(page.context["form"].errors) == ["processing"]
    assert [page.context["form"][kind].value() for kind in ("processing", "distribution")] == [False, True]
    assert "Новые слова" in page.content.decode()
    assert Consent.objects.count() == 0
    client.post(SIGNUP, filled(processing_text=newer.pk))
    assert Consent.objects.get().text == newer


def test_nobody_learns_that_an_address_has_an_account_but_its_owner(client, mailoutbox):
    UserFactory(email="anna@school.example", last_name="Настоящая")
    taken = open_account(client)
    free = open_account(Client(), email="free@school.example")
    assert (taken.status_code, taken.headers["Location"]) == (free.status_code, free.headers["Location"])
    assert User.objects.get(email="anna@school.example").last_name == "Настоящая"
    assert [letter.to for letter in mailoutbox] == [["anna@school.example"], ["free@school.example"]]
    assert "/accounts/password/reset/" in mailoutbox[0].body
    assert Consent.objects.filter(user__email="anna@school.example").count() == 0


def test_a_double_click_makes_one_account_and_one_letter(client, mailoutbox):
    answers = [open_account(Client()).headers["Location"] for _click in range(2)]
    assert answers == ["/accounts/confirm-email/"] * 2
    assert (User.objects.count(), Consent.objects.count(), len(mailoutbox)) == (1, 1, 1)


def test_powers_cannot_be_smuggled_into_the_form(client):
    smuggled = {"is_superuser": "on", "is_staff": "on", "groups": "1", "is_active": "on", "name_withdrawn": "on"}
    open_account(client, distribution="on", **smuggled)
    person = User.objects.get()
    assert (person.is_superuser, person.is_staff, person.role_codes, person.name_withdrawn) == (
        False, False, frozenset(), False,
    )  # fmt: skip


@pytest.mark.parametrize(("box", "withdrawn"), [({}, True), ({"distribution": "on"}, False)])
def test_a_name_is_public_only_by_its_owners_word(client, box, withdrawn):
    open_account(client, **box)
    assert User.objects.get().name_withdrawn is withdrawn


def test_where_the_letter_cannot_be_sent_nothing_is_left_and_one_may_try_again(client, monkeypatch, mailoutbox):
    def away(self, messages):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", away)
        response = open_account(client)
    assert (response.status_code, User.objects.count(), Consent.objects.count()) == (503, 0, 0)
    assert open_account(client).status_code == 302
    assert (User.objects.count(), len(mailoutbox)) == (1, 1)


def test_a_signed_in_person_has_nothing_to_open(client, person):
    client.force_login(person)
    assert client.get(SIGNUP).status_code == 302


def test_a_hostile_form_is_an_answer_not_an_error(client):
    for nasty in ["\0", "x" * 5000, "'; drop table accounts_user;--", "\u202eанна", "😀"]:
        names = dict.fromkeys(["last_name", "first_name", "patronymic", "email", "processing_text"], nasty)
        assert open_account(client, **names).status_code == 200


def test_an_address_that_nobody_confirms_is_free_again_after_a_week(client):
    person = UserFactory()
    open_account(client)
    open_account(Client(), email="other@school.example")
    forget_unconfirmed(timestamp=0)
    assert User.objects.count() == 3
    week_ago = timezone.now() - timedelta(days=7, minutes=1)
    User.objects.exclude(email="other@school.example").update(date_joined=week_ago)
    forget_unconfirmed(timestamp=0)
    assert set(User.objects.values_list("email", flat=True)) == {person.email, "other@school.example"}
    assert Consent.objects.filter(user=None).count() == 1
