"""The coordinator's screen."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from practices.models import PracticePage
from practices.review import services
from tests.factories import review

pytestmark = pytest.mark.django_db
QUEUE = "/reviews/queue/"


@pytest.fixture
def boss(client):
    person = review.coordinator()
    client.force_login(person)
    return person


def rows(client) -> list[tuple]:
    shown = client.get(QUEUE).context["rows"]
    return [(row.title, row.missing, row.is_late, len(row.reviews), row.is_own) for row in shown]


def test_what_nobody_reads_comes_first_then_what_is_late(boss, client):
    review.rules(experts=1, monthly_cap=2)
    review.expert()
    review.submitted(title="Читают")
    late = review.submitted(title="Опаздывает")
    late.reviews.update(due_at=timezone.now() - timedelta(days=1))
    review.submitted(title="Никто")
    assert rows(client) == [
        ("Никто", 1, False, 0, False),
        ("Опаздывает", 0, True, 1, False),
        ("Читают", 0, False, 1, False),
    ]


def test_a_coordinator_does_not_see_who_reads_their_own_practice(boss, client):
    review.rules(experts=1)
    expert = review.expert(last_name="Тайнова")
    opened = review.submitted(boss, title="Своя")
    assert rows(client) == [("Своя", 0, False, 0, True)]
    assert client.get(reverse("review:round", args=[opened.pk])).status_code == 404
    assert opened.reviews.get().expert == expert


def test_a_coordinator_whose_own_work_is_read_sees_no_loads(boss, client):
    opened = review.submitted(boss)
    context = client.get(QUEUE).context
    assert (context["loads"], context["hides_loads"]) == ([], True)
    services.call_back(practice=opened.practice, user=boss)
    assert client.get(QUEUE).context["hides_loads"] is False


def test_loads_of_experts_stand_beside(boss, client):
    review.rules(experts=1, monthly_cap=1)
    busy, free = review.expert(), review.expert()
    review.submitted()
    loads = [
        (load.expert, load.reading_now, load.this_month, load.is_full) for load in client.get(QUEUE).context["loads"]
    ]
    assert loads == [(free, 0, 0, False), (busy, 1, 1, True)]


def test_one_and_thirty_rounds_cost_the_same(boss, client):
    review.rules(monthly_cap=99)
    for _number in range(2):
        review.expert()
    review.submitted()
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as one:
        client.get(QUEUE)
    for _number in range(8):
        review.submitted()
        review.expert()
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(QUEUE).context["rows"]) == 9
    assert len(many) == len(one)


def test_the_coordinator_asks_moves_takes_off_and_decides(boss, client):
    review.rules(experts=1)
    review.expert()
    opened = review.submitted()
    mine = review.reviews_of(opened)[0]
    second = review.expert()
    page = reverse("review:round", args=[opened.pk])
    assert client.post(f"{page}assign/", {"expert": second.pk}).url == page
    assert [each.expert for each in review.reviews_of(opened)] == [mine.expert, second]
    day = timezone.localdate() + timedelta(days=20)
    client.post(f"{page}{mine.pk}/move/", {"due_on": day.isoformat()})
    mine.refresh_from_db()
    assert timezone.localdate(mine.due_at) == day
    client.post(f"{page}{mine.pk}/release/", {"reason": "Спасибо"})
    assert [each.expert for each in review.reviews_of(opened)] == [second]
    assert client.post(f"{page}decide/", {"outcome": "accepted"}).url == page
    assert PracticePage.objects.get(pk=opened.practice_id).live
    assert client.get(page).status_code == 200


def test_a_second_decision_says_that_nothing_has_changed(boss, client):
    opened = review.submitted()
    page = reverse("review:round", args=[opened.pk])
    for outcome in ("accepted", "rejected"):
        answer = client.post(f"{page}decide/", {"outcome": outcome, "note": "Пояснение"}, follow=True)
        assert answer.status_code == 200
    opened.refresh_from_db()
    assert opened.outcome == "accepted"
    assert [str(message.level_tag) for message in answer.context["messages"]] == ["info"]


@pytest.mark.parametrize("day", ["2020-01-01", "9999-12-31", "завтра", ""])
def test_a_date_that_makes_no_sense_moves_nothing(boss, client, day):
    review.expert()
    opened = review.submitted()
    mine = review.reviews_of(opened)[0]
    client.post(f"/reviews/queue/{opened.pk}/{mine.pk}/move/", {"due_on": day})
    assert opened.reviews.get().due_at == mine.due_at


@pytest.mark.parametrize("expert", ["", "0", "много", "9" * 30])
def test_a_guessed_expert_is_refused(boss, client, expert):
    opened = review.submitted()
    answer = client.post(f"/reviews/queue/{opened.pk}/assign/", {"expert": expert})
    assert (answer.status_code, opened.reviews.count()) == (422, 0)
