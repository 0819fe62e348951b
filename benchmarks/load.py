"""Load by wrk, as many connections as the two workers have threads."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from benchmarks.portal import Server, fail

CONNECTIONS = 8
REPORT = Path(__file__).with_name("report.lua")


@dataclass(frozen=True)
class Load:
    """Requests a second, latency and the server's CPU time a request in milliseconds, how many requests went wrong."""

    rate: float
    cpu: float
    p50: float
    p95: float
    errors: int


def need_wrk() -> None:
    if not shutil.which("wrk"):
        fail("wrk is missing: apt-get install wrk")


def load(server: Server, path: str, seconds: float, headers: dict[str, str]) -> Load:
    """Ask for this page as fast as it answers."""
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "-s", str(REPORT)]
    for name, value in headers.items():
        options += ["-H", f"{name}: {value}"]
    before = server.cpu_seconds()
    said = subprocess.run(["wrk", *options, server.url + path], capture_output=True, text=True, check=True).stdout
    cpu = server.cpu_seconds() - before
    requests, microseconds, p50, p95, errors = map(int, re.search(r"RESULT (.*)", said).group(1).split())
    return Load(requests / (microseconds / 1e6), cpu / max(requests, 1) * 1000, p50 / 1000, p95 / 1000, errors)
