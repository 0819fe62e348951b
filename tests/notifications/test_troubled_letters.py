"""The coordinator sees letters that did not go, and settles each once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notifications import kinds
from notifications.models import Letter
from tests.factories import notifications as factory

pytestmark = pytest.mark.django_db
LETTERS = "/notifications/letters/"


@pytest.fixture
def theirs(client, coordinator):
    client.force_login(coordinator)
    return client


def test_refused_and_doubtful_letters_are_listed_and_no_others(theirs, coordinator, irina):
    refused = factory.letter(state="refused", attempts=8, error="550 5.1.1 No such person", recipient=irina)
    doubtful = factory.in_doubt()
    factory.letter()
    factory.letter(state="sent", sent_at="2026-11-22T10:00+10:00")
    factory.in_doubt(settled_at="2026-11-22T10:00+10:00", settled_by=coordinator)

    response = theirs.get(LETTERS)
    assert list(response.context["letters"]) == [doubtful, refused]
    page = response.content.decode()
    for words in (
        "550 5.1.1 No such person",
        "Почтовый сервер не принял письмо, сделано 8 попыток. Проверьте адрес.",
        "Берёзкина Ирина Алексеевна, irina@school.example",
        doubtful.message_id.strip("<>"),
    ):
        assert words in page, words


def test_pressed_twice_a_letter_is_settled_once(theirs, coordinator):
    again, left = factory.in_doubt(), factory.in_doubt()
    answers = []
    for name, letter in [("send_again", again), ("send_again", again), ("leave", left), ("leave", left)]:
        response = theirs.post(reverse(f"notifications:{name}", args=[letter.pk]), follow=True)
        answers.append([str(message) for message in response.context["messages"]])

    assert answers == [
        ["Письмо будет отправлено ещё раз."],
        ["С этим письмом уже разобрались."],
        ["Письмо оставлено как есть."],
        ["С этим письмом уже разобрались."],
    ]
    assert set(Letter.objects.values_list("pk", "state", "settled_by")) == {
        (again.pk, "waiting", coordinator.pk),
        (left.pk, "unknown", coordinator.pk),
    }


def test_a_letter_that_is_on_its_way_or_sent_cannot_be_settled(theirs):
    for letter in (factory.letter(), factory.letter(state="sent", sent_at="2026-11-22T10:00+10:00")):
        for name in ("send_again", "leave"):
            theirs.post(reverse(f"notifications:{name}", args=[letter.pk]))
        assert Letter.objects.filter(pk=letter.pk, state=letter.state, settled_by=None).exists()


def test_a_list_of_thirty_costs_as_many_queries_as_one_of_one(theirs, irina):
    factory.in_doubt(recipient=irina)
    theirs.get(LETTERS)
    with CaptureQueriesContext(connection) as few:
        theirs.get(LETTERS)
    for _number in range(29):
        factory.in_doubt(recipient=irina)
    with CaptureQueriesContext(connection) as many:
        assert len(theirs.get(LETTERS).context["letters"]) == 30
    assert len(many) == len(few)


def test_no_trouble_says_so(theirs):
    assert "Все письма отправлены" in theirs.get(LETTERS).content.decode()


def test_letters_are_counted_by_state_for_those_who_watch_the_portal(client):
    factory.in_doubt()
    factory.in_doubt()
    factory.letter()

    lines = client.get("/metrics").content.decode().splitlines()
    assert sorted(line for line in lines if line.startswith("imperia_letters{")) == [
        'imperia_letters{state="unknown"} 2.0',
        'imperia_letters{state="waiting"} 1.0',
    ]


def test_a_letter_about_a_review_does_not_tell_the_coordinator_of_which_practice(theirs):
    kinds.register(kinds.Kind("test.asked", "Просьба о рецензии", kinds.Group.REVIEWS))
    factory.in_doubt(kind="test.asked", subject="Вас просят прочесть «Тайное»")
    page = theirs.get(LETTERS).content.decode()
    assert ("Просьба о рецензии" in page, "Тайное" in page) == (True, False)
