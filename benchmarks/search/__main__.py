"""How fast search is, beside its peers: `python -m benchmarks.search [--size 1000,10000,100000] [--json]`.

A generated Russian corpus of each size is indexed in a database of its own as `rebuild_index` does it. Then some forty
different questions of each category are asked of the portal on PostgreSQL and on Elasticsearch (the server of
ELASTICSEARCH_URL, else one started for this where the machine can), of stock Wagtail on the same PostgreSQL and the
same practices, and of bare SQL as the floor. CPU time leaves Elasticsearch's own out. Embeddings of more than 1,000
documents are not encoded but scattered; the report says so.
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks import ROOT
from benchmarks.search import room
from benchmarks.search.clock import Times, timed
from benchmarks.search.ground import ground, say
from benchmarks.search.peers import SUGGESTIONS, peer_of
from benchmarks.search.questions import CATEGORIES, Questions

PEERS = ("postgres", "elasticsearch", "wagtail", "floor")
#: Milliseconds that 95 of 100 answers may take.
BUDGET, SUGGESTION_BUDGET = 60, 30
LINE = "{:<20} {:<14} {:>5} {:>9} {:>9} {:>9} {:>9} {:>8}  {}"
HEAD = ("category", "engine", "asked", "p50 ms", "p95 ms", "CPU p50", "CPU p95", "found", "")


def measure(size: int, seed: int, keep: Path | None, peers: list[str], only: list[str]) -> dict:
    # The portal's own copy of its index must not hear of this one.
    url = os.environ.pop("ELASTICSEARCH_URL", "")
    with ground(size, seed, keep) as filled:
        as_a_warm_process()
        questions = Questions(filled.shelf.corpus, size)
        asked = {name: questions.of(name) for name in CATEGORIES if not only or name in only}
        room.forget_peak()
        times: dict[str, dict[str, Times]] = {}
        for name in peers:
            say(f"{size} documents: {name}")
            with peer_of(name, filled, url) as peer:
                for category in [category for category in asked if peer and category not in peer.without]:
                    say(f"{size} documents: {name}: {category}")
                    times.setdefault(category, {})[name] = timed(peer, category, asked[category])
        say("")
        return {
            "size": size,
            "seed": seed,
            "built": filled.built,
            "disk": room.on_disk(),
            "memory": room.in_memory(),
            "times": {category: {name: asdict(t) for name, t in found.items()} for category, found in times.items()},
            "load": [round(each, 1) for each in os.getloadavg()],
        }


def as_a_warm_process() -> None:
    """What a web process remembers of facets' names while nothing is published, this process remembers too."""
    from core import page_cache  # noqa: PLC0415 - after django.setup()
    from core.models import SiteGeneration  # noqa: PLC0415

    generation = SiteGeneration.current()
    page_cache.memory.enter(generation)
    page_cache.reading.set(generation)


def each_in_its_own_process(asked: argparse.Namespace, sizes: list[int]) -> list[dict]:
    """Django stands on one database a process."""
    options = ["--json", f"--seed={asked.seed}", f"--engines={','.join(asked.engines)}"]
    options += [f"--keep={asked.keep.absolute()}"] if asked.keep else []
    options += ["--only", *asked.only] if asked.only else []
    reports = []
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.search", f"--size={size}", *options]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            sys.exit(done.returncode)
        reports += json.loads(done.stdout)
    return reports


def table(report: dict) -> str:
    lines = [HEAD]
    for category, found in report["times"].items():
        budget = SUGGESTION_BUDGET if category == SUGGESTIONS else BUDGET
        for name, times in found.items():
            slow = name in {"postgres", "elasticsearch"} and times["p95"] > budget
            remark = f"over {budget} ms: {times['slowest']}" if slow else ""
            figures = (times[key] for key in ("questions", "p50", "p95", "cpu_p50", "cpu_p95", "found"))
            lines.append((category, name, *figures, remark))
    facts = {
        "built": report["built"],
        "MB on disk": report["disk"],
        "MB of memory": report["memory"],
        "load of the machine": report["load"],
    }
    said = [f"{name}: {json.dumps(fact, ensure_ascii=False)}" for name, fact in facts.items()]
    title = f"{report['size']} documents"
    return "\n".join([title, *(LINE.format(*map(str, line)).rstrip() for line in lines), *said, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="1000,10000,100000", metavar="N,N", help="documents (1000,10000,100000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another corpus (1)")
    parser.add_argument(
        "--engines", type=lambda names: names.split(","), default=list(PEERS), help=f"some of {','.join(PEERS)}"
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="CATEGORY", help="some categories alone")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where databases stay, to be used again")
    parser.add_argument("--json", action="store_true", help="print JSON in the table's place")
    asked = parser.parse_args()
    if strangers := set(asked.engines) - set(PEERS):
        parser.error(f"no such engine: {', '.join(sorted(strangers))}")
    sizes = [int(size) for size in asked.size.split(",")]
    if len(sizes) == 1:
        reports = [measure(sizes[0], asked.seed, asked.keep, asked.engines, asked.only)]
    else:
        reports = each_in_its_own_process(asked, sizes)
    if asked.json:
        sys.stdout.write(json.dumps(reports, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(map(table, reports)))


if __name__ == "__main__":
    main()
