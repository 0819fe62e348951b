"""Days of the demo's history, and doing things as if it were then.

at(day("2025-11-24"))    within it, what services write down is dated so
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from home.demo import source

#: Nothing of the history is younger than this, so that what happens in one moment keeps its order.
JUST_NOW = timedelta(minutes=20)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The portal's clock stands still at this moment.

    The clock is turned, not the rows: certificates, consents and logs refuse to be dated back afterwards, and dates
    that follow from each other (a deadline, the number of reviews in a month) come out as they did then. For a
    process that does nothing else meanwhile, as the command `demo` is.
    """

    class Then(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    timezone.datetime = Then
    try:
        yield
    finally:
        timezone.datetime = datetime


def on(day: str | date, seed: str = "") -> datetime:
    """An hour of work on that day, always the same for one seed; never later than now."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    minute = source.number(f"{day} {seed} minute", 8 * 60, 19 * 60)
    moment = timezone.make_aware(datetime.combine(day, time(minute // 60, minute % 60)))
    return min(moment, timezone.now() - JUST_NOW)


def ago(days: float, seed: str = "") -> datetime:
    """An hour of work so many days before today."""
    return on(timezone.localdate() - timedelta(days=days), seed)
