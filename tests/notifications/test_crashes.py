"""Killed at the worst moment, the worker leaves no letter sent twice and none without somebody knowing of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection

from notifications.models import Letter
from notifications.sending import send, sweep
from notifications.services import notify
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_jobs(transactional_db):
    """Jobs are no tables of Django's: what empties the database after a test leaves them."""
    forget = "TRUNCATE procrastinate_jobs, procrastinate_periodic_defers, procrastinate_workers CASCADE"
    with connection.cursor() as cursor:
        cursor.execute(forget)
    yield
    with connection.cursor() as cursor:
        cursor.execute(forget)


def start_worker(mail_server, var_dir, *options: str) -> subprocess.Popen:
    """A worker as production starts it, over the tests' database and mail server."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "imperia.settings.local",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(var_dir),
        "SECRET_KEY": settings.SECRET_KEY,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
        "LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "manage.py", "procrastinate", "worker", *options]
    return subprocess.Popen(command, cwd=settings.ROOT, env=environment)


def database_url() -> str:
    given = connection.get_connection_params()
    who = f"{given.get('user', '')}:{given.get('password', '')}"
    host, port = str(given.get("host", "")).replace("/", "%2F"), given.get("port", "")
    return f"postgres://{who}@{host}{f':{port}' if port else ''}/{given['dbname']}"


def until(fact: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "it has not happened"
        time.sleep(0.1)


def tell() -> Letter:
    person = UserFactory(email="irina@school.example")
    notify(recipients=[person], kind="decision", title="Практика принята", url="/practices/5/", key="round-1")
    return Letter.objects.get()


def test_killed_between_the_dot_and_the_answer_the_worker_leaves_doubt_and_no_second_letter(mail_server, tmp_path):
    mail_server.plan("silent after the dot")
    letter = tell()

    worker = start_worker(mail_server, tmp_path)
    assert mail_server.took.wait(60)
    sweep()
    letter.refresh_from_db()
    assert letter.state == "sending"

    worker.send_signal(signal.SIGKILL)
    assert worker.wait() == -signal.SIGKILL
    until(lambda: sweep() or Letter.objects.get().state == "unknown")

    again = start_worker(mail_server, tmp_path, "--one-shot")
    assert again.wait(60) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, len(mail_server.taken)) == ("unknown", 1, 1)


def test_killed_before_it_began_the_worker_leaves_the_letter_to_the_next_one(mail_server, tmp_path):
    letter = tell()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    Letter.objects.update(next_try=letter.created_at.replace(year=2020))

    worker = start_worker(mail_server, tmp_path)
    try:
        # The clock of the new worker asks for letters that have lost their job, within a minute.
        until(lambda: Letter.objects.get().state == "sent", 90)
    finally:
        worker.terminate()
        worker.wait(60)
    assert [taken.to for taken in mail_server.taken] == [["irina@school.example"]]


def test_a_database_lost_in_the_middle_makes_no_second_letter(mail_server):
    """The server answers after the worker's session was ended and the letter was taken for doubtful."""
    letter = tell()
    states = []

    def meanwhile():
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        with connection.cursor() as cursor:
            cursor.execute(f"{others} AND pid <> pg_backend_pid() AND backend_type = 'client backend'")
        until(lambda: sweep() or Letter.objects.get().state == "unknown")
        states.append(Letter.objects.get().state)
        connection.close()

    mail_server.plan(meanwhile)
    send(letter.pk)

    letter.refresh_from_db()
    assert states == ["unknown"]
    assert (letter.state, letter.attempts, len(mail_server.taken)) == ("sent", 1, 1)
