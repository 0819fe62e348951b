"""What a reader with bad intentions, or a bad moment, tried upon the reviews."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from certificates.models import Certificate
from core.models import Subject
from moderation.models import ModerationAction
from practices.models import PracticeMaterial, PracticePage
from practices.models.review import RoundDeed
from practices.review import clock, services
from practices.review.heard import comments_for_author
from tests.factories import complaints, files, review
from tests.factories.accounts import UserFactory
from tests.factories.authoring import agree_to_distribution

pytestmark = pytest.mark.django_db

SECRET = "Раскладываем пуговицы."
NUL = "Отпуск\x00"


@pytest.fixture
def experts():
    return [review.expert() for _number in range(2)]


@pytest.fixture
def mine(experts):
    return review.reviews_of(review.submitted())[0]


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def read_url(which) -> str:
    return reverse("review:read", args=[which.pk])


@pytest.fixture
def public(experts):
    """A practice that two experts have accepted, whose author consents to its publication."""
    author = UserFactory(roles=["teacher"])
    agree_to_distribution(author)
    opened = services.decide(round=review.submitted(author), outcome="accepted", by=review.coordinator())
    return PracticePage.objects.get(pk=opened.practice_id)


def submits(practice) -> tuple[int, list[str]]:
    """What the author's page says to a press of «submit»."""
    url = reverse("authoring:submit", args=[practice.pk])
    client = client_of(practice.owner)
    answer = client.post(url, dict.fromkeys(client.get(url).context["form"].fields, "on"))
    return answer.status_code, answer.context["faults"]


def test_what_was_withdrawn_does_not_come_back_by_its_experts(public):
    client_of(public.owner).post(f"/practices/{public.pk}/withdraw/", {"reason": "Ошибка."})
    assert submits(public) == (422, [gettext("The practice is withdrawn: the coordinator can bring it back.")])
    assert not public.rounds.open().exists()


def test_what_moderators_hid_does_not_come_back_by_its_experts_until_they_restore_it(public):
    complaint = complaints.complaint(public)
    desk = client_of(review.coordinator())
    desk.post(f"/complaints/{complaint.pk}/hide/", {"reason": "Персональные данные"})
    assert ModerationAction.objects.get().action == "hide"
    assert submits(public) == (422, [gettext("The coordinator has hidden this practice: write to them.")])
    desk.post(f"/complaints/{complaint.pk}/restore/", {"reason": "Исправлено"})
    assert review.again(public, summary="Исправлено.").is_open


@pytest.mark.parametrize("how", ["declined", "replaced", "decided without it"])
def test_who_reads_it_no_more_sees_their_own_words_and_nothing_of_the_text(mine, how):
    client = client_of(mine.expert)
    client.post(read_url(mine), {"action": "save", "version": 0, "text": "Моё мнение", "comment-body": "К ходу урока"})
    if how == "declined":
        client.post(reverse("review:decline", args=[mine.pk]))
    elif how == "replaced":
        services.release(review=mine, by=None)
    else:
        services.decide(round=mine.round, outcome="accepted", by=review.coordinator())
    shown = client.get(read_url(mine))
    page = shown.content.decode()
    assert [words in page for words in ("Моё мнение", "К ходу урока", SECRET, "Ученики не чувствуют")] == [
        True,
        True,
        False,
        False,
    ]
    assert [name in shown.context for name in ("parts", "findings", "near", "changes")] == [False] * 4


@pytest.mark.parametrize("wrong", [{"version": "many"}, {"verdict": "publish"}, {"text": "о" * 10_001}])
def test_nonsense_sent_by_one_who_was_replaced_shows_nothing_of_the_text(mine, wrong):
    services.release(review=mine, by=None)
    answer = client_of(mine.expert).post(read_url(mine), {"version": 0, "comment-body": "Моё", **wrong})
    page = answer.content.decode()
    assert (answer.status_code, "Моё" in page, SECRET in page) == (200, True, False)


