"""How fast pages are, beside a bare Django view in the same run: `python -m benchmarks.pages [--json]`.

For each page: requests a second and their share of the floor, latency, SQL queries, compressed bytes; as a visitor with
the page cache, as a visitor without it, and signed in. Rounds alternate between floor and pages, because
a shared machine's speed drifts; the share is the median of the rounds' shares.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from operator import attrgetter
from pathlib import Path
from statistics import median

from benchmarks.load import Load, load, need_wrk
from benchmarks.portal import DEFAULT_VAR, filled, get, server

BROWSER = {
    "Accept-Encoding": "gzip",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
}
WAYS = ("cached", "cold", "signed in")
#: Seconds in which each worker compiles a page's templates, before anything is measured.
WARM_UP = 1


@dataclass(frozen=True)
class Row:
    """One line of the table: share of the floor; CPU time of the workers and latency in milliseconds; bytes as sent.

    The CPU time leaves the database out, and says about the same on a busy machine.
    """

    page: str
    way: str
    rate: float
    share: float
    cpu: float
    p50: float
    p95: float
    queries: int
    bytes: int
    errors: int


@contextmanager
def signed_in() -> Iterator[tuple[str, object]]:
    """A teacher's session, gone afterwards: the cookie and Django's test client that holds it."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415 - after django.setup()
    from home.demo.people import LOGINS  # noqa: PLC0415

    address = next(email for role, email, _password in LOGINS if role == "teacher")
    client = Client(headers=BROWSER)
    client.force_login(User.objects.get(email=address))
    name = settings.SESSION_COOKIE_NAME
    try:
        yield f"{name}={client.cookies[name].value}", client
    finally:
        client.session.flush()


def queries(client, path: str) -> int:
    """SQL queries of this page in a process that has served before, with nothing in its page cache."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from core import page_cache  # noqa: PLC0415 - after django.setup()

    client.get(path)
    page_cache.memory = page_cache.Memory()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def queries_cached(client, path: str) -> int:
    from django.db import connection  # noqa: PLC0415 - after django.setup()
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def measure(var_dir: Path, only: list[str], seconds: float, rounds: int) -> tuple[list[Load], list[Row]]:
    """The floor's rounds and a row for each page and way."""
    from django.test import Client  # noqa: PLC0415

    from benchmarks.addresses import addresses  # noqa: PLC0415 - after django.setup()

    paths = {name: path for name, path in addresses().items() if not only or name in only}
    with (
        server(var_dir, "benchmarks.bare.settings", "benchmarks.bare.floor:application") as bare,
        server(var_dir) as portal,
        server(var_dir, "benchmarks.cold") as cold,
        signed_in() as (cookie, member),
    ):
        visitor = Client(headers=BROWSER)
        servers = {"cached": portal, "cold": cold, "signed in": portal}
        headers = {"cached": BROWSER, "cold": BROWSER, "signed in": BROWSER | {"Cookie": cookie}}
        tasks = [(name, way) for name in paths for way in WAYS]
        counts = {
            "cached": lambda path: queries_cached(visitor, path),
            "cold": lambda path: queries(visitor, path),
            "signed in": lambda path: queries(member, path),
        }
        facts = {
            (name, way): (counts[way](paths[name]), len(get(servers[way].url + paths[name], headers[way])[1]))
            for name, way in tasks
        }
        for name, way in tasks:
            load(servers[way], paths[name], WARM_UP, headers[way])
        floors, loads = [], {task: [] for task in tasks}
        for number in range(rounds):
            for place, (name, way) in enumerate(tasks):
                if place % len(WAYS) == 0:
                    sys.stderr.write(f"\r  round {number + 1} of {rounds}: {name:<10}")
                    floor = load(bare, "/", seconds, BROWSER)
                    floors.append(floor)
                found = load(servers[way], paths[name], seconds, headers[way])
                loads[name, way].append((found, found.rate / floor.rate))
        sys.stderr.write("\r" + " " * 40 + "\r")
    return floors, [row(name, way, loads[name, way], facts[name, way]) for name, way in tasks]


def row(name: str, way: str, found: list[tuple[Load, float]], facts: tuple[int, int]) -> Row:
    return Row(
        page=name,
        way=way,
        rate=round(median(each.rate for each, _share in found), 1),
        share=round(median(share for _each, share in found), 3),
        cpu=round(median(each.cpu for each, _share in found), 2),
        p50=round(median(each.p50 for each, _share in found), 1),
        p95=round(median(each.p95 for each, _share in found), 1),
        queries=facts[0],
        bytes=facts[1],
        errors=sum(each.errors for each, _share in found),
    )


HEAD = ("page", "way", "req/s", "floor", "CPU ms", "p50 ms", "p95 ms", "SQL", "bytes", "")
LINE = "{:<10} {:<10} {:>8} {:>6} {:>7} {:>7} {:>7} {:>4} {:>7} {}"


def table(floors: list[Load], rows: list[Row]) -> str:
    rate, cpu, p50, p95 = (round(median(map(attrgetter(name), floors)), 2) for name in ("rate", "cpu", "p50", "p95"))
    lines = [HEAD, ("bare view", "", rate, "100%", cpu, p50, p95, 1, "", "")]
    for each in rows:
        wrong = f"{each.errors} requests failed" if each.errors else ""
        share = f"{each.share:.1%}" if each.share < 0.1 else f"{each.share:.0%}"
        speed = (each.rate, share, each.cpu, each.p50, each.p95)
        lines.append((each.page, each.way, *speed, each.queries, each.bytes, wrong))
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return "\n".join([*(LINE.format(*line).rstrip() for line in lines), f"load of the machine: {load}"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON in the table's place")
    parser.add_argument("--seconds", type=float, default=3, help="length of each measurement (3)")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each page (3)")
    parser.add_argument("--only", nargs="+", default=[], metavar="PAGE", help="home bank search practice tag school")
    parser.add_argument("--var", type=Path, default=DEFAULT_VAR, help="a portal's VAR_DIR; var/bench, filled if empty")
    asked = parser.parse_args()
    need_wrk()
    with filled(asked.var.absolute()):
        floors, rows = measure(asked.var.absolute(), asked.only, asked.seconds, asked.rounds)
    if asked.json:
        answer = {
            "floor": [asdict(each) for each in floors],
            "pages": [asdict(each) for each in rows],
            "load": os.getloadavg(),
        }
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(table(floors, rows) + "\n")


if __name__ == "__main__":
    main()
