"""Who opens what of saved searches: each their own."""

import pytest
from django.test import Client
from django.urls import reverse

from search.saved import services
from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db

ROLES = ("visitor", "owner", "teacher", "editor", "coordinator", "superuser")
#: By GET: `save` is pressed, never opened; `confirm` without a question leads back to search.
ROWS = {
    "saved:save": (405, 405, 405, 405, 405, 405),
    "saved:confirm": (302, 302, 302, 302, 302, 302),
    "saved:open": (302, 302, 404, 404, 404, 404),
    "cabinet:searches": (302, 200, 200, 200, 200, 200),
    "cabinet:search_alert": (302, 405, 405, 405, 405, 405),
    "cabinet:search_forget": (302, 200, 404, 404, 404, 404),
}
TABLE = {name: dict(zip(ROLES, row, strict=True)) for name, row in ROWS.items()}
OF_ONE = {"saved:open", "cabinet:search_alert", "cabinet:search_forget"}
#: By POST, where that changes somebody's search.
POSTED = {name: dict(zip(ROLES, (302, 302, 404, 404, 404, 404), strict=True)) for name in OF_ONE - {"saved:open"}}


@pytest.fixture
def search():
    return services.save(person=UserFactory(), text="чтение", kind="", filters={})


def client_of(role: str, search) -> Client:
    client = Client()
    if role == "owner":
        client.force_login(search.person)
    elif role == "superuser":
        client.force_login(SuperuserFactory())
    elif role != "visitor":
        client.force_login(UserFactory(roles=[role]))
    return client


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(search, role):
    client = client_of(role, search)
    addresses = {name: reverse(name, args=[search.pk] if name in OF_ONE else []) for name in TABLE}
    got = {name: client.get(address).status_code for name, address in addresses.items()}
    assert got == {name: row[role] for name, row in TABLE.items()}
    posted = {name: client.post(addresses[name]).status_code for name in sorted(POSTED)}
    assert posted == {name: row[role] for name, row in POSTED.items()}


def test_a_visitor_who_presses_is_led_to_the_door_and_changes_nothing(search):
    client = Client()
    for name in sorted(POSTED):
        assert client.post(reverse(name, args=[search.pk])).headers["Location"].startswith("/accounts/login/")
    search.refresh_from_db()
    assert search.alert
