"""The whole portal in one file, and back: `database.sql`, `media/…` and a manifest with each one's fingerprint."""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from django.conf import settings
from django.db import connection
from django.utils import timezone

from imperia import embedded
from imperia.checks import EXTENSIONS

MANIFEST, DUMP, MEDIA = "manifest.json", "database.sql", "media"
FORMAT = 1
CHUNK = 1 << 20
READY = "everything is in place"

#: Drops whatever the portal made in the database and leaves the extensions, which may belong to somebody else.
EMPTY = """
DO $$
DECLARE doomed text;
BEGIN
  FOR doomed IN
    SELECT format('%s IF EXISTS %s CASCADE', kind, name) FROM (
      SELECT CASE WHEN relkind IN ('S', 'c') THEN 1 ELSE 0 END AS turn,
             'DROP ' || CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
               WHEN 'S' THEN 'SEQUENCE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END AS kind,
             oid::regclass::text AS name, 'pg_class'::regclass AS catalogue, oid FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S', 'c')
      UNION ALL SELECT 2, 'DROP ROUTINE', oid::regprocedure::text, 'pg_proc'::regclass, oid FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace
      UNION ALL SELECT 3, 'DROP TYPE', oid::regtype::text, 'pg_type'::regclass, oid FROM pg_type
       WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
      UNION ALL SELECT 4, 'DROP TEXT SEARCH CONFIGURATION', oid::regconfig::text, 'pg_ts_config'::regclass, oid
        FROM pg_ts_config WHERE cfgnamespace = 'public'::regnamespace
      UNION ALL SELECT 5, 'DROP TEXT SEARCH DICTIONARY', oid::regdictionary::text, 'pg_ts_dict'::regclass, oid
        FROM pg_ts_dict WHERE dictnamespace = 'public'::regnamespace
    ) AS object
    WHERE NOT EXISTS (
      SELECT FROM pg_depend WHERE classid = object.catalogue AND objid = object.oid AND deptype = 'e')
    ORDER BY turn
  LOOP EXECUTE doomed; END LOOP;
END $$;
"""


class BackupError(Exception):
    """Nothing was changed; the text is one line for the person at the terminal."""


@contextmanager
def running_database() -> Iterator[None]:
    """The embedded server runs meanwhile; one that ran before goes on running."""
    started = settings.EMBEDDED_DATABASE and embedded.start(settings.VAR_DIR)
    try:
        yield
    finally:
        connection.close()
        if started:
            embedded.stop(settings.VAR_DIR)


def back_up() -> Path:
    """Write one archive under `VAR_DIR/backups`, named only when it is whole. The portal may run meanwhile."""
    place = settings.VAR_DIR / "backups"
    place.mkdir(parents=True, exist_ok=True)
    target = place / f"imperia-{timezone.localtime():%Y%m%d-%H%M%S}.tar.gz"
    try:
        with tempfile.TemporaryDirectory(prefix=".draft-", dir=place) as draft:
            media, archive = Path(draft) / MEDIA, Path(draft) / target.name
            # A file is stored before the row that names it and deleted after it: what was there before or after
            # the database's snapshot holds every file that the snapshot names.
            _link_media(media)
            _dump(Path(draft) / DUMP)
            _link_media(media)
            _pack(Path(draft), archive)
            archive.replace(target)
    except OSError as error:
        raise BackupError(f"The backup was not made: {error.strerror or error}") from error
    return target


def restore(archive: Path) -> None:
    """Put an archive in the place of everything that is here: all of it, or nothing when anything fails."""
    media = Path(settings.MEDIA_ROOT)
    media.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=media.parent) as draft:
            _unpack(archive, Path(draft))
            refuse_company()
            with _loaded(Path(draft) / DUMP) as commit:
                before = Path(draft) / "before"
                if media.exists():
                    media.rename(before)
                try:
                    (Path(draft) / MEDIA).rename(media)
                    commit()
                except BaseException:
                    shutil.rmtree(media, ignore_errors=True)
                    if before.exists():
                        before.rename(media)
                    raise
    except OSError as error:
        raise BackupError(f"Nothing was restored: {error.strerror or error}") from error


def is_empty() -> bool:
    """Whether there is nothing here that a restoration would overwrite."""
    media = Path(settings.MEDIA_ROOT)
    return not connection.introspection.table_names() and not (media.exists() and any(media.iterdir()))


def refuse_company() -> None:
    """Raise when anything else uses the database: it would go on with what is no longer there."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        others = cursor.fetchone()[0]
    connection.close()
    if others:
        raise BackupError(f"The portal is running ({others} connections): stop it first, as with «make stop».")


def reset() -> None:
    """Forget everything but the backups."""
    if not settings.EMBEDDED_DATABASE:
        refuse_company()
        with connection.cursor() as cursor:
            cursor.execute(EMPTY)
    for path in settings.VAR_DIR.iterdir():
        if path.name == "backups":
            continue
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _tool(name: str, *options: str) -> tuple[list[str], dict[str, str]]:
    """A PostgreSQL program for the portal's database: its command line and its environment (no password is shown)."""
    database = connection.settings_dict
    given = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
    values = {variable: str(database[key]) for key, variable in given.items() if database.get(key)}
    for option in ("sslmode", "sslrootcert", "sslcert", "sslkey"):
        if option in database.get("OPTIONS", {}):
            values[f"PG{option.upper()}"] = str(database["OPTIONS"][option])
    return [embedded.binary(name), *options], embedded.environment() | values


