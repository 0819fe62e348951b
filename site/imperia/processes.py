"""Records of running processes that a reused pid cannot deceive."""

import contextlib
import json
import os
import signal
import subprocess
import time
from pathlib import Path


def born(pid: int) -> str | None:
    """When a process began, as text that no other process of this machine shares; None when it does not run.

    A process that has ended but was not yet collected by its parent does not run.
    """
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        if after_name[0] in "ZX":
            return None
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip() + "/" + after_name[19]
    except OSError:
        if Path("/proc/self/stat").exists():
            return None
    found = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return found.stdout.strip() or None


class PidFile:
    """A file that names one running process, believed only while that very process lives."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, pid: int) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps({"pid": pid, "born": born(pid)}))
        draft.replace(self.path)

    def pid(self) -> int | None:
        try:
            record = json.loads(self.path.read_text())
            pid, birth = int(record["pid"]), record["born"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return pid if birth and born(pid) == birth else None

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    def end(self, stop_signal: signal.Signals = signal.SIGTERM, *, patience: float = 30) -> bool:
        """Ask the process to stop; after `patience` seconds kill it. False when it did not run."""
        asked = self.send(stop_signal)
        if asked and not self.gone(patience):
            self.send(signal.SIGKILL)
            self.gone(5)
        self.remove()
        return asked

    def send(self, number: signal.Signals) -> bool:
        """Send a signal to the process. False when it does not run."""
        pid = self.pid()
        if pid is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        return True

    def gone(self, patience: float) -> bool:
        """Wait for the process to end; False when it still runs after `patience` seconds."""
        deadline = time.monotonic() + patience
        while self.pid() is not None:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True
