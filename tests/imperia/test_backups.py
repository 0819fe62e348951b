"""Backing up and restoring: the whole portal in one file, and back, or nothing at all."""

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from imperia import embedded

from .portal import ROOT, Portal

pytestmark = pytest.mark.xdist_group("backups")


def rows(var_dir: Path) -> dict[str, tuple[int, str]]:
    """Every table's number of rows and a fingerprint of their content."""
    with psycopg.connect(embedded.url(var_dir)) as connection:
        tables = connection.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        query = "SELECT count(*), coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {} AS t"
        return {table: connection.execute(query.format(table)).fetchone() for (table,) in tables}


def objects(var_dir: Path) -> list[tuple]:
    """Indexes and constraints (by name: PostgreSQL words them anew), functions, sequences, extensions."""
    with psycopg.connect(embedded.url(var_dir)) as connection:
        return connection.execute(
            "SELECT 'index', tablename || '.' || indexname FROM pg_indexes WHERE schemaname = 'public'"
            " UNION ALL SELECT 'constraint', conname || contype::text FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace"
            " UNION ALL SELECT 'function', proname || prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " UNION ALL SELECT 'sequence', sequencename || coalesce(last_value, 0) FROM pg_sequences"
            " UNION ALL SELECT 'extension', extname FROM pg_extension ORDER BY 1, 2"
        ).fetchall()


def files(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def full(tmp_path_factory) -> Iterator[Portal]:
    """A portal with a database as the migrations make it, some rows more, and files. Each test leaves it whole."""
    portal = Portal(tmp_path_factory.mktemp("full") / "var")
    embedded.start(portal.var_dir, durable=False)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"], cwd=ROOT, env=portal.environment, check=True
    )
    with psycopg.connect(embedded.url(portal.var_dir)) as connection:
        connection.execute("INSERT INTO imperia_milestone VALUES ('ёлка', '2026-01-01'), (E'a\\tb\\\\n', now())")
    for name in ("documents/Урок чтения.pdf", "images/a.png", "images/deeper/b.png"):
        (portal.var_dir / "media" / name).parent.mkdir(parents=True, exist_ok=True)
        (portal.var_dir / "media" / name).write_bytes(os.urandom(3_000))
    yield portal
    embedded.stop(portal.var_dir)


def archive_of(portal: Portal) -> Path:
    code, said = portal.call("backup")
    assert code == 0, said
    return Path(said.split("  ")[0])


def test_a_backup_restores_into_an_empty_place_with_every_row_and_every_file(full, tmp_path):
    rows_before, objects_before, files_before = rows(full.var_dir), objects(full.var_dir), files(full.var_dir / "media")
    archive = archive_of(full)
    assert [path.name for path in archive.parent.iterdir() if path.name.startswith(".")] == []
    assert oct(archive.stat().st_mode)[-3:] == "600"
    assert rows(full.var_dir) == rows_before

    other = Portal(tmp_path / "elsewhere" / "var")
    assert other.call("restore", str(archive)) == (0, f"Restored from {archive}. Next: make run\n")
    assert embedded.status(other.var_dir) is None
    embedded.start(other.var_dir)
    try:
        assert rows(other.var_dir) == rows_before
        assert len(rows_before) > 50
        assert objects(other.var_dir) == objects_before
    finally:
        embedded.stop(other.var_dir)
    assert files(other.var_dir / "media") == files_before


def test_what_is_there_is_replaced_only_after_a_yes(full):
    archive = archive_of(full)
    then = rows(full.var_dir), files(full.var_dir / "media")
    with psycopg.connect(embedded.url(full.var_dir)) as connection:
        connection.execute("INSERT INTO imperia_milestone VALUES ('later', now())")
        connection.execute("CREATE TABLE of_a_later_release (number integer)")
    (full.var_dir / "media" / "later.png").touch()
    now = rows(full.var_dir), files(full.var_dir / "media")

    code, said = full.call("restore", str(archive))
    assert code == 1
    assert said.endswith("CommandError: Nothing was changed. In a script: YES=1\n")
    assert (rows(full.var_dir), files(full.var_dir / "media")) == now

    assert full.call("restore", str(archive), "--yes")[0] == 0
    assert (rows(full.var_dir), files(full.var_dir / "media")) == then
    assert sorted(path.name for path in full.var_dir.iterdir() if path.name.startswith(".restoring")) == []


def test_while_somebody_works_nothing_is_restored(full):
    archive = archive_of(full)
    with psycopg.connect(embedded.url(full.var_dir)):
        code, said = full.call("restore", str(archive), "--yes")
    assert (code, said) == (
        1,
        "CommandError: The portal is running (1 connections): stop it first, as with «make stop».\n",
    )


def rewritten(archive: Path, change) -> Path:
    """The archive with `change(name, content) -> content or None` applied, manifest and all as a thief would."""
    target = archive.with_name("changed.tar.gz")
    with tarfile.open(archive) as source, tarfile.open(target, "w:gz") as copy:
        for member in source:
            name, content = change(member.name, source.extractfile(member).read())
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            copy.addfile(entry, io.BytesIO(content))
    return target


def with_broken_sql(name: str, content: bytes) -> tuple[str, bytes]:
    broken = b"\nSELECT 1/0;\n"
    if name == "manifest.json":
        manifest = json.loads(content)
        manifest["files"]["database.sql"] = with_broken_sql.fingerprint
        return name, json.dumps(manifest).encode()
    if name == "database.sql":
        return name, content + broken
    return name, content


def test_a_bad_archive_changes_nothing_and_says_why(full):
    archive = archive_of(full)
    before = rows(full.var_dir), files(full.var_dir / "media")

    cut = archive.with_name("cut.tar.gz")
    cut.write_bytes(archive.read_bytes()[:-2_000])
    word = archive.with_name("word.tar.gz")
    word.write_text("not an archive")
    flipped = archive.with_name("flipped.tar.gz")
    rewritten(archive, lambda name, content: (name, content[::-1] if name.endswith("a.png") else content)).rename(
        flipped
    )
    escaping = archive.with_name("escaping.tar.gz")
    rewritten(archive, lambda name, content: (name.replace("media/images/a.png", "media/../../a.png"), content)).rename(
        escaping
    )
    with tarfile.open(archive) as source:
        dump = source.extractfile("database.sql").read()
    with_broken_sql.fingerprint = hashlib.sha256(dump + b"\nSELECT 1/0;\n").hexdigest()
    failing = rewritten(archive, with_broken_sql)

    for bad, reason in (
        (cut, "is not a whole backup of the portal"),
        (word, "is not a whole backup of the portal"),
        (flipped, "is damaged: what it holds is not what was put in."),
        (escaping, "The archive holds «media/../../a.png», which no backup of the portal does."),
        (failing, "Nothing was restored: "),
        (archive.with_name("absent.tar.gz"), "There is no file "),
    ):
        code, said = full.call("restore", str(bad), "--yes")
        assert (code, reason in said, said.count("\n")) == (1, True, 1), said
        assert (rows(full.var_dir), files(full.var_dir / "media")) == before
    assert not (full.var_dir / "a.png").exists()
