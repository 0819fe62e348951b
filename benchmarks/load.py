"""Load by wrk, as many connections as the two workers have threads."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from benchmarks.portal import fail

CONNECTIONS = 8
REPORT = Path(__file__).with_name("report.lua")


@dataclass(frozen=True)
class Load:
    """Requests a second, latency in milliseconds, and how many requests went wrong."""

    rate: float
    p50: float
    p95: float
    errors: int


def need_wrk() -> None:
    if not shutil.which("wrk"):
        fail("wrk is missing: apt-get install wrk")


def load(url: str, seconds: float, headers: dict[str, str]) -> Load:
    """Ask for this address as fast as it answers."""
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "-s", str(REPORT)]
    for name, value in headers.items():
        options += ["-H", f"{name}: {value}"]
    said = subprocess.run(["wrk", *options, url], capture_output=True, text=True, check=True).stdout
    requests, microseconds, p50, p95, errors = map(int, re.search(r"RESULT (.*)", said).group(1).split())
    return Load(requests / (microseconds / 1e6), p50 / 1000, p95 / 1000, errors)
