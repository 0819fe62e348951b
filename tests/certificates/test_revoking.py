"""The coordinator revokes a paper and gives it back; the log keeps both."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certificates import signals
from certificates.models import Certificate
from tests.factories.accounts import UserFactory
from tests.factories.papers import certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def desk(coordinator) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def revoke(desk, paper, reason="Списано"):
    return desk.post(f"{paper.get_absolute_url()}revoke/", {"reason": reason})


def test_a_paper_is_revoked_with_a_reason_and_given_back(desk, coordinator):
    paper = certificate()
    assert revoke(desk, paper).headers["Location"] == paper.get_absolute_url()
    paper.refresh_from_db()
    assert (paper.is_revoked, paper.revoked_by, paper.revocation_reason) == (True, coordinator, "Списано")
    desk.post(f"{paper.get_absolute_url()}restore/", {"reason": "Ошибка"})
    paper.refresh_from_db()
    assert (paper.is_revoked, paper.revoked_by, paper.revocation_reason) == (False, None, "")
    log = list(paper.changes.values_list("action", "by", "reason"))
    assert log == [("restored", coordinator.pk, "Ошибка"), ("revoked", coordinator.pk, "Списано")]
    page = desk.get(f"{paper.get_absolute_url()}revoke/").content.decode()
    assert ("Списано" in page, "Ошибка" in page) == (True, True)


def test_a_second_press_changes_nothing(desk):
    paper = certificate()
    revoke(desk, paper)
    assert revoke(desk, paper, "Ещё раз").status_code == 302
    paper.refresh_from_db()
    assert (paper.revocation_reason, paper.changes.count()) == ("Списано", 1)


def test_without_a_reason_nothing_is_revoked(desk):
    paper = certificate()
    response = revoke(desk, paper, "  ")
    assert (response.status_code, "error-summary" in response.content.decode()) == (200, True)
    assert Certificate.objects.get(revoked_at=None) == paper


def test_those_above_are_told(desk):
    told = []

    def listen(signal_name):
        def hear(sender, certificate, **kwargs):
            told.append((signal_name, certificate.code, certificate.revocation_reason))

        return hear

    revoked, restored = listen("revoked"), listen("restored")
    signals.certificate_revoked.connect(revoked)
    signals.certificate_restored.connect(restored)
    paper = certificate()
    revoke(desk, paper)
    desk.post(f"{paper.get_absolute_url()}restore/", {"reason": "Ошибка"})
    assert told == [("revoked", paper.code, "Списано"), ("restored", paper.code, "")]


def test_the_register_finds_by_name_and_by_code(desk):
    first = certificate(UserFactory(last_name="Берёзкина"))
    second = certificate(UserFactory(last_name="Дубова"))

    def found(text):
        return list(desk.get("/certificates/register/", {"q": text}).context["object_list"])

    assert (found("березк"), found(second.code.lower()), found("нет таких")) == ([first], [second], [])
    assert found("") == [second, first]


def test_the_register_asks_as_often_for_thirty_papers_as_for_one(desk):
    certificate()
    desk.get("/certificates/register/")
    with CaptureQueriesContext(connection) as one:
        desk.get("/certificates/register/")
    for _number in range(29):
        certificate()
    with CaptureQueriesContext(connection) as thirty:
        page = desk.get("/certificates/register/")
    assert (len(page.context["object_list"]), len(thirty)) == (30, len(one))


def test_the_register_goes_on_over_pages_of_what_was_asked_for(desk):
    holder = UserFactory(last_name="Берёзкина")
    given = [certificate(holder) for _number in range(31)]
    certificate(UserFactory(last_name="Дубова"))
    first = desk.get("/certificates/register/", {"q": "Берёзкина"})
    second = desk.get(f"/certificates/register/{first.context['pager']['next_url']}")
    assert list(second.context["object_list"]) == given[:1]
    assert second.context["pager"]["next_url"] == ""
