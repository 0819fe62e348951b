"""Where a practice is, and whose turn it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.models import PracticePage, Withdrawal
from practices.review import services
from practices.stages import stages_of
from tests.factories import review

pytestmark = pytest.mark.django_db


def stage(practice) -> tuple[str, str, str]:
    found = stages_of([PracticePage.objects.get(pk=practice.pk)])[practice.pk]
    return found.code, found.whose_turn, found.url


def ended(opened, verdict: str):
    for each in review.reviews_of(opened):
        review.finish(each, verdict, 3 if verdict == "accept" else 1)
    return PracticePage.objects.get(pk=opened.practice_id)


@pytest.fixture
def experts():
    return [review.expert() for _number in range(2)]


def test_a_draft_is_its_authors():
    practice = review.written()
    assert stage(practice) == ("draft", "author", f"/practices/{practice.pk}/")


def test_under_review_it_is_the_experts_turn(experts):
    opened = review.submitted()
    assert stage(opened.practice) == ("in_review", "experts", f"/reviews/of/{opened.practice_id}/")


def test_where_nobody_reads_it_is_the_coordinators_turn():
    opened = review.submitted()
    assert stage(opened.practice) == ("in_review", "coordinator", f"/reviews/of/{opened.practice_id}/")


def test_returned_it_is_the_authors_turn_until_submitted_again(experts):
    practice = ended(review.submitted(), "return")
    assert stage(practice) == ("returned", "author", f"/practices/{practice.pk}/")
    review.again(practice, title="Исправлено")
    assert stage(practice)[:2] == ("in_review", "experts")


def test_called_back_it_is_a_draft_again(experts):
    opened = review.submitted()
    services.call_back(practice=opened.practice, user=opened.submitted_by)
    assert stage(opened.practice)[:2] == ("draft", "author")


def test_rejected_it_is_nobodys_turn(experts):
    practice = ended(review.submitted(), "reject")
    assert stage(practice) == ("rejected", "", f"/reviews/of/{practice.pk}/")


def test_published_it_leads_to_its_page(experts):
    practice = ended(review.submitted(), "accept")
    assert stage(practice) == ("published", "", f"/bank/{practice.slug}/")


def test_a_new_version_goes_its_own_way_while_the_old_one_is_public(experts):
    practice = ended(review.submitted(), "accept")
    text = practice.get_latest_revision_as_object()
    text.title = "Новая версия"
    text.save_revision()
    assert stage(practice)[:2] == ("new_version", "author")
    second = services.open_round(practice=practice, user=practice.owner)
    found = stages_of([PracticePage.objects.get(pk=practice.pk)])[practice.pk]
    assert (found.code, found.is_public) == ("in_review", True)
    ended(second, "return")
    found = stages_of([PracticePage.objects.get(pk=practice.pk)])[practice.pk]
    assert (found.code, found.is_public, found.whose_turn) == ("returned", True, "author")


def test_withdrawn_it_stays_so(experts):
    practice = ended(review.submitted(), "accept")
    Withdrawal.objects.create(practice=practice, reason="Ошибка", by=practice.owner)
    assert stage(practice)[0] == "withdrawn"


def test_one_and_many_cost_the_same(experts):
    review.rules(monthly_cap=99)
    opened = review.submitted()
    one = [ended(opened, "accept")]
    practices = [
        *one,
        *(review.submitted().practice for _number in range(4)),
        *(review.written() for _number in range(4)),
    ]
    with CaptureQueriesContext(connection) as few:
        stages_of(one)
    with CaptureQueriesContext(connection) as many:
        assert len(stages_of(practices)) == 9
    # A second query asks for the due dates of what is open.
    assert len(many) - len(few) <= 1
