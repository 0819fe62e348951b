"""Who may ask the search of the portal: everybody; what each of them finds: tests/search/test_page_*.py."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db

ROLES = ["anonymous", "teacher", "expert", "curator", "editor", "coordinator", "superuser"]
#: GET by address and role.
TABLE = {
    "search:results": dict.fromkeys(ROLES, 200),
    "search:suggestions": dict.fromkeys(ROLES, 200),
}


def test_who_reads():
    for role in ROLES:
        client = Client()
        if role != "anonymous":
            client.force_login(SuperuserFactory() if role == "superuser" else UserFactory(roles=[role]))
        for name, allowed in TABLE.items():
            assert client.get(reverse(name), {"q": "дроби"}).status_code == allowed[role], (name, role)
            assert client.post(reverse(name), {"q": "дроби"}).status_code == 405
