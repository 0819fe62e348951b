"""Several hands at one moment, each in a transaction of its own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from wagtail.models import PageLogEntry

from certificates.models import Certificate
from practices.models import PracticePage, Review, Round
from practices.review import services
from practices.review.errors import ReviewRefusal
from tests.factories import review

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds) -> list:
    """What each deed returned, or the exception that it raised, in their order."""

    def done(deed):
        try:
            return deed()
        except ReviewRefusal as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(done, deeds))


@pytest.fixture
def opened():
    for _number in range(2):
        review.expert()
    return review.submitted()


def test_two_last_verdicts_publish_once(opened):
    one, other = review.reviews_of(opened)
    at_once(lambda: review.finish(one), lambda: review.finish(other))
    assert Round.objects.get().outcome == "accepted"
    assert PageLogEntry.objects.filter(page=opened.practice_id, action="wagtail.publish").count() == 1
    assert Certificate.objects.filter(kind="review").count() == 2


def test_a_double_click_on_the_verdict_counts_once(opened):
    one, _other = review.reviews_of(opened)
    data = review.judgement()

    def press():
        return services.finish_review(review=one, version=0, data=data).state

    assert sorted(map(str, at_once(press, press))) == sorted(["done", str(services.NotYours)])
    assert Certificate.objects.filter(kind="review").count() == 1


def test_a_double_submission_opens_one_round():
    practice = review.written()

    def press():
        return services.open_round(practice=practice, user=None).number

    assert sorted(map(str, at_once(press, press))) == sorted(["1", str(services.AlreadyUnderReview)])


def test_a_verdict_and_a_call_back_do_not_both_win(opened):
    one, other = review.reviews_of(opened)
    review.finish(one)
    answers = at_once(
        lambda: review.finish(other).state,
        lambda: services.call_back(practice=opened.practice, user=opened.submitted_by).outcome,
    )
    ended = Round.objects.get()
    live = PracticePage.objects.get(pk=opened.practice_id).live
    assert (ended.outcome, live) in (("accepted", True), ("called_back", False))
    assert sum(isinstance(answer, type) for answer in answers) == 1


def test_rounds_that_open_at_once_keep_to_an_experts_month():
    review.rules(experts=1, monthly_cap=1)
    review.expert()
    practices = [review.written() for _number in range(3)]
    at_once(*(lambda each=each: services.open_round(practice=each, user=None) for each in practices))
    assert Review.objects.count() == 1
    assert Round.objects.open().count() == 3
