"""The coordinator's desk: what waits, what is decided, what is hidden, and the log of it all."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moderation import services, signals
from moderation.models import Complaint, ModerationAction
from moderation.tasks import forget_complainers
from tests.factories import complaints
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

QUEUE = "/complaints/"


def titles(desk, **query) -> list[str]:
    return [line.complaint.object_title for line in desk.get(QUEUE, query).context["lines"]]


def decide(desk, *made, state="upheld", answer="Исправили, спасибо."):
    data = {"complaints": [each.pk for each in made], "state": state, "answer": answer}
    return desk.post(f"{made[0].get_absolute_url()}decide/", data)


def hide(desk, made, reason="Данные детей"):
    return desk.post(f"{made.get_absolute_url()}hide/", {"reason": reason})


def restore(desk, made, reason="Данные убраны"):
    return desk.post(f"{made.get_absolute_url()}restore/", {"reason": reason})


def log(page) -> list[tuple]:
    return list(ModerationAction.objects.about(page).order_by("pk").values_list("action", "by", "reason"))


def test_one_line_an_object_and_the_longest_waiting_first(desk):
    old, new, done = complaints.page("Старая"), complaints.page("Новая"), complaints.page("Решённая")
    complaints.decided(done)
    complaints.complaint(old)
    complaints.complaint(new)
    complaints.complaint(old, reason="spam")
    assert titles(desk) == ["Старая", "Новая", "Решённая"]
    first = desk.get(QUEUE).context["lines"][0]
    assert (first.total, first.waiting, first.kind, first.is_hidden) == (2, 2, "страница", False)
    assert len(first.reasons) == 2


def test_the_queue_is_filtered(desk):
    complaints.complaint(complaints.page("Открытая"), reason="spam")
    complaints.decided(complaints.page("Решённая"), reason="insult")
    assert titles(desk, state="open") == ["Открытая"]
    assert titles(desk, state="decided") == ["Решённая"]
    assert titles(desk, reason="insult") == ["Решённая"]
    assert titles(desk, about="home.standardpage") == ["Открытая", "Решённая"]
    assert titles(desk, state="nonsense", reason="'", about="accounts.user", page="x") == ["Открытая", "Решённая"]


def test_an_empty_queue_says_so(desk):
    assert 'class="empty"' in desk.get(QUEUE).content.decode()


def test_the_queue_asks_as_often_for_thirty_objects_as_for_one(desk):
    complaints.complaint()
    desk.get(QUEUE)
    with CaptureQueriesContext(connection) as one:
        desk.get(QUEUE)
    for _number in range(29):
        complaints.complaint()
    with CaptureQueriesContext(connection) as thirty:
        page = desk.get(QUEUE)
    assert (len(page.context["lines"]), len(thirty)) == (30, len(one))


def test_the_queue_goes_on_over_pages(desk):
    for number in range(31):
        complaints.complaint(complaints.page(f"Страница {number}"))
    first = desk.get(QUEUE, {"state": "open"})
    second = desk.get(f"{QUEUE}{first.context['pager']['next_url']}")
    assert [line.complaint.object_title for line in second.context["lines"]] == ["Страница 30"]
    assert "state=open" in second.context["pager"]["previous_url"]


def test_a_complaint_asks_as_often_for_thirty_beside_it_as_for_none(desk):
    page = complaints.page()
    made = complaints.complaint(page)
    desk.get(made.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        desk.get(made.get_absolute_url())
    for _number in range(29):
        complaints.complaint(page)
    with CaptureQueriesContext(connection) as thirty:
        desk.get(made.get_absolute_url())
    assert len(thirty) == len(one)


def test_all_complaints_about_an_object_stand_together(desk):
    page = complaints.page("О портале", owner=UserFactory(last_name="Хозяинова"))
    first = complaints.complaint(page, text="Первая жалоба")
    complaints.complaint(page, text="Вторая жалоба", email="reader@mail.example")
    complaints.complaint(text="Чужая жалоба")
    shown = desk.get(first.get_absolute_url()).content.decode()
    said = ["Первая жалоба", "Вторая жалоба", "reader@mail.example", "Хозяинова", page.url]
    assert ([each for each in said if each not in shown], "Чужая жалоба" in shown) == ([], False)


def test_a_decision_answers_all_who_complained_and_is_logged(desk, coordinator):
    page = complaints.page()
    first, second = complaints.complaint(page), complaints.complaint(page, email="reader@mail.example")
    heard = []

    def hear(sender, complaint, **kwargs):
        heard.append((complaint.pk, complaint.complainer, complaint.email, complaint.answer))

    signals.complaint_answered.connect(hear)
    assert decide(desk, first, second).headers["Location"] == first.get_absolute_url()
    assert heard == [
        (first.pk, first.complainer, "", "Исправили, спасибо."),
        (second.pk, None, "reader@mail.example", "Исправили, спасибо."),
    ]
    states = Complaint.objects.values_list("state", "decided_by", "answer").distinct()
    assert list(states.order_by()) == [("upheld", coordinator.pk, "Исправили, спасибо.")]
    assert log(page) == [("uphold", coordinator.pk, "Исправили, спасибо.")] * 2


def test_each_complaint_may_get_an_answer_of_its_own(desk):
    page = complaints.page()
    first, second = complaints.complaint(page), complaints.complaint(page)
    decide(desk, first, state="upheld")
    decide(desk, second, state="dismissed", answer="Это не ошибка.")
    assert list(Complaint.objects.order_by("pk").values_list("state", flat=True)) == ["upheld", "dismissed"]


def test_a_second_press_sends_no_second_answer(desk):
    made = complaints.complaint()
    decide(desk, made)
    assert decide(desk, made, state="dismissed", answer="Нет").status_code == 302
    made.refresh_from_db()
    assert (made.state, made.answer, ModerationAction.objects.count()) == ("upheld", "Исправили, спасибо.", 1)


def test_a_complaint_about_another_object_is_not_decided_along(desk):
    made, other = complaints.complaint(), complaints.complaint()
    assert decide(desk, made, other).status_code == 200
    assert Complaint.objects.open().count() == 2


@pytest.mark.parametrize("wrong", [{"answer": " "}, {"state": "new"}, {"state": ""}])
def test_an_unfinished_decision_is_told_and_decides_nothing(desk, wrong):
    made = complaints.complaint()
    response = decide(desk, made, **wrong)
    assert (response.status_code, "error-summary" in response.content.decode()) == (200, True)
    assert Complaint.objects.open().count() == 1


def test_an_object_is_hidden_and_shown_again(desk, client, coordinator):
    page = complaints.page()
    made = complaints.complaint(page)
    assert client.get(page.url).status_code == 200
    hide(desk, made)
    assert client.get(page.url).status_code == 404
    assert desk.get(QUEUE).context["lines"][0].is_hidden is True
    assert "notice--warning" in desk.get(made.get_absolute_url()).content.decode()
    restore(desk, made)
    assert client.get(page.url).status_code == 200
    assert desk.get(QUEUE).context["lines"][0].is_hidden is False
    assert log(page) == [("hide", coordinator.pk, "Данные детей"), ("restore", coordinator.pk, "Данные убраны")]


def test_those_above_hear_of_hiding_and_showing(desk):
    page, heard = complaints.page(), []

    def hidden(sender, obj, action, **kwargs):
        heard.append(("hidden", sender, obj.pk, action.reason))

    def shown(sender, obj, action, **kwargs):
        heard.append(("shown", sender, obj.pk, action.reason))

    signals.object_hidden.connect(hidden)
    signals.object_restored.connect(shown)
    made = complaints.complaint(page)
    hide(desk, made)
    restore(desk, made)
    assert heard == [("hidden", type(page), page.pk, "Данные детей"), ("shown", type(page), page.pk, "Данные убраны")]


def test_a_second_press_hides_once(desk):
    made = complaints.complaint()
    hide(desk, made)
    assert hide(desk, made, "Ещё раз").status_code == 302
    assert restore(desk, made).status_code == 302
    assert restore(desk, made).status_code == 302
    assert list(ModerationAction.objects.order_by("pk").values_list("action", flat=True)) == ["hide", "restore"]


def test_nothing_is_hidden_without_a_reason(desk, client):
    page = complaints.page()
    response = hide(desk, complaints.complaint(page), "")
    assert (response.status_code, "error-summary" in response.content.decode()) == (200, True)
    assert client.get(page.url).status_code == 200


def test_what_fails_to_hide_leaves_no_line_in_the_log(coordinator):
    page = complaints.page()
    made = complaints.complaint(page)

    def fail(sender, obj, **kwargs):
        raise RuntimeError

    signals.object_hidden.connect(fail)
    with pytest.raises(RuntimeError):
        services.hide(complaint=made, by=coordinator, reason="Данные детей")
    signals.object_hidden.disconnect(fail)
    page.refresh_from_db()
    assert (page.live, log(page)) == (True, [])


def test_complaints_about_what_is_deleted_are_answered_all_the_same(desk):
    page = complaints.page("Удалённая")
    made = complaints.complaint(page)
    page.delete()
    shown = desk.get(made.get_absolute_url()).content.decode()
    assert ("Удалённая" in shown, "/hide/" in shown) == (True, False)
    assert hide(desk, made).status_code == 302
    decide(desk, made)
    made.refresh_from_db()
    assert (made.state, titles(desk)) == ("upheld", ["Удалённая"])


def test_the_log_is_only_added_to(desk):
    made = complaints.complaint()
    hide(desk, made)
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        ModerationAction.objects.update(reason="Так вышло")
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        ModerationAction.objects.get().delete()


def test_a_moderator_who_is_erased_leaves_the_log(desk, coordinator):
    made = complaints.complaint()
    hide(desk, made)
    decide(desk, made)
    coordinator.delete()
    assert list(ModerationAction.objects.order_by("pk").values_list("action", "by")) == [
        ("hide", None),
        ("uphold", None),
    ]


def test_texts_of_complaints_are_words(desk):
    made = complaints.complaint(text="<script>alert(1)</script>")
    assert "<script>alert" not in desk.get(made.get_absolute_url()).content.decode()


@pytest.mark.parametrize("pk", [999_999, 99_999_999_999_999_999_999])
def test_no_such_complaint(desk, pk):
    assert desk.get(f"/complaints/{pk}/").status_code == 404


def test_addresses_of_visitors_are_forgotten_a_month_after_the_answer():
    fresh, old = (complaints.decided(email=f"{name}@mail.example") for name in ("fresh", "old"))
    waiting = complaints.complaint(email="waiting@mail.example")
    a_month_ago = timezone.now() - timedelta(days=31)
    Complaint.objects.filter(pk__in=[old.pk, waiting.pk]).update(created_at=a_month_ago)
    Complaint.objects.filter(pk=old.pk).update(decided_at=a_month_ago)
    forget_complainers(timestamp=0)
    kept = Complaint.objects.exclude(email="").order_by("email").values_list("email", flat=True)
    assert list(kept) == [fresh.email, waiting.email]
