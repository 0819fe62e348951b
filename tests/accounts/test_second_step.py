import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.accounts.test_signing_in import show_that_it_is_you, sign_in, signed_in_as

pytestmark = pytest.mark.django_db


def code_of(secret, shift=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + shift))


@pytest.fixture
def guarded(client, person, django_capture_on_commit_callbacks):
    """A person with the second step on, signed in; the key and the recovery codes."""
    sign_in(client)
    show_that_it_is_you(client)
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    codes = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    return secret, codes


def test_with_the_second_step_the_password_alone_opens_nothing(client, guarded, person):
    secret, _codes = guarded
    client.post("/accounts/logout/")
    assert sign_in(client).headers["Location"] == "/accounts/2fa/authenticate/"
    assert signed_in_as(client) is None
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert list(wrong.context["form"].errors) == ["code"]
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret, shift=1)})
    assert signed_in_as(client) == person.pk


def test_a_recovery_code_opens_once(client, guarded, person):
    _secret, codes = guarded
    for expected in [person.pk, None]:
        client.post("/accounts/logout/")
        sign_in(client)
        client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert signed_in_as(client) == expected


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/2fa/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
    ],
)
def test_pages_of_the_second_step_open(client, guarded, path):
    assert client.get(path).status_code == 200


def test_the_admin_cannot_be_entered_past_the_second_step(client, guarded, person):
    person.is_superuser = True
    person.save()
    client.post("/accounts/logout/")
    response = client.post("/admin/login/", {"username": person.email, "password": "ночь улица фонарь"})
    assert response.status_code == 302
    assert signed_in_as(client) is None
    sign_in(client)
    assert client.get("/admin/").status_code == 302


def test_the_second_step_goes_off_and_letters_tell_of_both(client, guarded, person, mailoutbox):
    show_that_it_is_you(client)
    client.post("/accounts/2fa/totp/deactivate/")
    client.post("/accounts/logout/")
    sign_in(client)
    assert signed_in_as(client) == person.pk
    assert [letter.to for letter in mailoutbox] == [[person.email], [person.email]]
