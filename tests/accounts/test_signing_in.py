import pytest

from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
#: Where one comes who was not on the way elsewhere.
HOME = "/cabinet/"


def sign_in(client, email="irina@school.example", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def show_that_it_is_you(client):
    """What allauth asks before an important change."""
    return client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def signed_in_as(client):
    return int(client.session["_auth_user_id"]) if "_auth_user_id" in client.session else None


@pytest.mark.parametrize("typed", ["irina@school.example", "Irina@School.Example", "  IRINA@SCHOOL.EXAMPLE "])
def test_one_comes_in_by_address_in_any_case(client, person, typed):
    response = sign_in(client, typed)
    assert (response.status_code, response.headers["Location"]) == (302, HOME)
    assert signed_in_as(client) == person.pk


@pytest.mark.parametrize("email", ["irina@school.example", "nobody@school.example"])
def test_a_wrong_password_and_an_unknown_address_are_answered_alike_and_the_address_stays_typed(client, person, email):
    response = sign_in(client, email, "not that one")
    assert response.status_code == 200
    assert response.context["form"].errors.get_json_data() == {
        "password": [
            {"message": str(response.context["form"].errors["password"][0]), "code": "email_password_mismatch"}
        ]
    }
    assert response.context["form"]["login"].value() == email
    assert signed_in_as(client) is None


def test_a_session_begun_before_signing_in_gets_another_key(client, person):
    client.session.save()
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client)
    assert client.cookies["sessionid"].value != before


def test_an_unticked_box_forgets_the_person_with_the_browser_and_a_ticked_one_remembers(client, person):
    sign_in(client)
    assert client.cookies["sessionid"]["max-age"] == ""
    client.post("/accounts/logout/")
    sign_in(client, remember="on")
    assert client.cookies["sessionid"]["max-age"] > 86_400


@pytest.mark.parametrize(
    ("target", "lands"),
    [
        ("/accounts/profile/", "/accounts/profile/"),
        ("https://evil.example/", HOME),
        ("//evil.example/", HOME),
        ("/\\evil.example", HOME),
        ("javascript:alert(1)", HOME),
        ("http:evil.example", HOME),
        ("https://testserver@evil.example/", HOME),
        ("\tjavascript:alert(1)", HOME),
    ],
)
def test_nobody_is_led_off_the_portal_after_signing_in(client, person, target, lands):
    assert sign_in(client, next=target).headers["Location"] == lands


def test_a_signed_in_person_is_not_led_off_the_portal_by_the_sign_in_page(client, person):
    client.force_login(person)
    response = client.get(LOGIN, {"next": "https://evil.example/"})
    assert (response.status_code, response.headers["Location"]) == (302, HOME)


def test_signing_out_takes_a_post(client, person):
    client.force_login(person)
    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in_as(client) == person.pk
    assert client.post("/accounts/logout/").headers["Location"] == "/"
    assert signed_in_as(client) is None


def test_one_whose_account_is_switched_off_learns_so_only_with_the_right_password(client):
    UserFactory(email="off@school.example", is_active=False)
    response = sign_in(client, "off@school.example", "not that one")
    assert response.context["form"].errors.as_data()["password"][0].code == "email_password_mismatch"
    response = sign_in(client, "off@school.example")
    assert (response.status_code, response.headers["Location"]) == (302, "/accounts/inactive/")
    assert client.get("/accounts/inactive/").status_code == 200
    assert signed_in_as(client) is None


def test_a_session_of_one_switched_off_ends_at_once(client, person):
    client.force_login(person)
    person.is_active = False
    person.save()
    assert client.get("/accounts/").status_code == 302


def test_a_guesser_is_stopped_at_one_account_whatever_host_he_names_and_others_come_in(client, person):
    for attempt in range(10):
        client.post(
            LOGIN, {"login": person.email, "password": f"guess {attempt}"}, headers={"host": f"h{attempt}.example"}
        )
    stopped = sign_in(client)
    assert stopped.context["form"].errors.as_data()["password"][0].code == "too_many_login_attempts"
    UserFactory(email="other@school.example")
    assert sign_in(client, "other@school.example").status_code == 302


def test_a_school_behind_one_address_comes_in_within_a_minute(client):
    for number in range(40):
        UserFactory(email=f"t{number}@school.example")
        client.logout()
        assert sign_in(client, f"t{number}@school.example").status_code == 302


def test_a_flood_from_one_address_is_answered_429(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    answers = [sign_in(client, f"x{number}@school.example", "no").status_code for number in range(5)]
    assert answers == [200, 200, 200, 429, 429]


def test_pages_of_the_door_are_never_cached(client):
    assert "no-store" in client.get(LOGIN).headers["Cache-Control"]


def test_a_hostile_name_of_an_account_is_an_answer_not_an_error(client):
    for login in ["a\0b@school.example", "x" * 100_000, "'; drop table accounts_user;--", ""]:
        assert sign_in(client, login).status_code in {200, 400}
