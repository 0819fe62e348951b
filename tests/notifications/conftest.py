import pytest
from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.kinds import Frequency, Group, Kind
from notifications.services.settling import TROUBLED_LETTERS
from tests.factories.accounts import UserFactory
from tests.notifications.mail_server import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(monkeypatch) -> None:
    """Kinds of the tests' own, and the one of this module: what other modules register may change."""
    monkeypatch.setattr(kinds, "_kinds", {TROUBLED_LETTERS: kinds.kind_of(TROUBLED_LETTERS)})
    kinds.register(
        Kind("decision", "Решение по практике", Group.PRACTICES, Frequency.AT_ONCE),
        Kind("used", "Практику провели у себя", Group.PRACTICES),
        Kind("assigned", "Новая рецензия", Group.REVIEWS, Frequency.AT_ONCE, {"expert"}),
        Kind("answer", _("Answer to a complaint"), Group.COMPLAINTS),
        Kind("request", "Заявка", Group.COORDINATION, Frequency.DAILY, {"coordinator"}),
    )


@pytest.fixture
def irina(db):
    return UserFactory(email="irina@school.example", last_name="Берёзкина", first_name="Ирина", patronymic="Алексеевна")


@pytest.fixture
def pyotr(db):
    return UserFactory(email="pyotr@school.example", last_name="Ёлкин", first_name="Пётр", patronymic="Ильич")


@pytest.fixture
def coordinator(db):
    return UserFactory(email="coordinator@city.example", roles=["coordinator"])


@pytest.fixture
def mail_server(settings):
    """A real mail server, to which letters go by SMTP."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "notifications.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 20
        yield server