def _dump(target: Path) -> None:
    extensions = [f"--extension={name}" for name in EXTENSIONS]
    command, environment = _tool("pg_dump", "--no-owner", "--no-privileges", "--no-comments", *extensions)
    with target.open("wb") as file:
        done = subprocess.run(command, env=environment, stdout=file, stderr=subprocess.PIPE, check=False)  # noqa: S603
    if done.returncode:
        raise BackupError(f"The backup was not made: {_last_line(done.stderr)}")


def _link_media(target: Path) -> None:
    """Make the stored files appear under `target` too, so that a deletion meanwhile takes nothing from the backup."""
    root = Path(settings.MEDIA_ROOT)
    target.mkdir(exist_ok=True)
    for path in root.rglob("*"):
        name = target / path.relative_to(root)
        try:
            if path.is_symlink() or not path.is_file() or name.exists():
                continue
            name.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, name)
            except FileNotFoundError:
                continue
            except OSError:
                shutil.copy2(path, name)
        except FileNotFoundError:
            continue


def _pack(draft: Path, archive: Path) -> None:
    files = [draft / DUMP, *sorted(path for path in (draft / MEDIA).rglob("*") if path.is_file())]
    names = {path.relative_to(draft).as_posix(): path for path in files}
    manifest = {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(),
        "files": {name: _fingerprint(path) for name, path in names.items()},
    }
    (draft / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False))
    descriptor = os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
            for name, path in {MANIFEST: draft / MANIFEST, **names}.items():
                tar.add(path, arcname=name, recursive=False)
        raw.flush()
        os.fsync(raw.fileno())


def _unpack(archive: Path, draft: Path) -> None:
    """Lay an archive out and check every fingerprint; nothing in it can name a place outside `draft`."""
    (draft / MEDIA).mkdir()
    found: dict[str, str] = {}
    try:
        with tarfile.open(archive, mode="r:gz") as tar:
            for member in tar:
                source, target = tar.extractfile(member), draft / _safe(member)
                if source is None:
                    raise BackupError(f"{archive} holds «{member.name}», which is no file.")
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as file:
                    shutil.copyfileobj(source, file, CHUNK)
                os.utime(target, (member.mtime, member.mtime))
                if settings.FILE_UPLOAD_PERMISSIONS:
                    target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
                found[member.name] = _fingerprint(target)
        manifest = json.loads((draft / MANIFEST).read_text())
        known = manifest["format"] == FORMAT
        whole = found == manifest["files"] | {MANIFEST: found[MANIFEST]} and DUMP in found
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError, FileNotFoundError) as error:
        raise BackupError(f"{archive} is not a whole backup of the portal ({error}).") from error
    if not known:
        raise BackupError(f"{archive} was made by another release: restore it with that one.")
    if not whole:
        raise BackupError(f"{archive} is damaged: what it holds is not what was put in.")


def _safe(member: tarfile.TarInfo) -> PurePosixPath:
    name = PurePosixPath(member.name)
    expected = name.as_posix() in {MANIFEST, DUMP} or (name.parts[:1] == (MEDIA,) and len(name.parts) > 1)
    if not member.isfile() or not expected or ".." in name.parts or name.is_absolute():
        raise BackupError(f"The archive holds «{member.name}», which no backup of the portal does.")
    return name


@contextmanager
def _loaded(dump: Path) -> Iterator:
    """The database as the dump says, in one transaction that waits for `commit()`; without it nothing has changed."""
    command, environment = _tool("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f", "-")
    with tempfile.TemporaryFile() as errors:
        psql = subprocess.Popen(  # noqa: S603
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
        )

        def commit() -> None:
            psql.stdin.write(b"COMMIT;\n")
            psql.stdin.close()
            if psql.wait():
                raise BackupError(f"Nothing was restored: {_said(errors)}")

        try:
            try:
                psql.stdin.write(f"BEGIN;\nSET LOCAL lock_timeout = '30s';\n{EMPTY}".encode())
                _feed(dump, psql.stdin)
                psql.stdin.write(f"\\echo '{READY}'\n".encode())
                psql.stdin.flush()
            except BrokenPipeError:
                pass
            if psql.stdout.readline().decode().strip() != READY:
                psql.wait()
                raise BackupError(f"Nothing was restored: {_said(errors)}")
            yield commit
        finally:
            psql.kill() if psql.poll() is None else None
            psql.wait()
            psql.stdout.close()


def _feed(dump: Path, target: IO[bytes]) -> None:
    """Pass a dump on, without the one setting that servers older than 17 do not know."""
    with dump.open("rb") as source:
        for line in source:
            if not line.startswith(b"SET transaction_timeout"):
                target.write(line)
            if line.startswith(b"CREATE"):
                break
        shutil.copyfileobj(source, target, CHUNK)


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _said(errors: BinaryIO) -> str:
    errors.seek(0)
    return _last_line(errors.read())


def _last_line(output: bytes) -> str:
    lines = [line for line in output.decode(errors="replace").splitlines() if line.strip()]
    worst = [line for line in lines if "ERROR" in line or "error:" in line or "FATAL" in line]
    return (worst or lines or ["no reason given"])[0]
