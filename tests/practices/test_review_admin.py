"""The same decisions from Wagtail's admin, and what the coordinator sets there."""

import pytest
from django.urls import reverse
from wagtail.models import Page, WorkflowPage, WorkflowState

from practices.models import Criterion, PracticePage, Round
from practices.review import services
from practices.review.errors import NotDecided
from practices.review.workflow import ensure_workflow
from tests.factories import pages, review
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    person = review.coordinator()
    client.force_login(person)
    return person


def act(client, opened: Round, action: str, **data):
    address = reverse("wagtailadmin_pages:workflow_action", args=[opened.practice_id, action, opened.task_state_id])
    return client.post(address, data)


def test_a_new_bank_has_its_workflow_and_one_only():
    bank = pages.bank_page()
    binding = WorkflowPage.objects.get(page=bank)
    assert ensure_workflow() == binding.workflow == ensure_workflow()
    assert [type(task.specific).__name__ for task in binding.workflow.tasks] == ["ReviewTask"]


def test_the_coordinator_accepts_in_the_admin(boss, client):
    opened = review.submitted()
    act(client, opened, "approve", comment="")
    opened.refresh_from_db()
    assert (opened.outcome, opened.decided_by) == ("accepted", boss)
    assert PracticePage.objects.get(pk=opened.practice_id).live


@pytest.mark.parametrize(("action", "outcome"), [("return", "returned"), ("reject", "rejected")])
def test_the_coordinator_returns_and_rejects_in_the_admin_with_a_word(boss, client, action, outcome):
    opened = review.submitted()
    act(client, opened, action, comment="")
    opened.refresh_from_db()
    assert opened.is_open
    act(client, opened, action, comment="Уточните цель.")
    opened.refresh_from_db()
    assert (opened.outcome, opened.note) == (outcome, "Уточните цель.")


def test_a_stale_second_approval_changes_nothing_and_leads_to_who_decided(boss, client):
    opened = review.submitted()
    task = opened.task_state.task.specific
    services.decide(round=opened, outcome="returned", by=review.coordinator(), note="Нет.")
    stale = opened.task_state.specific
    assert task.on_action(stale, boss, "approve") == reverse("review:round", args=[opened.pk])
    opened.refresh_from_db()
    assert opened.outcome == "returned"
    assert not PracticePage.objects.get(pk=opened.practice_id).live


def test_an_approval_past_the_review_publishes_nothing():
    opened = review.submitted()
    with pytest.raises(NotDecided):
        opened.task_state.specific.approve(user=review.coordinator())
    assert Round.objects.get(pk=opened.pk).is_open
    assert not PracticePage.objects.get(pk=opened.practice_id).live


@pytest.mark.parametrize("role", ["editor", "expert"])
def test_others_get_no_buttons_of_decision(client, role):
    opened = review.submitted()
    client.force_login(UserFactory(roles=[role]))
    act(client, opened, "approve", comment="")
    assert Round.objects.get(pk=opened.pk).is_open


def test_a_coordinator_does_not_decide_on_their_own_practice(boss, client):
    opened = review.submitted(boss)
    act(client, opened, "approve", comment="")
    assert Round.objects.get(pk=opened.pk).is_open


def test_the_text_is_locked_for_everybody_while_it_is_read(boss, client):
    opened = review.submitted()
    page = Page.objects.get(pk=opened.practice_id).specific
    assert page.get_lock().for_user(boss)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_the_admins_own_cancel_closes_the_round(boss):
    opened = review.submitted()
    opened.practice.current_workflow_state.cancel(user=boss)
    opened.refresh_from_db()
    assert opened.outcome == "called_back"


def test_a_submission_in_the_admin_is_a_round_too(boss):
    review.expert()
    practice = review.written()
    practice.get_workflow().start(practice, boss)
    opened = practice.rounds.get()
    assert (opened.submitted_by, opened.reviews.count()) == (boss, 1)
    assert WorkflowState.objects.get(object_id=str(practice.pk)).requested_by is None


def test_the_rubric_is_there_and_is_edited_in_the_admin(boss, client):
    assert [each.code for each in Criterion.objects.all()] == [
        "relevance",
        "method",
        "evidence",
        "transfer",
        "clarity",
    ]
    listing = reverse("wagtailsnippets_practices_criterion:list")
    assert client.get(listing).status_code == 200
    first = Criterion.objects.first()
    fields = {f"level_{points}": f"Уровень {points}" for points in range(4)}
    data = {"title": "Новизна", "question": "Что нового?", "order": 5, "code": "novelty", "is_active": "on", **fields}
    client.post(reverse("wagtailsnippets_practices_criterion:edit", args=[first.pk]), data)
    assert Criterion.objects.get(pk=first.pk).title == "Новизна"


def test_a_criterion_that_was_used_is_not_deleted(boss, client):
    review.expert()
    review.finish(review.reviews_of(review.submitted())[0])
    used = Criterion.objects.first()
    address = reverse("wagtailsnippets_practices_criterion:delete", args=[used.pk])
    assert client.post(address).url == reverse("wagtailsnippets_practices_criterion:list")
    assert Criterion.objects.filter(pk=used.pk).exists()


def test_the_settings_are_edited_in_the_admin(boss, client):
    address = reverse("wagtailsettings:edit", args=["practices", "reviewsettings", review.rules().pk])
    values = {"experts": 3, "days": 7, "remind_before": 2, "monthly_cap": 5, "gap": 2, "best_from": "2.50"}
    client.post(address, values)
    assert (review.rules().experts, review.rules().days, review.rules().shows_experts) == (3, 7, False)
