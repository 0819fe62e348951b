"""Who opens which page of the accounts: rows of the table that the whole portal's test unites."""

import pytest
from django.urls import reverse

from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db
#: Signs in first: 302 to the door. 403: is told so.
OWN = {
    "anonymous": 302,
    "teacher": 200,
    "expert": 200,
    "curator": 200,
    "editor": 200,
    "coordinator": 200,
    "superuser": 200,
}
COORDINATORS = {**dict.fromkeys(OWN, 403), "anonymous": 302, "coordinator": 200, "superuser": 200}
ALL = dict.fromkeys(OWN, 200)
#: To those who have shown once more that it is they, which these tests have not: 302 to where they do.
IMPORTANT = dict.fromkeys(OWN, 302)
STRANGERS = {**IMPORTANT, "anonymous": 200}
TABLE = {
    "accounts:index": OWN,
    "accounts:profile": OWN,
    "accounts:consents": OWN,
    "accounts:people": COORDINATORS,
    "accounts:role_log": COORDINATORS,
    "accounts:delete": IMPORTANT,
    "accounts:deleted": ALL,
    "accounts:admin_door": {**dict.fromkeys(OWN, 403), "anonymous": 302},
    "account_login": STRANGERS,
    "account_signup": STRANGERS,
    "account_logout": {**ALL, "anonymous": 302},
    "account_reauthenticate": OWN,
    "account_email": OWN,
    "account_change_password": OWN,
    "account_set_password": IMPORTANT,
    "account_reset_password": ALL,
    "account_reset_password_done": ALL,
    "account_email_verification_sent": ALL,
    "account_inactive": ALL,
    "mfa_index": OWN,
    "mfa_list_webauthn": OWN,
    "mfa_add_webauthn": IMPORTANT,
    "mfa_activate_totp": IMPORTANT,
    "mfa_authenticate": IMPORTANT,
    "mfa_login_webauthn": IMPORTANT,
}


@pytest.mark.parametrize("who", OWN)
def test_each_page_opens_to_those_whom_the_table_names(client, who):
    if who != "anonymous":
        client.force_login(SuperuserFactory() if who == "superuser" else UserFactory(roles=[who]))
    assert {name: client.get(reverse(name)).status_code for name in TABLE} == {
        name: row[who] for name, row in TABLE.items()
    }


@pytest.mark.parametrize("who", [who for who, status in COORDINATORS.items() if status != 200])
def test_nobody_else_changes_roles(client, who):
    person = UserFactory()
    if who != "anonymous":
        client.force_login(UserFactory(roles=[who]))
    form = {"person": person.pk, f"before-{person.pk}": "", f"role-{person.pk}": "coordinator"}
    assert client.post(reverse("accounts:people"), form).status_code == COORDINATORS[who]
    assert list(person.groups.all()) == []
