"""The ground that is measured on: a database of its own, filled through the portal's own indexing."""

import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus_words import Corpus
from benchmarks.portal import database
from benchmarks.search import meanings
from benchmarks.search.shelf import Shelf

#: Says what a kept directory holds, once it is whole.
MARKER = "corpus.json"


@dataclass(frozen=True)
class Ground:
    """A filled database, with Django set up on it; `built` are the figures of its filling."""

    shelf: Shelf
    var_dir: Path
    built: dict


@contextmanager
def ground(size: int, seed: int, keep: Path | None) -> Iterator[Ground]:
    """A corpus in a database under `keep`, used again if it is there already; without it, thrown away at the end."""
    var_dir = (keep / f"{size}-{seed}") if keep else Path(tempfile.mkdtemp(prefix="imperia-bench-"))
    var_dir.mkdir(parents=True, exist_ok=True)
    # PostgreSQL started by root runs as another account, which has to pass through here.
    var_dir.chmod(0o711)
    shelf = Shelf(Corpus(seed=seed), size)
    try:
        with database(var_dir):
            yield Ground(shelf, var_dir, filled(shelf, var_dir / MARKER))
    finally:
        if not keep:
            shutil.rmtree(var_dir, ignore_errors=True)


def filled(shelf: Shelf, marker: Path) -> dict:
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup()

    from search.analysis import VERSION  # noqa: PLC0415

    asked = {"size": shelf.size, "seed": shelf.corpus.seed, "analysis": VERSION}
    call_command("migrate", interactive=False, verbosity=0)
    shelf.register()
    if marker.exists():
        kept = json.loads(marker.read_text())
        if kept["asked"] == asked:
            return kept["built"]
    marker.unlink(missing_ok=True)
    built = build(shelf)
    marker.write_text(json.dumps({"asked": asked, "built": built}, ensure_ascii=False))
    return built


def build(shelf: Shelf) -> dict:
    """Index the corpus as `rebuild_index` does; what it took. Memory in megabytes, of the indexing process."""
    from django.db import connection  # noqa: PLC0415 - after django.setup()

    from search.indexing.rebuild import rebuild  # noqa: PLC0415

    say(f"{shelf.size} documents: words")
    began = time.monotonic()
    for _practice in shelf.corpus.first(min(shelf.size, 2_000)):
        pass
    making = (time.monotonic() - began) / min(shelf.size, 2_000)
    say("indexing")
    began, cpu = time.monotonic(), time.process_time()
    rebuild(progress(shelf.size))
    seconds = time.monotonic() - began - making * shelf.size
    cpu_seconds = time.process_time() - cpu - making * shelf.size
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say("embedding")
    embedded = meanings.embed(shelf.corpus, shelf.size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    say("")
    return {
        "index_seconds": round(seconds, 1),
        "index_cpu_seconds": round(cpu_seconds, 1),
        "documents_a_second": round(shelf.size / seconds, 1),
        "index_memory": round(memory, 1),
        **embedded,
    }


def progress(size: int):
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        say(f"indexing: {done} of {size}")

    return count


def say(what: str) -> None:
    sys.stderr.write(f"\r{what:<60}")
    sys.stderr.flush()
