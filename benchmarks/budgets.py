"""Whether public pages keep their budgets, in Chromium: `python -m benchmarks.budgets [--json] [--lighthouse COMMAND]`.

Compressed HTML, CSS and JavaScript up to 60 KB, up to 15 requests, none to strangers; Lighthouse (mobile) from 97 in
performance and 100 in accessibility, best practices and SEO. Exits with 1 when a page misses one of them.
"""

import argparse
import json
import os
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.browser import Sight, chromium, chromium_path, look
from benchmarks.lighthouse import CATEGORIES, Scores, scores
from benchmarks.portal import DEFAULT_VAR, filled, server

PAGE_BYTES = 60_000
REQUESTS = 15
LEAST = {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}
#: Pages of results ask search engines to leave them out, as these advise; Lighthouse takes it for a fault.
NOT_INDEXED = "is-crawlable"
LINE = "{:<10} {:>10} {:>9} {:>8} {:>9} {:>7} {:>6} {:>6}  {:<17} {}"
HEAD = ("page", "page bytes", "all bytes", "requests", "strangers", "LCP ms", "CLS", "TBT ms", "Lighthouse", "missed")


def missed(sight: Sight, found: Scores | None) -> list[str]:
    """The budgets that this page does not keep."""
    over = {
        "bytes": sight.page_bytes > PAGE_BYTES,
        "requests": sight.requests > REQUESTS,
        "strangers": sight.strangers > 0,
    }
    low = {name: found.points[name] < LEAST[name] for name in CATEGORIES} if found else {}
    if found and list(found.faults) == [NOT_INDEXED]:
        low["seo"] = False
    return [name for name, wrong in (over | low).items() if wrong]


def measure(var_dir: Path, only: list[str], command: str | None) -> dict[str, tuple[Sight, Scores | None]]:
    from benchmarks.addresses import addresses  # noqa: PLC0415 - after django.setup()

    paths = {name: path for name, path in addresses().items() if not only or name in only}
    with server(var_dir) as portal:
        with chromium() as browser:
            sights = {name: look(browser, portal.url + path) for name, path in paths.items()}
        return {
            name: (sight, scores(command, portal.url + paths[name]) if command else None)
            for name, sight in sights.items()
        }


def table(found: dict[str, tuple[Sight, Scores | None]]) -> str:
    lines = [HEAD]
    faults = []
    for name, (sight, score) in found.items():
        points = " ".join(str(each) for each in score.points.values()) if score else "not installed"
        lines.append((name, *map(str, asdict(sight).values()), points, ", ".join(missed(sight, score))))
        faults += [f"{name}: {audit}: {text}" for audit, text in (score.faults if score else {}).items()]
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return "\n".join([*(LINE.format(*line).rstrip() for line in lines), *faults, f"load of the machine: {load}"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON in the table's place")
    parser.add_argument("--only", nargs="+", default=[], metavar="PAGE", help="home bank search practice tag school")
    parser.add_argument("--lighthouse", default=shutil.which("lighthouse"), metavar="COMMAND", help="Lighthouse 12")
    parser.add_argument("--var", type=Path, default=DEFAULT_VAR, help="a portal's VAR_DIR; var/bench, filled if empty")
    asked = parser.parse_args()
    chromium_path()
    with filled(asked.var.absolute()):
        found = measure(asked.var.absolute(), asked.only, asked.lighthouse)
    if asked.json:
        answer = {
            name: asdict(sight) | {"lighthouse": score and asdict(score), "missed": missed(sight, score)}
            for name, (sight, score) in found.items()
        }
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(table(found) + "\n")
    sys.exit(any(missed(*each) for each in found.values()))


if __name__ == "__main__":
    main()
