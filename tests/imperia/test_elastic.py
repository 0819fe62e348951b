"""The Elasticsearch of this machine's own: what keeps it from starting is said in one line. That it runs, all the
tests of tests/search show."""

import os
import socket
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from imperia import elastic, elastic_distribution
from imperia.elastic_distribution import ElasticError


def program(directory: Path, name: str, text: str) -> None:
    """A program of this name, first on the path."""
    directory.mkdir(exist_ok=True)
    (directory / name).write_text(f"#!/bin/sh\n{text}\n")
    (directory / name).chmod(0o755)


@pytest.fixture
def path(tmp_path, monkeypatch) -> Path:
    """A directory before all others on the path."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "bin").mkdir()
    return tmp_path / "bin"


def test_a_machine_without_java_or_maven_is_told_what_to_install(path, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(path))
    assert elastic.why_not() == "No Java: apt install openjdk-17-jre-headless (17 or newer)"
    with pytest.raises(ElasticError, match="No Java"):
        elastic.Node(tmp_path, port=elastic.free_port()).start()
    program(path, "java", "")
    assert elastic.why_not() == "No Maven: apt install maven"
    with pytest.raises(ElasticError, match="No Maven to fetch Elasticsearch with: apt install maven"):
        elastic.Node(tmp_path, port=elastic.free_port()).start()


def test_what_is_not_the_known_archive_is_not_unpacked(path, tmp_path):
    program(path, "mvn", 'for word; do case $word in -DoutputDirectory=*) echo no > "${word#*=}/it.zip";; esac; done')
    with pytest.raises(ElasticError, match="is not what we know: its SHA-512 differs"):
        elastic_distribution.fetched(tmp_path)
    assert list((tmp_path / "elasticsearch").iterdir()) == []


def test_what_maven_says_is_told(path, tmp_path):
    program(path, "mvn", "echo '[ERROR] Network is unreachable'; exit 1")
    with pytest.raises(ElasticError, match=r"Maven could not bring .*: \[ERROR\] Network is unreachable"):
        elastic_distribution.fetched(tmp_path)


def test_a_busy_port_and_an_old_java_are_told_in_one_line(path, tmp_path, settings):
    settings.VAR_DIR = tmp_path
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"^Port {port} is taken by another program: choose another"):
            call_command("elasticsearch", "start", port=port)
    (distribution := tmp_path / "elasticsearch" / f"elasticsearch-{elastic_distribution.VERSION}" / "bin").mkdir(
        parents=True
    )
    program(distribution, "elasticsearch", "echo 'The minimum required Java version is 17; yours is 11' >&2; exit 1")
    with pytest.raises(CommandError) as refusal:
        call_command("elasticsearch", "start", port=0)
    assert str(refusal.value).startswith("Elasticsearch did not start: The minimum required Java version is 17")
    assert "\n" not in str(refusal.value)


def test_a_pid_that_another_process_got_is_not_believed(tmp_path):
    node = elastic.Node(tmp_path)
    (node.home / "data").mkdir(parents=True)
    with subprocess.Popen(["sleep", "60"]) as stranger:
        (node.home / "data" / "pid").write_text(str(stranger.pid))
        assert (node.pid(), node.stop(), stranger.poll()) == (None, False, None)
        stranger.kill()
