"""A newcomer's command: `make run`, whatever happened before."""

import os
import signal
import socket
import subprocess

import psycopg
import pytest

from imperia import embedded

from .portal import ROOT

pytestmark = pytest.mark.xdist_group("portal")


def steps(said: list[str]) -> list[str]:
    return [line.split()[1] for line in said if line.startswith("✓")]


def test_it_runs_is_killed_runs_again_and_stops(portal):
    embedded.start(portal.var_dir, durable=False)
    first, said = portal.run()
    assert [line.rstrip(":0123456789") for line in steps(said)] == ["database", "migrations", "static", "web"]
    assert portal.get("/healthz") == (200, b"ok\n")
    assert portal.get("/metrics")[0] == 200

    assert portal.call("run") == (0, f"The portal already runs: {portal.url}/   (make stop stops it)\n")

    portal.kill_everything()
    first.wait()
    assert portal.processes() == []
    second, said = portal.run()
    assert steps(said) == ["database", "web"]
    assert portal.get("/healthz") == (200, b"ok\n")

    os.kill(portal.pid("web"), signal.SIGKILL)
    assert next(line.strip() for line in second.stdout if line.strip()).startswith(
        "web ended (code -9), starting again in 1 s"
    )

    # A supervisor that dies leaves its people behind: the next one takes their place.
    second.kill()
    second.wait()
    third, said = portal.run()
    assert steps(said) == ["database", "web"]
    assert portal.get("/healthz") == (200, b"ok\n")

    third.send_signal(signal.SIGTERM)
    assert third.wait() == 0
    assert third.stdout.read().split() == ["Stopped."]
    assert portal.processes() == []
    assert portal.call("stop") == (0, "The portal does not run.\n")
    code, said = portal.call("status")
    assert (code, said.count("does not run")) == (0, 4)


def test_a_busy_port_is_one_line_that_says_what_to_do(portal):
    with socket.socket() as other:
        other.bind(("127.0.0.1", portal.port))
        other.listen()
        advice = f"choose another, as in PORT={portal.port + 1} make run"
        assert portal.call("run") == (
            1,
            f"CommandError: Port {portal.port} is taken by another program: {advice}\n",
        )
    assert portal.processes() == []


def test_a_port_that_is_none_is_one_line(portal):
    assert portal.call("run", PORT="70000") == (1, "CommandError: PORT must be between 1 and 65535, not 70000\n")


def test_a_database_of_ones_own_that_does_not_answer_is_one_line(portal):
    code, said = portal.call("run", DATABASE_URL="postgresql://imperia@127.0.0.1:9/imperia")
    assert code == 1
    assert said.startswith("CommandError: No connection to the database: ")
    assert said.count("\n") == 1


def test_reset_asks_and_keeps_the_backups(portal):
    embedded.start(portal.var_dir, durable=False)
    with psycopg.connect(embedded.url(portal.var_dir)) as connection:
        connection.execute("CREATE TABLE kept (number integer)")
    (portal.var_dir / "backups").mkdir()
    (portal.var_dir / "backups" / "imperia-20260901-030000.tar.gz").touch()
    code, said = portal.call("reset", answer="no\n")
    assert (code, said.splitlines()[-1].removeprefix("Type yes to go on: ")) == (
        1,
        "CommandError: Nothing was changed. In a script: YES=1",
    )
    assert (portal.var_dir / "postgres").exists()
    assert portal.call("reset", answer="yes\n")[0] == 0
    assert [path.name for path in portal.var_dir.iterdir() if path.name != "secret_key"] == ["backups"]
    assert portal.processes() == []


def test_make_knows_what_the_command_knows():
    said = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "restore", "a file.tar.gz"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 2
    said = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "restore", "FILE=a file.tar.gz", "YES=1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.splitlines()[-1] == '.venv/bin/python manage.py portal restore "a file.tar.gz" --yes'
    said = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "restore", "a.tar.gz"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert '.venv/bin/python manage.py portal restore "a.tar.gz" ' in said.stdout.splitlines()
