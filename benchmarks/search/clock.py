"""Times of questions: each once unmeasured, then in rounds, and of each question its median.

CPU time is that of this process and of its connection's server process together: it says about the same on a busy
machine, and on a quiet one it is nearly the whole of the time.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.search.peers import Ask, Peer
from benchmarks.search.questions import Asked

ROUNDS = 3


@dataclass(frozen=True)
class Times:
    """Milliseconds over `questions` different questions; `found` is how many documents the middle one found."""

    questions: int
    p50: float
    p95: float
    cpu_p50: float
    cpu_p95: float
    found: int
    #: The question that took longest.
    slowest: str


class Clock:
    """Takes the time of one call: by the clock on the wall and by that of the CPU, in milliseconds."""

    def __init__(self) -> None:
        from django.db import connection  # noqa: PLC0415 - after django.setup()

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.schedule = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def cpu(self) -> float:
        return time.process_time() * 1000 + int(self.schedule.read_text().split()[0]) / 1_000_000

    def of(self, ask: Ask) -> tuple[float, float]:
        cpu, began = self.cpu(), time.perf_counter()
        ask()
        return (time.perf_counter() - began) * 1000, self.cpu() - cpu


def timed(peer: Peer, category: str, asked: Sequence[Asked]) -> Times:
    asking = [peer.asking(each, category) for each in asked]
    clock, deadline = Clock(), time.monotonic() + peer.patience
    found, taken = [], []
    for ask in asking:
        # Of those too slow to be asked again, the first time counts.
        answers: list[int] = []
        taken.append([clock.of(lambda ask=ask, answers=answers: answers.append(ask()) or 0)])
        found += answers
        if time.monotonic() > deadline:
            break
    for _round in range(ROUNDS):
        for ask, times in zip(asking, taken, strict=False):
            if time.monotonic() > deadline:
                break
            times.append(clock.of(ask))
    wall, cpu = ([median(each[which] for each in times[1:] or times) for times in taken] for which in (0, 1))
    slowest = asked[max(range(len(cpu)), key=cpu.__getitem__)]
    return Times(
        questions=len(taken),
        p50=round(percentile(wall, 0.5), 1),
        p95=round(percentile(wall, 0.95), 1),
        cpu_p50=round(percentile(cpu, 0.5), 1),
        cpu_p95=round(percentile(cpu, 0.95), 1),
        found=round(median(found)),
        slowest=slowest.text or repr(slowest.filters),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed (nearest rank)."""
    return sorted(values)[math.ceil(share * len(values)) - 1]