def test_who_declined_does_not_open_the_files(mine):
    document = files.document("Карточки.txt")
    practice = mine.round.practice
    services.call_back(practice=practice, user=practice.owner)
    text = practice.get_latest_revision_as_object()
    text.materials.add(PracticeMaterial(document=document))
    text.save_revision()
    again = review.reviews_of(review.again(practice))[0]
    client = client_of(again.expert)
    assert client.get(document.url).status_code == 200
    client.post(reverse("review:decline", args=[again.pk]))
    assert client.get(document.url).status_code == 404


def test_calling_back_does_not_show_the_first_verdict(mine):
    author = mine.round.submitted_by
    review.finish(mine, "reject", 0, text="Слабо.", comments={"body": "Здесь неверно"})
    services.call_back(practice=mine.round.practice, user=author)
    page = client_of(author).get(reverse("review:history", args=[mine.round.practice_id])).content.decode()
    assert ("Слабо." in page, "Здесь неверно" in page) == (False, False)
    assert comments_for_author(mine.round.practice) == {}


def test_what_was_said_before_a_call_back_is_still_heard(experts):
    opened = review.submitted()
    for each in review.reviews_of(opened):
        review.finish(each, "return", 1, text="Добавьте примеры.")
    again = review.again(opened.practice, summary="С примерами.")
    services.call_back(practice=again.practice, user=again.submitted_by)
    said = comments_for_author(again.practice)[""]
    assert [(line["text"], line["round"]) for line in said] == [("Добавьте примеры.", 1)] * 2


def test_a_reason_that_cannot_be_kept_is_refused_in_words(mine):
    client = client_of(mine.expert)
    for reason in (NUL, "о" * 501):
        answer = client.post(reverse("review:decline", args=[mine.pk]), {"reason": reason})
        assert (answer.status_code, bool(answer.context["decline_form"].errors)) == (422, True)
    mine.refresh_from_db()
    assert mine.state == "asked"
    services.decline(review=mine)
    assert client.post(reverse("review:decline", args=[mine.pk]), {"reason": NUL}).status_code == 302


def test_a_coordinators_reason_that_cannot_be_kept_is_refused_in_words(mine):
    address = reverse("review:release", args=[mine.round_id, mine.pk])
    answer = client_of(review.coordinator()).post(address, {"reason": NUL}, follow=True)
    mine.refresh_from_db()
    assert (answer.status_code, len(list(answer.context["messages"])), mine.state) == (200, 1, "asked")


def test_a_verdict_that_lacks_something_and_comes_to_a_review_just_taken_off_is_shown_back(mine):
    """Between the refusal of the verdict and the saving of what was typed the coordinator takes the review off."""
    taken = []

    def takes_off_after_the_refusal(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if sql.startswith("ROLLBACK TO SAVEPOINT") and not taken:
            taken.append(mine.pk)
            services.release(review=mine, by=None)
        return answer

    client = client_of(mine.expert)
    with connection.execute_wrapper(takes_off_after_the_refusal):
        answer = client.post(read_url(mine), {"action": "finish", "version": 0, "text": "Длинный отзыв"})
    mine.refresh_from_db()
    assert (taken, mine.state, answer.status_code) == ([mine.pk], "released", 200)
    assert "Длинный отзыв" in answer.content.decode()


def test_the_log_says_once_that_another_expert_is_needed_while_nobody_is_free(experts):
    opened = review.submitted()
    one, other = review.reviews_of(opened)
    review.finish(one, "accept", 3)
    review.finish(other, "reject", 0)
    for _hour in range(3):
        clock.look_after_reviews()
    assert opened.deeds.filter(deed=RoundDeed.Deed.ANOTHER).count() == 1
    third = review.expert()
    clock.look_after_reviews()
    assert [(each.expert, each.is_extra) for each in review.reviews_of(opened)] == [(third, True)]


def test_a_paper_of_a_practice_of_many_subjects_is_issued(mine):
    text = mine.round.revision
    names = [f"Предмет с очень длинным названием номер {number} и ещё слова" for number in range(20)]
    subjects = [Subject.objects.create(name=name, slug=f"long-{number}") for number, name in enumerate(names)]
    text.content["subjects"] = [subject.pk for subject in subjects]
    text.save(update_fields=["content"])
    review.finish(mine)
    title = Certificate.objects.get(kind="review", holder=mine.expert).title
    assert (len(title), title[-1]) == (500, "…")
