"""What `make run` prepares before it opens the door; a step that has nothing to do costs next to nothing."""

import hashlib
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.roles import lay_rights
from imperia import checks, embedded
from imperia.models import Milestone


class StepError(Exception):
    """A step cannot be done; the text is one line for the person at the terminal."""


def say(text: str = "", *, end: str = "\n") -> None:
    sys.stdout.write(text + end)
    sys.stdout.flush()


@contextmanager
def step(name: str, *, talks: bool = False) -> Iterator[None]:
    """Show a step and the time it took. One that `talks` prints lines of its own meanwhile."""
    began = time.monotonic()
    if talks:
        say(f"  · {name}")
    elif sys.stdout.isatty():
        say(f"  · {name}", end="\r")
    yield
    say(f"  ✓ {name:<24} {time.monotonic() - began:6.1f} s")


def prepare() -> None:
    with step("database"):
        database()
    if pending := pending_migrations():
        with step(f"migrations: {pending}"):
            call_command("migrate", interactive=False, verbosity=0)
    # A new version may give rights and bring no migration.
    lay_rights()
    if settings.LOAD_DEMO and "demo" in get_commands() and not Milestone.objects.filter(pk=Milestone.DEMO).exists():
        with step("demo content", talks=True):
            call_command("demo")
            Milestone.objects.get_or_create(pk=Milestone.DEMO)
    if index_is_missing():
        with step("search index", talks=True):
            call_command("rebuild_index")
    if fingerprints_are_missing():
        with step("fingerprints"):
            call_command("fingerprint_practices", stdout=StringIO())
    mark, current = settings.VAR_DIR / "run" / "static.sha256", static_fingerprint()
    collected = settings.STATIC_ROOT / "staticfiles.json"
    if not (mark.exists() and collected.exists() and mark.read_text() == current):
        with step("static files"):
            call_command("collectstatic", interactive=False, verbosity=0)
            mark.write_text(current)


def database() -> None:
    if settings.EMBEDDED_DATABASE:
        embedded.start(settings.VAR_DIR)
    if faults := checks.database_faults():
        raise StepError(faults[0])


def pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def index_is_missing() -> bool:
    """Whether nothing at all is indexed although there is something to find, or an earlier analysis made the index."""
    from search import registry  # noqa: PLC0415 - models are loaded by now
    from search.indexing.rebuild import is_of_today  # noqa: PLC0415
    from search.models import SearchDocument  # noqa: PLC0415

    if SearchDocument.objects.exists():
        return not is_of_today()
    return any(next(iter(source.ids()), None) is not None for source in registry.sources())


def fingerprints_are_missing() -> bool:
    """Whether a practice was published before near-duplicates were looked for."""
    from practices.models import PracticePage  # noqa: PLC0415 - models are loaded by now

    return PracticePage.objects.live().filter(fingerprint=None).exists()


def static_fingerprint() -> str:
    """What the static files are made from: each one's path, size and time."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
