"""A round from its opening to its end."""

import pytest
from wagtail.models import Page, PageLogEntry, WorkflowState

from certificates.models import Certificate
from notifications.models import Notification
from practices.models import PracticePage, Review, Round
from practices.review import services
from practices.review.heard import comments_for_author, is_best, round_score
from practices.signals import practice_published
from tests.factories import pages, review
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
Outcome = Round.Outcome


@pytest.fixture
def experts():
    return [review.expert() for _number in range(3)]


@pytest.fixture
def heard_of_publication():
    heard = []

    def hear(practice, round, **kwargs):  # noqa: A002 - the signal's word
        heard.append((practice.pk, round and round.number))

    practice_published.connect(hear)
    yield heard
    practice_published.disconnect(hear)


def told(person) -> list[str]:
    return list(Notification.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def state_of(practice) -> str | None:
    last = WorkflowState.objects.filter(object_id=str(practice.pk)).order_by("pk").last()
    return last and last.status


def test_a_submitted_practice_is_read_by_two_experts(experts):
    opened = review.submitted()
    assert (opened.number, opened.is_open, opened.revision) == (1, True, opened.practice.latest_revision)
    assert [each.expert for each in review.reviews_of(opened)] == experts[:2]
    assert state_of(opened.practice) == WorkflowState.STATUS_IN_PROGRESS
    assert [told(person) for person in experts] == [["reviews.asked"], ["reviews.asked"], []]


def test_a_second_press_of_submit_changes_nothing(experts):
    opened = review.submitted()
    with pytest.raises(services.AlreadyUnderReview):
        services.open_round(practice=opened.practice, user=opened.submitted_by)
    assert Round.objects.count() == 1
    assert Review.objects.count() == 2


def test_what_could_not_be_published_is_not_submitted(experts):
    practice = review.written()
    practice.results = ""
    practice.save_revision(clean=False)
    with pytest.raises(services.NotReady) as refusal:
        services.open_round(practice=practice, user=practice.owner)
    assert list(refusal.value.faults) == ["results"]
    assert Round.objects.count() == 0


def test_two_who_accept_publish_the_practice_under_its_lasting_address(experts, heard_of_publication):
    opened = review.submitted(title="Остаток — не ошибка")
    one, other = review.reviews_of(opened)
    review.finish(one)
    assert not PracticePage.objects.get(pk=opened.practice_id).live
    review.finish(other)
    practice = PracticePage.objects.get(pk=opened.practice_id)
    opened.refresh_from_db()
    assert (practice.live, practice.slug, practice.has_unpublished_changes) == (True, "ostatok-ne-oshibka", False)
    assert practice.live_revision_id == opened.revision_id
    assert (opened.outcome, opened.decided_by) == (Outcome.ACCEPTED, None)
    assert state_of(practice) == WorkflowState.STATUS_APPROVED
    assert heard_of_publication == [(practice.pk, 1)]


def test_practices_of_one_title_get_different_addresses(experts):
    for _number in range(2):
        opened = review.submitted(title="Устный счёт")
        for each in review.reviews_of(opened):
            review.finish(each)
    slugs = PracticePage.objects.filter(title="Устный счёт").order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["ustnyi-schet", "ustnyi-schet-2"]


def test_exactly_the_text_that_was_read_goes_out_and_a_newer_draft_stays(experts):
    opened = review.submitted(title="Прочитано")
    newer = opened.practice.get_latest_revision_as_object()
    newer.title = "Новее"
    newer.save_revision()
    for each in review.reviews_of(opened):
        review.finish(each)
    practice = PracticePage.objects.get(pk=opened.practice_id)
    assert (practice.title, practice.has_unpublished_changes) == ("Прочитано", True)
    draft = practice.get_latest_revision_as_object()
    assert (draft.title, draft.slug) == ("Новее", "prochitano")


def test_the_last_expert_needs_no_right_to_publish_and_is_not_named_in_the_admins_log(experts):
    opened = review.submitted()
    for each in review.reviews_of(opened):
        review.finish(each)
    people = PageLogEntry.objects.filter(page=opened.practice_id, user__in=experts)
    assert people.count() == 0
    assert opened.task_state.__class__.objects.get(pk=opened.task_state_id).finished_by is None
    assert [deed.deed for deed in opened.deeds.all()] == ["opened", "asked", "asked", "finished", "finished", "decided"]


def test_a_returned_practice_waits_for_its_author_who_hears_what_was_said(experts):
    opened = review.submitted()
    one, other = review.reviews_of(opened)
    review.finish(one, points=2)
    review.finish(other, "return", 1, text="Покажите работы.", comments={"results": "Сколько было ошибок?"})
    opened.refresh_from_db()
    assert opened.outcome == Outcome.RETURNED
    assert state_of(opened.practice) == WorkflowState.STATUS_NEEDS_CHANGES
    assert not Page.objects.get(pk=opened.practice_id).live
    assert told(opened.submitted_by) == ["reviews.decision"]
    said = {
        section: [(line["round"], line["verdict"], line["text"]) for line in lines]
        for section, lines in comments_for_author(opened.practice).items()
    }
    assert said == {
        "": [(1, "accept", "Спасибо, ясно и по делу."), (1, "return", "Покажите работы.")],
        "results": [(1, "return", "Сколько было ошибок?")],
    }


def test_the_author_hears_nothing_before_the_end_of_the_round(experts):
    opened = review.submitted()
    review.finish(review.reviews_of(opened)[0], "return", comments={"results": "Мало."})
    assert comments_for_author(opened.practice) == {}
    assert told(opened.submitted_by) == []


def test_a_corrected_practice_goes_to_the_same_experts(experts):
    opened = review.submitted()
    first = [each.expert for each in review.reviews_of(opened)]
    for each in review.reviews_of(opened):
        review.finish(each, "return", 1)
    second = review.again(opened.practice, title="Исправлено")
    assert (second.number, second.revision.content["title"]) == (2, "Исправлено")
    assert [each.expert for each in review.reviews_of(second)] == first
    assert WorkflowState.objects.filter(object_id=str(opened.practice_id)).count() == 1


def test_two_who_reject_end_it(experts):
    opened = review.submitted()
    for each in review.reviews_of(opened):
        review.finish(each, "reject", 0)
    opened.refresh_from_db()
    assert opened.outcome == Outcome.REJECTED
    assert state_of(opened.practice) == WorkflowState.STATUS_CANCELLED
    assert told(opened.submitted_by) == ["reviews.decision"]


def test_experts_who_disagree_call_a_third_once(experts):
    opened = review.submitted()
    one, other = review.reviews_of(opened)
    review.finish(one, "accept", 3)
    review.finish(other, "reject", 0)
    (third,) = review.reviews_of(opened)
    assert (third.expert, third.is_extra) == (experts[2], True)
    review.finish(third, "accept", 2)
    opened.refresh_from_db()
    assert opened.outcome == Outcome.ACCEPTED
    assert opened.reviews.count() == 3


def test_each_expert_gets_a_paper_and_learns_the_outcome(experts):
    opened = review.submitted()
    for each in review.reviews_of(opened):
        review.finish(each)
    assert [told(person) for person in experts[:2]] == [["reviews.asked", "reviews.outcome"]] * 2
    papers = Certificate.objects.filter(kind="review").order_by("pk")
    assert [paper.holder for paper in papers] == experts[:2]
    assert all(opened.practice.title not in paper.title for paper in papers)


@pytest.mark.parametrize(("points", "is_the_best"), [(3, True), (2, False)])
def test_strong_accord_makes_a_best_practice(experts, points, is_the_best):
    opened = review.submitted()
    for each in review.reviews_of(opened):
        review.finish(each, points=points)
    opened.refresh_from_db()
    assert (round_score(opened), is_best(opened)) == (points, is_the_best)


def test_a_verdict_given_twice_counts_once(experts):
    opened = review.submitted()
    one = review.reviews_of(opened)[0]
    review.finish(one)
    with pytest.raises(services.NotYours):
        review.finish(one, "reject")
    one.refresh_from_db()
    assert (one.verdict, Certificate.objects.count()) == ("accept", 1)


def test_a_verdict_after_the_end_changes_nothing(experts):
    opened = review.submitted()
    one, _other = review.reviews_of(opened)
    services.decide(round=opened, outcome=Outcome.RETURNED, by=review.coordinator(), note="Уточните цель.")
    with pytest.raises(services.RoundClosed):
        review.finish(one)
    one.refresh_from_db()
    assert (one.state, one.verdict) == ("released", "")


def test_a_verdict_says_all_that_it_lacks(experts):
    opened = review.submitted()
    one = review.reviews_of(opened)[0]
    with pytest.raises(services.Incomplete) as refusal:
        services.finish_review(review=one, version=0, data=services.Written(verdict="return"))
    names = [*(f"points-{key}" for key in review.judgement().points), "text"]
    assert list(refusal.value.lacks) == names


def test_the_author_calls_it_back_and_the_experts_are_told(experts):
    opened = review.submitted()
    closed = services.call_back(practice=opened.practice, user=opened.submitted_by)
    assert closed.outcome == Outcome.CALLED_BACK
    assert state_of(opened.practice) == WorkflowState.STATUS_CANCELLED
    assert [told(person) for person in experts[:2]] == [["reviews.asked", "reviews.reassigned"]] * 2
    assert told(opened.submitted_by) == []
    with pytest.raises(services.NotUnderReview):
        services.call_back(practice=opened.practice, user=opened.submitted_by)
    assert review.again(opened.practice, title="Лучше").number == 2


def test_a_coordinator_decides_once(experts):
    opened = review.submitted()
    boss = review.coordinator()
    services.decide(round=opened, outcome=Outcome.ACCEPTED, by=boss)
    with pytest.raises(services.RoundClosed):
        services.decide(round=opened, outcome=Outcome.REJECTED, by=boss, note="Нет.")
    opened.refresh_from_db()
    assert (opened.outcome, opened.decided_by) == (Outcome.ACCEPTED, boss)
    entry = PageLogEntry.objects.get(page=opened.practice_id, action="wagtail.publish")
    assert entry.user == boss
    assert is_best(opened) is False


@pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.REJECTED])
def test_a_coordinator_says_why(experts, outcome):
    opened = review.submitted()
    with pytest.raises(services.NoteNeeded):
        services.decide(round=opened, outcome=outcome, by=review.coordinator(), note=" ")
    opened.refresh_from_db()
    assert opened.is_open


