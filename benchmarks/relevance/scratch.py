"""A portal of these practices alone, made for one measurement and thrown away."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

from benchmarks.portal import empty
from benchmarks.relevance.questions import BadFileError


@contextmanager
def bank_of(records: list[str]) -> Iterator[Path]:
    """Django on a database with these practices imported, indexed and embedded; the directory of its files.

    The demo's schools and people are there, so that ids in the records mean somebody. Attached files are made by the
    worker, hence are left out: what is measured is the practices' own texts.
    """
    # The portal's own copy of its index must not hear of these.
    os.environ.pop("ELASTICSEARCH_URL", None)
    with empty() as var_dir:
        from home.demo import people, site, subjects  # noqa: PLC0415 - after django.setup()

        known = subjects.make()
        site.make()
        people.make(known, site.schools())
        take_in(records, var_dir / "practices.jsonl")
        yield var_dir


def take_in(records: list[str], file: Path) -> None:
    from django.core.management import CommandError, call_command  # noqa: PLC0415 - after django.setup()

    from search import meaning  # noqa: PLC0415

    file.write_text("\n".join(records), encoding="utf-8")
    said = io.StringIO()
    try:
        # Its bar of progress writes there too.
        with redirect_stderr(io.StringIO()):
            call_command("import_practices", str(file), stdout=io.StringIO(), stderr=said)
    except CommandError as error:
        first = next(iter(said.getvalue().splitlines()), "")
        raise BadFileError(f"The practices cannot be imported. {error} {first}".strip()) from error
    meaning.embed_missing()
