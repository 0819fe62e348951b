"""A portal of its own, whose processes are killed without a warning and come back by themselves."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks import ROOT
from benchmarks.portal import environment, fail
from imperia import embedded
from imperia.processes import PidFile

#: Seconds for a killed part to be back and answering.
BACK_IN = 240
#: What one kill takes; «all» takes the supervisor too, and `portal run` is begun again.
PARTS = ("web", "database", "worker", "all")


class Portal:
    """`manage.py portal run` over `var_dir`."""

    def __init__(self, var_dir: Path):
        self.var_dir = var_dir
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = environment(var_dir, PORT=str(self.port), DEMO="0", LOG_LEVEL="WARNING")
        self.supervisor: subprocess.Popen | None = None

    def start(self) -> None:
        with (self.var_dir / "portal.log").open("ab") as log:
            self.supervisor = subprocess.Popen(
                [sys.executable, "manage.py", "portal", "run"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait()

    def stop(self) -> None:
        self.supervisor.send_signal(signal.SIGTERM)
        self.supervisor.wait()

    def wait(self) -> float:
        """Until a page comes that asks the database; the seconds it took."""
        began = time.monotonic()
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while time.monotonic() < began + BACK_IN:
            with suppress(OSError):
                opener.open(f"{self.url}/accounts/login/", timeout=5).read()
                return time.monotonic() - began
            time.sleep(0.1)
        fail(f"{self.url} has not come back in {BACK_IN} s:\n{(self.var_dir / 'portal.log').read_text()[-2000:]}")
        raise AssertionError

    def kill(self, part: str) -> None:
        """SIGKILL to all processes of this part."""
        if part == "all":
            self._kill(self.supervisor.pid)
            self.supervisor.wait()
        for name in PARTS[:3] if part == "all" else [part]:
            for pid in self._pids(name):
                self._kill(pid)
        if part == "all":
            self.start()

    def _pids(self, name: str) -> list[int]:
        if name == "database":
            first = embedded.status(self.var_dir)
        else:
            first = PidFile(self.var_dir / "run" / f"{name}.pid.json").pid()
        return [first, *_children(first)] if first else []

    @staticmethod
    def _kill(pid: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _children(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(path.parent.name))
    return found


@contextmanager
def portal() -> Iterator[Portal]:
    """An empty portal, thrown away at the end."""
    var_dir = Path(tempfile.mkdtemp(prefix="imperia-kills-"))
    # PostgreSQL started by root runs as another account, which has to pass through here.
    var_dir.chmod(0o711)
    ours = Portal(var_dir)
    try:
        yield ours
    finally:
        if ours.supervisor and ours.supervisor.poll() is None:
            ours.stop()
        embedded.stop(var_dir)
        shutil.rmtree(var_dir, ignore_errors=True)


def parts_in_turn(cycles: int, seed: int = 1) -> Iterator[str]:
    """Which part falls in each cycle: every part once in four, in changing order."""
    dice = random.Random(seed)
    for cycle in range(cycles):
        if cycle % len(PARTS) == 0:
            order = dice.sample(PARTS, len(PARTS))
        yield order[cycle % len(PARTS)]
