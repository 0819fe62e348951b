import pytest
from django.core.mail.backends.locmem import EmailBackend

from accounts.models import User
from tests.accounts.letters import link_in
from tests.accounts.test_signing_in import sign_in, signed_in_as
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"
NEW = "аптека канал рябь"


def ask(client, email="irina@school.example", **more):
    return client.post(RESET, {"email": email}, **more)


def follow(client, path):
    """Opens the letter's link, which leads to a page without the key in its address."""
    response = client.get(path)
    return response.headers["Location"] if response.status_code == 302 else path


def test_a_forgotten_password_is_set_anew_by_the_letters_link(client, person, mailoutbox):
    assert ask(client).headers["Location"] == "/accounts/password/reset/done/"
    page = follow(client, link_in(mailoutbox[0]))
    assert "set-password" in page
    response = client.post(page, {"password1": NEW, "password2": NEW})
    assert response.status_code == 302
    assert signed_in_as(client) == person.pk
    client.post("/accounts/logout/")
    assert sign_in(client).status_code == 200
    assert sign_in(client, password=NEW).status_code == 302


def test_the_letter_is_in_two_forms_and_its_link_is_of_the_portal_whatever_host_was_asked(client, person, mailoutbox):
    ask(client, headers={"host": "evil.example"})
    (letter,) = mailoutbox
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    assert "evil.example" not in letter.body + html
    assert "http://testserver" + link_in(letter) in html
    assert letter.to == ["irina@school.example"]


def test_a_link_works_once(client, person, mailoutbox):
    ask(client)
    path = link_in(mailoutbox[0])
    client.post(follow(client, path), {"password1": NEW, "password2": NEW})
    client.post("/accounts/logout/")
    assert client.get(path).context["token_fail"] is True


def test_setting_a_password_ends_sessions_elsewhere(client, person, mailoutbox):
    from django.test import Client  # noqa: PLC0415

    elsewhere = Client()
    elsewhere.force_login(person)
    ask(client)
    client.post(follow(client, link_in(mailoutbox[0])), {"password1": NEW, "password2": NEW})
    assert elsewhere.get("/accounts/").status_code == 302


def test_the_page_does_not_tell_who_has_an_account(client, person, mailoutbox):
    known, unknown = ask(client), ask(client, "nobody@school.example")
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert [letter.to for letter in mailoutbox] == [["irina@school.example"], ["nobody@school.example"]]
    assert "/password/reset/key/" not in mailoutbox[1].body


def test_one_switched_off_gets_no_link(client, mailoutbox):
    UserFactory(email="off@school.example", is_active=False)
    ask(client, "off@school.example")
    assert "/password/reset/key/" not in mailoutbox[0].body


def test_one_mailbox_is_not_flooded(client, person, mailoutbox):
    answers = [ask(client).status_code for _ in range(7)]
    assert (answers, len(mailoutbox)) == ([302] * 5 + [429] * 2, 5)


@pytest.mark.parametrize(
    ("weak", "code"), [("короткий", "password_too_short"), ("1234567890123", "password_entirely_numeric")]
)
def test_a_weak_password_is_refused_in_place(client, person, mailoutbox, weak, code):
    ask(client)
    response = client.post(follow(client, link_in(mailoutbox[0])), {"password1": weak, "password2": weak})
    assert code in [error.code for error in response.context["form"].errors.as_data()["password1"]]
    assert User.objects.get().check_password(PASSWORD)


def test_when_the_mail_server_is_away_the_person_learns_it_and_nothing_breaks(client, person, settings):
    settings.EMAIL_BACKEND = "tests.accounts.test_passwords_by_letter.AwayBackend"
    assert [ask(client).status_code, ask(client, "nobody@school.example").status_code] == [503, 503]


class AwayBackend(EmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_a_password_is_changed_by_one_who_knows_the_old_one_and_a_letter_tells_of_it(client, person, mailoutbox):
    client.force_login(person)
    form = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    response = client.post("/accounts/password/change/", form)
    assert list(response.context["form"].errors) == ["oldpassword"]
    response = client.post("/accounts/password/change/", form | {"oldpassword": PASSWORD})
    assert response.headers["Location"] == "/accounts/"
    assert signed_in_as(client) == person.pk
    assert [letter.to for letter in mailoutbox] == [["irina@school.example"]]


def test_a_change_counts_even_when_the_letter_of_it_cannot_go(client, person, settings):
    settings.EMAIL_BACKEND = "tests.accounts.test_passwords_by_letter.AwayBackend"
    client.force_login(person)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", form).status_code == 302
    assert User.objects.get().check_password(NEW)
