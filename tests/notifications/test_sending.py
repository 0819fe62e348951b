"""Letters go to a real mail server, which takes, refuses, and breaks off at each point of the talk."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from notifications.models import Letter
from notifications.sending import ATTEMPTS, PAUSES, forget, send, sweep
from notifications.services import settling
from tests.factories import notifications as factory

pytestmark = pytest.mark.django_db


def attempt(letter: Letter) -> Letter:
    """The letter after an attempt now, whatever pause it was to keep."""
    Letter.objects.filter(pk=letter.pk, state="waiting").update(next_try=timezone.now())
    send(letter.pk)
    letter.refresh_from_db()
    return letter


def asked_for() -> list[int]:
    found = ProcrastinateJob.objects.filter(task_name="notifications.tasks.send_letter", status="todo")
    return [job.args["letter_id"] for job in found.order_by("pk")]


def test_a_letter_arrives_whole(mail_server):
    letter = attempt(factory.letter())

    (taken,) = mail_server.taken
    assert (letter.state, letter.attempts, letter.error) == ("sent", 1, "")
    assert taken.to == ["irina@school.example"]
    headers = ["Subject", "To", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted"]
    assert [taken.letter[name] for name in headers] == [
        "Практика принята",
        "irina@school.example",
        letter.message_id,
        f"<{letter.unsubscribe_url}>",
        "List-Unsubscribe=One-Click",
        "auto-generated",
    ]
    plain, html = taken.letter.iter_parts()
    assert plain.get_content().splitlines() == ["Здравствуйте!", "", ".Строка с точкой"]
    assert html.get_content().strip() == "<p>Здравствуйте!</p>"


def test_a_sent_letter_is_not_sent_again(mail_server):
    letter = attempt(factory.letter())
    send(letter.pk)

    assert len(mail_server.taken) == 1


def test_a_letter_waits_for_its_time(mail_server):
    letter = factory.letter(next_try=timezone.now() + timedelta(minutes=1))
    send(letter.pk)

    assert mail_server.connections == 0


def test_a_deleted_letter_is_no_mistake(mail_server):
    send(10**9)

    assert mail_server.connections == 0


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        ("busy", "421 4.3.2 Too many connections"),
        ("greylist", "450 4.7.1 Come back later"),
        ("no such person", "550 5.1.1 No such person"),
        ("hang up at the address", "SMTPServerDisconnected: Connection unexpectedly closed"),
        ("hang up before the text", "SMTPServerDisconnected: Connection unexpectedly closed"),
        ("disk full", "452 4.3.1 No room"),
        ("spam", "554 5.7.1 Looks like spam"),
    ],
)
def test_what_the_server_has_not_taken_is_tried_again(mail_server, behaviour, error):
    mail_server.plan(behaviour)

    letter = attempt(factory.letter())
    assert (letter.state, letter.attempts, letter.error) == ("waiting", 1, error)
    assert letter.next_try > timezone.now()
    assert (attempt(letter).state, letter.attempts, letter.error) == ("sent", 2, "")
    assert len(mail_server.taken) == 1


def test_a_line_cut_in_the_midst_of_the_text_is_before_the_hand_over(mail_server):
    # Larger than all buffers on the way: part of it never leaves.
    mail_server.plan("hang up in the text")

    letter = attempt(factory.letter(text="слово " * 2_000_000))
    assert (letter.state, letter.attempts) == ("waiting", 1)


def test_a_server_that_is_away_is_tried_with_growing_pauses_then_the_letter_is_refused(mail_server, settings):
    settings.EMAIL_PORT = 1
    letter = factory.letter()
    pauses = []
    while attempt(letter).state == "waiting":
        pauses.append(round((letter.next_try - letter.claimed_at) / timedelta(minutes=1)))

    assert pauses == list(PAUSES)
    assert (letter.state, letter.attempts) == ("refused", ATTEMPTS)
    assert letter.error.startswith("ConnectionRefusedError")
    assert list(Letter.objects.troubled()) == [letter]


def test_an_address_that_does_not_exist_is_given_up_sooner(mail_server):
    mail_server.plan(*["no such person"] * 5)
    letter = factory.letter()
    while attempt(letter).state == "waiting":
        pass

    assert (letter.state, letter.attempts, mail_server.connections) == ("refused", 3, 3)


def test_an_address_that_cannot_be_is_refused_and_not_in_doubt(mail_server):
    letter = factory.letter(to="не адрес\n")
    while attempt(letter).state == "waiting":
        pass

    assert letter.state == "refused"
    assert mail_server.taken == []


def test_a_line_cut_after_the_last_dot_leaves_doubt_and_nothing_is_sent_twice(mail_server):
    mail_server.plan("hang up after the dot")

    letter = attempt(factory.letter())
    assert (letter.state, letter.attempts) == ("unknown", 1)
    send(letter.pk)
    sweep()
    assert asked_for() == []
    assert len(mail_server.taken) == 1
    assert list(Letter.objects.troubled()) == [letter]


def test_a_server_silent_after_the_last_dot_leaves_doubt(mail_server, settings):
    settings.EMAIL_TIMEOUT = 0.5
    mail_server.plan("silent after the dot")

    letter = attempt(factory.letter())
    assert (letter.state, len(mail_server.taken)) == ("unknown", 1)


def test_a_server_that_says_no_goodbye_has_the_letter_all_the_same(mail_server):
    mail_server.plan("no goodbye")

    assert attempt(factory.letter()).state == "sent"


def another_session() -> psycopg.Connection:
    """A connection of another worker."""
    parameters = {name: value for name, value in connection.get_connection_params().items() if name in PARAMETERS}
    return psycopg.connect(**parameters, autocommit=True)


PARAMETERS = {"dbname", "user", "password", "host", "port"}


def test_a_letter_whose_worker_lives_is_left_alone_and_one_whose_worker_is_gone_is_in_doubt(mail_server):
    letter = factory.letter(state="sending", claimed_at=timezone.now(), attempts=1)
    with another_session() as worker:
        worker.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"letter-{letter.pk}"])
        sweep()
        letter.refresh_from_db()
        assert letter.state == "sending"
        worker.execute("SELECT pg_advisory_unlock_all()")
    sweep()
    letter.refresh_from_db()

    assert (letter.state, letter.error) == (
        "unknown",
        "Отправка оборвалась: остановился рабочий процесс или база данных.",
    )
    send(letter.pk)
    assert mail_server.connections == 0


def test_a_letter_that_another_worker_holds_is_not_sent(mail_server):
    letter = factory.letter()
    with another_session() as worker:
        worker.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"letter-{letter.pk}"])
        send(letter.pk)
        assert mail_server.connections == 0
        worker.execute("SELECT pg_advisory_unlock_all()")
    assert attempt(letter).state == "sent"


def test_the_clock_asks_again_for_letters_whose_time_has_come(mail_server):
    now = timezone.now()
    due = factory.letter(attempts=1, next_try=now)
    forgotten = factory.letter(next_try=now - timedelta(minutes=6))
    factory.letter(next_try=now - timedelta(minutes=1))
    factory.letter(attempts=1, next_try=now + timedelta(minutes=1))
    factory.in_doubt()

    sweep()
    sweep()
    assert asked_for() == [forgotten.pk, due.pk]


def test_the_coordinator_sends_again_or_lets_be(mail_server, coordinator):
    again, left = factory.in_doubt(), factory.in_doubt()

    assert settling.send_again(letter=again, by=coordinator)
    assert not settling.send_again(letter=again, by=coordinator)
    assert settling.leave(letter=left, by=coordinator)
    assert not settling.leave(letter=left, by=coordinator)
    assert not settling.send_again(letter=left, by=coordinator)

    assert asked_for() == [again.pk]
    assert attempt(again).state == "sent"
    left.refresh_from_db()
    assert (left.state, left.settled_by) == ("unknown", coordinator)
    assert list(Letter.objects.troubled()) == []


def test_old_letters_that_need_nobody_are_forgotten():
    long_ago = timezone.now() - timedelta(days=91)
    factory.letter(state="sent", sent_at=long_ago)
    factory.in_doubt(settled_at=long_ago)
    kept = [
        factory.letter(state="sent", sent_at=timezone.now()),
        factory.in_doubt(created_at=long_ago),
        factory.letter(created_at=long_ago),
    ]

    forget()
    assert set(Letter.objects.all()) == set(kept)
