import pytest

from accounts.models import User
from tests.accounts.letters import link_in
from tests.accounts.test_signing_in import show_that_it_is_you, sign_in, signed_in_as
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
EMAIL = "/accounts/email/"


@pytest.fixture
def at_home(client, person):
    """A client who has given the password a second time, so is not asked for it again."""
    sign_in(client)
    show_that_it_is_you(client)
    return client


def ask(client, email):
    return client.post(EMAIL, {"action_add": "", "email": email})


def test_the_address_changes_when_the_link_sent_to_the_new_one_is_opened(at_home, person, mailoutbox):
    ask(at_home, "New@School.example")
    assert User.objects.get().email == "irina@school.example"
    (letter,) = mailoutbox
    assert letter.to == ["new@school.example"]
    assert at_home.get(link_in(letter)).status_code == 200
    assert User.objects.get().email == "irina@school.example"
    assert at_home.post(link_in(letter)).headers["Location"] == EMAIL
    assert User.objects.get().email == "new@school.example"
    assert [letter.to for letter in mailoutbox[1:]] == [["irina@school.example"]]
    at_home.post("/accounts/logout/")
    assert sign_in(at_home, "irina@school.example").status_code == 200
    assert sign_in(at_home, "new@school.example").status_code == 302


def test_a_change_can_be_called_off_before_it_is_confirmed(at_home, person, mailoutbox):
    ask(at_home, "new@school.example")
    at_home.post(EMAIL, {"action_remove": "", "email": "new@school.example"})
    assert at_home.post(link_in(mailoutbox[0])).status_code == 404
    assert list(person.emailaddress_set.values_list("email", "verified")) == [("irina@school.example", True)]


def test_the_page_does_not_tell_that_an_address_is_anothers_and_never_gives_it_away(at_home, mailoutbox):
    UserFactory(email="other@school.example")
    assert ask(at_home, "other@school.example").status_code == 302
    page = at_home.get(link_in(mailoutbox[0]))
    assert page.context["can_confirm"] is False
    at_home.post(link_in(mailoutbox[0]))
    assert User.objects.get(email="irina@school.example")


def test_a_session_left_open_does_not_suffice_to_take_the_account(client, person):
    client.force_login(person)
    response = ask(client, "thief@school.example")
    assert response.headers["Location"].startswith("/accounts/reauthenticate/")
    wrong = client.post(response.headers["Location"], {"password": "not that one"})
    assert list(wrong.context["form"].errors) == ["password"]
    assert list(person.emailaddress_set.values_list("email", flat=True)) == ["irina@school.example"]
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": EMAIL})
    assert person.emailaddress_set.count() == 2


def test_a_forged_link_confirms_nothing(client):
    page = client.get("/accounts/confirm-email/Mg:1abc:forged/")
    assert page.status_code == 200
    assert page.context["confirmation"] is None
    assert client.post("/accounts/confirm-email/Mg:1abc:forged/").status_code == 404


def test_anothers_link_signs_the_reader_out_rather_than_mixing_two_people(at_home, person, mailoutbox):
    ask(at_home, "new@school.example")
    at_home.force_login(UserFactory())
    at_home.get(link_in(mailoutbox[0]))
    assert signed_in_as(at_home) is None


def test_the_own_address_is_refused_in_place(at_home):
    page = ask(at_home, "irina@school.example")
    assert list(page.context["form"].errors) == ["email"]