def test_a_new_version_is_reviewed_while_the_old_one_is_public(experts):
    opened = review.submitted(title="Первая")
    for each in review.reviews_of(opened):
        review.finish(each)
    practice = PracticePage.objects.get(pk=opened.practice_id)
    second = review.again(practice, title="Вторая")
    practice.refresh_from_db()
    assert (practice.title, practice.live) == ("Первая", True)
    for each in review.reviews_of(second):
        review.finish(each)
    practice = PracticePage.objects.get(pk=practice.pk)
    assert (practice.title, practice.slug) == ("Вторая", "pervaia")


def test_a_practice_is_deleted_with_its_rounds(experts):
    opened = review.submitted()
    review.finish(review.reviews_of(opened)[0])
    Page.objects.get(pk=opened.practice_id).delete()
    assert (Round.objects.count(), Review.objects.count()) == (0, 0)


def test_a_text_that_was_read_is_kept_when_old_revisions_are_purged(experts, capsys):
    from django.core.management import call_command  # noqa: PLC0415

    opened = review.submitted()
    for each in review.reviews_of(opened):
        review.finish(each, "return", 1)
    for title in ("Ещё", "И ещё"):
        text = opened.practice.get_latest_revision_as_object()
        text.title = title
        text.save_revision()
    call_command("purge_revisions")
    assert Round.objects.get().revision == opened.revision


def test_a_publication_without_review_is_told_of_too(heard_of_publication):
    practice = pages.draft(title="Редактор", summary="С", body=[{"type": "prose", "value": "<p>Т</p>"}])
    practice.save_revision().publish(user=UserFactory(is_superuser=True))
    assert heard_of_publication == [(practice.pk, None)]
