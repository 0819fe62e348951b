"""The embedded PostgreSQL: it comes up again however it went down."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from imperia import embedded

pytestmark = pytest.mark.xdist_group("embedded")


@pytest.fixture
def var_dir(tmp_path):
    yield tmp_path / "var"
    embedded.stop(tmp_path / "var")


def ask(var_dir: Path, query: str):
    with psycopg.connect(embedded.url(var_dir), autocommit=True) as connection:
        return connection.execute(query).fetchall()


def processes_of(var_dir: Path) -> list[int]:
    return list(embedded._orphans(var_dir / "postgres"))


def test_it_starts_once_answers_and_stops(var_dir):
    assert embedded.status(var_dir) is None
    assert embedded.start(var_dir) is True
    assert embedded.start(var_dir) is False
    assert ask(var_dir, "SELECT current_database(), current_setting('fsync'), current_setting('listen_addresses')") == [
        ("imperia", "on", "")
    ]
    assert embedded.stop(var_dir) is True
    assert processes_of(var_dir) == []
    assert embedded.stop(var_dir) is False


def test_it_knows_russian_capitals_and_trigrams(var_dir):
    embedded.start(var_dir)
    with psycopg.connect(embedded.url(var_dir), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent; CREATE EXTENSION vector")
    assert ask(var_dir, "SELECT lower('ЁЖ'), 'Привет' ILIKE 'ПРИВЕТ', similarity('урок', 'урок'), unaccent('ёж')") == [
        ("ёж", True, 1.0, "еж")
    ]


def test_killed_with_all_its_processes_it_comes_up_with_what_it_acknowledged(var_dir):
    embedded.start(var_dir)
    with psycopg.connect(embedded.url(var_dir), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (number integer)")
        connection.execute("INSERT INTO kept VALUES (1)")
        for pid in processes_of(var_dir):
            os.kill(pid, signal.SIGKILL)
    assert embedded.start(var_dir) is True
    assert ask(var_dir, "SELECT number FROM kept") == [(1,)]


def test_a_busy_process_that_outlives_the_killed_server_is_in_nobodys_way(var_dir):
    embedded.start(var_dir)
    busy = psycopg.connect(embedded.url(var_dir))
    os.kill(busy.info.backend_pid, signal.SIGSTOP)
    os.kill(embedded.status(var_dir), signal.SIGKILL)
    assert embedded.start(var_dir) is True
    assert ask(var_dir, "SELECT 1") == [(1,)]


def test_a_pid_that_another_process_got_is_not_believed(var_dir):
    embedded.start(var_dir)
    embedded.stop(var_dir)
    with subprocess.Popen(
        ["setpriv", "--reuid=nobody", "--clear-groups", "sleep", "60"] if os.geteuid() == 0 else ["sleep", "60"]
    ) as stranger:
        (var_dir / "run" / "postgres.pid.json").write_text(json.dumps({"pid": stranger.pid, "born": "earlier"}))
        (var_dir / "postgres" / "postmaster.pid").write_text(f"{stranger.pid}\n{var_dir / 'postgres'}\n1\n5432\n\n\n")
        lock = embedded.socket_dir(var_dir) / ".s.PGSQL.5432.lock"
        lock.write_text(f"{stranger.pid}\n{var_dir / 'postgres'}\n1\n5432\n\n")
        assert embedded.stop(var_dir) is False
        assert embedded.start(var_dir) is True
        assert stranger.poll() is None
        stranger.kill()


def test_two_that_start_at_once_share_one_server(var_dir):
    code = (
        "import sys; from pathlib import Path; from imperia import embedded; print(embedded.start(Path(sys.argv[1])))"
    )
    site = str(Path(embedded.__file__).parents[1])
    pair = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(var_dir)],
            env=os.environ | {"PYTHONPATH": site},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    assert sorted(each.communicate()[0].strip() for each in pair) == ["False", "True"]
    assert ask(var_dir, "SELECT 1") == [(1,)]


@pytest.mark.parametrize("name", ["Империя школ, it's «ours»", "very-long-" * 12])
def test_any_directory_name_will_do(tmp_path, name):
    # Closed to others as well, as /root and what mktemp makes are.
    tmp_path.chmod(0o700)
    var_dir = tmp_path / name / "var"
    embedded.start(var_dir)
    try:
        assert ask(var_dir, "SELECT 1") == [(1,)]
    finally:
        embedded.stop(var_dir)
        if embedded.socket_dir(var_dir).parent == Path("/tmp"):
            embedded.socket_dir(var_dir).rmdir()


def test_only_its_owner_may_reach_the_socket(var_dir):
    embedded.start(var_dir)
    assert oct(embedded.socket_dir(var_dir).stat().st_mode)[-3:] == "700"
    assert oct((var_dir / "postgres").stat().st_mode)[-3:] == "700"


def test_data_of_another_major_version_is_left_alone(var_dir):
    (var_dir / "postgres").mkdir(parents=True)
    (var_dir / "postgres" / "PG_VERSION").write_text("17\n")
    with pytest.raises(embedded.EmbeddedError, match=r"was made by PostgreSQL 17, not 18: see docs/operations\.md"):
        embedded.start(var_dir)


def test_what_is_no_database_is_left_alone(var_dir):
    (var_dir / "postgres").mkdir(parents=True)
    (var_dir / "postgres" / "thesis.docx").touch()
    with pytest.raises(embedded.EmbeddedError, match="holds something else than a database"):
        embedded.start(var_dir)
    assert [path.name for path in (var_dir / "postgres").iterdir()] == ["thesis.docx"]


def test_a_full_disk_is_said_in_one_line(var_dir):
    disk = var_dir
    disk.mkdir(parents=True)
    if (
        os.geteuid() != 0
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "imperia", disk], check=False).returncode
    ):
        pytest.skip("only root with the right to mount can make a small disk")
    try:
        with pytest.raises(embedded.EmbeddedError) as refusal:
            embedded.start(disk)
        assert str(refusal.value) == "The disk is full: free some space and run again (nothing acknowledged is lost)."
    finally:
        subprocess.run(["umount", disk], check=True)
