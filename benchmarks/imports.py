"""How fast practices are imported, beside a page at a time: `python -m benchmarks.imports [--size 10000] [--json]`.

A generated corpus goes through `manage.py import_practices` into an empty portal. Then its words must be found, and
`check_index` and `fixtree` must find nothing wrong. The peer is treebeard's `add_child` with one published revision.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import ROOT, corpus
from benchmarks.portal import empty, environment

PEER_PAGES = 50
#: Every so many records one is searched for by the words of its title.
SOUGHT = 5


@dataclass(frozen=True)
class Report:
    """What an import took and left behind; memory in megabytes, at its highest.

    `cpu_seconds` are the importer's own, without the database's: they say the same on a busy machine.
    """

    practices: int
    seconds: float
    cpu_seconds: float
    a_second: float
    ms_a_practice: float
    memory: float
    #: Of so many titles asked for with `manage.py search`, so many came back among the first twenty.
    sought: int
    found: int
    search_seconds: float
    check_index: str
    fixtree: str
    peer_ms_a_page: float
    peer_queries_a_page: float


def bank():
    """The least that an import needs: a site with a bank."""
    from wagtail.models import Locale, Page, Site  # noqa: PLC0415 - after django.setup()

    from home.models import HomePage  # noqa: PLC0415
    from practices.models import BankPage  # noqa: PLC0415

    Locale.objects.get_or_create(language_code="ru")
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Империя школ", slug="portal"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    return home.add_child(instance=BankPage(title="Банк практик", slug="bank"))


@dataclass(frozen=True)
class Done:
    """What a command said, the seconds it took and those of them on a CPU, and the most megabytes it held."""

    said: str
    seconds: float
    cpu_seconds: float
    memory: float


def command(var_dir: Path, *words: str) -> Done:
    """Run `manage.py …`; one that fails ends the benchmark."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment(var_dir), stdout=subprocess.PIPE, text=True
    )
    said = process.stdout.read()
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"manage.py {' '.join(words)} ended with {process.returncode}: {said}")
    return Done(said, time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def searched(var_dir: Path, records: list[dict]) -> tuple[int, float]:
    """How many of these are among the answers to their own titles, and the median command's seconds."""
    found, times = 0, []
    for record in records:
        done = command(var_dir, "search", record["title"], "--limit", "20", "--json")
        found += record["id"] in {hit["ref"] for hit in json.loads(done.said)}
        times.append(done.seconds)
    return found, sorted(times)[len(times) // 2]


def peer(parent) -> tuple[float, float]:
    """Milliseconds and queries that a page costs by `add_child` and one published revision."""
    from django.db import connection  # noqa: PLC0415 - after django.setup()
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from practices.importer.blocks import stream  # noqa: PLC0415
    from practices.models import PracticePage  # noqa: PLC0415

    def add(record: dict) -> None:
        fields = {name: record[name] for name in ("title", "summary", "kind", "year", "grades", "problem", "results")}
        body = json.dumps(stream(record["body"], record["id"]))
        page = PracticePage(slug=f"peer-{record['id'].lower()}", body=body, **fields)
        parent.add_child(instance=page)
        page.save_revision().publish()

    warm, *records = corpus.practices(PEER_PAGES + 1, seed=2)
    add(warm)
    began = time.monotonic()
    for record in records:
        add(record)
    seconds = time.monotonic() - began
    [counted] = corpus.practices(1, seed=3)
    counted["id"] = "counted"
    with CaptureQueriesContext(connection) as captured:
        add(counted)
    return seconds / PEER_PAGES * 1000, len(captured)


def measure(size: int) -> Report:
    with empty() as var_dir:
        parent = bank()
        file = var_dir / "corpus.jsonl"
        records = list(corpus.practices(size))
        with file.open("w") as lines:
            lines.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        done = command(var_dir, "import_practices", str(file))
        sought = records[-1 :: -max(1, size // SOUGHT)]
        found, search_seconds = searched(var_dir, sought)
        check = command(var_dir, "check_index").said.strip()
        tree = command(var_dir, "fixtree", "--no-color").said.strip()
        parent.refresh_from_db()
        peer_ms, peer_queries = peer(parent)
        return Report(
            practices=size,
            seconds=round(done.seconds, 1),
            cpu_seconds=round(done.cpu_seconds, 1),
            a_second=round(size / done.seconds, 1),
            ms_a_practice=round(done.seconds / size * 1000, 2),
            memory=round(done.memory, 1),
            sought=len(sought),
            found=found,
            search_seconds=round(search_seconds, 2),
            check_index=check,
            fixtree=" ".join(tree.split()),
            peer_ms_a_page=round(peer_ms, 1),
            peer_queries_a_page=peer_queries,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000, help="practices (10000)")
    parser.add_argument("--json", action="store_true", help="print JSON in the table's place")
    asked = parser.parse_args()
    report = asdict(measure(asked.size))
    load = [round(each, 1) for each in os.getloadavg()]
    if asked.json:
        sys.stdout.write(json.dumps(report | {"load": load}, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{name.replace('_', ' '):<20} {value}\n" for name, value in report.items())
        sys.stdout.write(f"{'load of the machine':<20} {load}\n")


if __name__ == "__main__":
    main()
