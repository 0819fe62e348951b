import pytest
from django.core.cache import cache

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counters_begin_anew(db):
    """Attempts are counted in the database's cache, which a test's rollback empties; another's must not be seen."""
    cache.clear()


@pytest.fixture
def person():
    return UserFactory(email="irina@school.example")
