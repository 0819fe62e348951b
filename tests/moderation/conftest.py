import pytest
from django.test import Client

from moderation import registry
from tests.factories import complaints
from tests.factories.accounts import UserFactory


@pytest.fixture(autouse=True)
def _registered(monkeypatch) -> None:
    """Pages of the portal can be complained about while these tests run."""
    monkeypatch.setitem(registry._known, complaints.PAGE.label, complaints.PAGE)


@pytest.fixture
def enter():
    """Sign a person in, in a browser of their own."""

    def sign_in(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def coordinator():
    return UserFactory(roles=["coordinator"], last_name="Сосновская", first_name="Анна", patronymic="Львовна")


@pytest.fixture
def desk(enter, coordinator) -> Client:
    return enter(coordinator)
