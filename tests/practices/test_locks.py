"""Deeds of different kinds with one practice at one moment: they wait for each other in one order."""

from threading import Event

import pytest
from django.db import transaction

from accounts.models import User
from practices.afterlife import adoptions, withdrawal
from practices.afterlife.adoptions import NotPublished
from practices.locks import lock_page
from practices.models import PracticePage, Review
from practices.review import services
from tests.factories import review
from tests.factories.accounts import UserFactory
from tests.practices.test_authoring_at_once import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coordinator():
    return review.coordinator()


@pytest.fixture
def edition(coordinator):
    """A new edition under review of what is public."""
    opened = services.decide(round=review.submitted(), outcome="accepted", by=coordinator)
    return review.again(PracticePage.objects.get(pk=opened.practice_id), summary="Новая редакция.")


def deadlocks(outcomes: list) -> list[Exception]:
    refusals = (NotPublished, services.RoundClosed)
    return [each for each in outcomes if isinstance(each, Exception) and not isinstance(each, refusals)]


@pytest.mark.parametrize("time", range(3))
def test_a_decision_and_a_withdrawal_wait_for_each_other(edition, coordinator, time):
    outcomes = together(
        lambda: services.decide(round=edition, outcome="accepted", by=coordinator),
        lambda: withdrawal.withdraw(practice=edition.practice, by=edition.submitted_by, reason="Ошибка."),
        lambda: adoptions.report(
            practice=edition.practice,
            teacher=User.objects.get(pk=coordinator.pk),
            held_on="2026-10-05",
            class_name="5 «Б»",
            outcome="Справились.",
        ),
    )
    assert deadlocks(outcomes) == []
    assert PracticePage.objects.get(pk=edition.practice_id).live is False


def test_who_holds_a_practice_holds_it_against_wagtails_own_writing_too(edition, coordinator):
    """In the middle of a deed that has begun, another deed of the review waits rather than takes half of the rows."""
    held, order = Event(), []

    def hold_and_publish():
        with transaction.atomic():
            page = lock_page(edition.practice_id)
            held.set()
            page.get_latest_revision().publish(skip_permission_checks=True)
            order.append("published")

    def decide():
        held.wait()
        try:
            services.decide(round=edition, outcome="returned", by=coordinator, note="Рано.")
        finally:
            order.append("decided")

    assert deadlocks(together(hold_and_publish, decide)) == []
    assert order == ["published", "decided"]


def test_two_experts_of_the_same_practices_leave_at_once():
    leaving = [review.expert() for _number in range(2)]
    for _number in range(3):
        review.submitted()
    for _number in range(2):
        review.expert()
    User.objects.filter(pk__in=[person.pk for person in leaving]).update(is_active=False)
    answers = together(*(lambda person=person: services.release_all(expert=person) for person in leaving))

    assert answers == [None, None]
    assert Review.objects.filter(expert__in=leaving, state="asked").count() == 0
    assert Review.objects.filter(state="asked").count() == 6


def test_bringing_back_twice_at_once_brings_back_once(edition, coordinator):
    withdrawal.withdraw(practice=edition.practice, by=edition.submitted_by, reason="Ошибка.")
    practice = PracticePage.objects.get(pk=edition.practice_id)
    answers = together(*[lambda: withdrawal.bring_back(practice=practice, by=coordinator) for _time in range(2)])
    assert sorted(type(answer).__name__ for answer in answers) == ["DoesNotExist", "NoneType"]
    assert PracticePage.objects.get(pk=practice.pk).live is True


def test_what_is_gone_is_not_found():
    UserFactory()
    with transaction.atomic(), pytest.raises(PracticePage.DoesNotExist):
        lock_page(0)
