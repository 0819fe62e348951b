"""Those who have power open nothing before they have set up a second step, where the settings ask for it."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.test_second_step import code_of
from tests.accounts.test_signing_in import HOME, show_that_it_is_you, sign_in
from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db
SET_UP = "/accounts/2fa/"


@pytest.fixture
def required(settings):
    settings.MFA_REQUIRED_ROLES = ["coordinator", "superuser"]


def somebody(who):
    return SuperuserFactory() if who == "superuser" else UserFactory(roles=[who])


@pytest.mark.parametrize("who", ["coordinator", "superuser"])
@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/pages/", "/accounts/", "/accounts/people/", "/membership/queue/", "/", "/no/such/page/"]
)
def test_every_page_leads_to_the_second_step(client, required, who, path):
    client.force_login(somebody(who))
    response = client.get(path)
    if path != "/no/such/page/":
        assert (response.status_code, response.headers["Location"]) == (302, SET_UP)
    assert client.post(path, {"person": 1}).status_code in {302, 404}


@pytest.mark.parametrize("who", ["teacher", "expert", "editor"])
def test_others_go_their_way(client, required, who):
    client.force_login(somebody(who))
    assert client.get("/accounts/").status_code == 200


@pytest.mark.parametrize("who", ["coordinator", "superuser"])
def test_nobody_is_stopped_where_the_settings_ask_for_nothing(client, who):
    client.force_login(somebody(who))
    with CaptureQueriesContext(connection) as counted:
        assert client.get("/accounts/people/").status_code == 200
    assert not any("mfa_authenticator" in query["sql"] for query in counted)


def test_the_way_to_the_second_step_is_open_and_behind_it_everything_is(client, required):
    person = UserFactory(email="irina@school.example", roles=["coordinator"])
    assert sign_in(client).headers["Location"] == HOME
    page = client.get(client.get("/accounts/people/").headers["Location"])
    assert "notice--warning" in page.content.decode()
    asks = client.get("/accounts/2fa/totp/activate/")
    assert asks.headers["Location"].startswith("/accounts/reauthenticate/")
    assert client.get(asks.headers["Location"]).status_code == 200
    show_that_it_is_you(client)
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert client.get("/accounts/people/").status_code == 200
    assert "notice--warning" not in client.get(SET_UP).content.decode()
    assert person.authenticator_set.count() == 2


def test_recovery_codes_alone_are_no_second_step(client, required):
    person = UserFactory(roles=["coordinator"])
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(person)
    assert client.get("/accounts/people/").headers["Location"] == SET_UP


def test_one_may_always_go_away_and_read_at_ease(client, required):
    client.force_login(UserFactory(roles=["coordinator"]))
    assert client.get("/appearance/").status_code == 200
    assert client.post("/accounts/logout/").headers["Location"] == "/"


def test_what_a_script_asks_for_is_refused_rather_than_sent_to_a_page(client, required):
    client.force_login(UserFactory(roles=["coordinator"]))
    assert client.get("/accounts/", headers={"sec-fetch-mode": "cors"}).status_code == 403


def test_a_role_given_in_the_middle_of_a_visit_counts_at_once(client, required):
    person = UserFactory(roles=["teacher"])
    client.force_login(person)
    assert client.get("/accounts/").status_code == 200
    other = Client()
    other.force_login(guarded := UserFactory(roles=["coordinator"]))
    Authenticator.objects.create(user=guarded, type=Authenticator.Type.TOTP, data={"secret": "x"})
    other.post(
        "/accounts/people/",
        {"person": person.pk, f"before-{person.pk}": "teacher", f"role-{person.pk}": ["teacher", "coordinator"]},
    )
    assert client.get("/accounts/").headers["Location"] == SET_UP
