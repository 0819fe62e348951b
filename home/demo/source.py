"""The demo's content as it lies in `data/`, with dates spread over the years that it names."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

DATA = Path(__file__).with_name("data")
#: After this day the demo's authors published nothing: practices of 2026 fall into its spring.
LAST_YEAR, LAST_DAY = 2026, date(2026, 9, 1)


@cache
def people() -> list[dict]:
    return json.loads((DATA / "people.json").read_text(encoding="utf-8"))


@cache
def schools() -> list[dict]:
    return json.loads((DATA / "schools.json").read_text(encoding="utf-8"))


@cache
def care() -> dict:
    """Experts, newcomers, corrections, withdrawals, complaints."""
    return json.loads((DATA / "care.json").read_text(encoding="utf-8"))


@cache
def works() -> list[dict]:
    """What is not published yet: drafts, and what the experts say of them."""
    return json.loads((DATA / "works.json").read_text(encoding="utf-8"))


@cache
def reviews() -> list[dict]:
    """What the experts said of practices before they were published."""
    return json.loads((DATA / "reviews.json").read_text(encoding="utf-8"))


@cache
def adoptions() -> list[dict]:
    """Reports of «Провёл у себя» with their authors' answers."""
    lines = (DATA / "adoptions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def practices(limit: int | None = None) -> Iterator[dict]:
    """Lines of an import, each with the day of its first publication; `limit` is how many of each file."""
    for file in sorted(DATA.glob("practices-*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines()[:limit]:
            data = json.loads(line)
            yield data | {"published": published_on(data["id"], data["year"]).isoformat()}


def number(seed: str, low: int, high: int) -> int:
    """A whole number from low to high, always the same for one seed."""
    return low + int.from_bytes(sha256(seed.encode()).digest()[:6]) % (high - low + 1)


def published_on(practice: str, year: int) -> date:
    """Some weeks after the practice was tried: between June and December, in the last year in spring."""
    first, last = (date(year, 4, 6), date(year, 6, 20)) if year == LAST_YEAR else (date(year, 6, 1), date(year, 12, 20))
    day = first + timedelta(days=number(f"{practice} published", 0, (last - first).days))
    return day - timedelta(days=max(0, day.weekday() - 4))  # nobody publishes on Saturdays


def revised_at(practice: str, published: date) -> datetime | None:
    """When the author came back to the text with what had not worked; every third one did."""
    if number(f"{practice} revised", 0, 2):
        return None
    day = published + timedelta(days=number(f"{practice} later", 90, 420))
    return datetime(day.year, day.month, day.day, 2, 40, tzinfo=UTC) if day < LAST_DAY else None
