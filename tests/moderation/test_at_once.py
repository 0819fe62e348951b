"""Several at the same moment: one open complaint of a person, one decision, one hiding."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from moderation import services
from moderation.models import Complaint, ModerationAction
from tests.factories import complaints
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4
REFUSALS = (services.AlreadyComplained, services.AlreadyDecided, services.NothingToChange)


def refusals(do) -> list[type]:
    """What was refused to several threads that did it together."""
    start = Barrier(HANDS)

    def run(_hand):
        start.wait()
        try:
            do()
        except REFUSALS as refusal:
            return type(refusal)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(HANDS) as pool:
        return list(filter(None, pool.map(run, range(HANDS))))


def test_a_person_complains_once():
    person, page = UserFactory(), complaints.page()
    refused = refusals(lambda: complaints.complaint(page, complainer=person))
    assert (refused, Complaint.objects.count()) == ([services.AlreadyComplained] * (HANDS - 1), 1)


def test_one_moderator_decides():
    made, coordinator = complaints.complaint(), UserFactory()
    refused = refusals(lambda: services.decide(complaints=[made], state="upheld", answer="Исправили.", by=coordinator))
    assert (refused, ModerationAction.objects.count()) == ([services.AlreadyDecided] * (HANDS - 1), 1)


def test_one_moderator_hides():
    page, coordinator = complaints.page(), UserFactory(roles=["coordinator"])
    made = complaints.complaint(page)
    refused = refusals(lambda: services.hide(complaint=made, by=coordinator, reason="Данные детей"))
    page.refresh_from_db()
    assert (refused, page.live) == ([services.NothingToChange] * (HANDS - 1), False)
    assert ModerationAction.objects.count() == 1
