"""A whole portal of a test's own: `make run`'s command in a directory and on a port of its own."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from imperia import embedded
from imperia.processes import PidFile

ROOT = Path(__file__).resolve().parents[2]


class Portal:
    """Commands against one `VAR_DIR`, on the embedded server, without the demo content."""

    def __init__(self, var_dir: Path) -> None:
        self.var_dir = var_dir
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
        self.environment = kept | {"VAR_DIR": str(var_dir), "PORT": str(self.port), "DEMO": "0", "WEB_WORKERS": "1"}
        self.url = f"http://127.0.0.1:{self.port}"

    def call(self, *words: str, answer: str = "", **variables: str) -> tuple[int, str]:
        """The exit code of `manage.py portal …` and what it says."""
        done = subprocess.run(
            [sys.executable, "manage.py", "portal", *words],
            cwd=ROOT,
            env=self.environment | variables,
            input=answer,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def run(self) -> tuple[subprocess.Popen, list[str]]:
        """Start it, and wait for the address: the supervisor and the lines it said by then."""
        process = subprocess.Popen(
            [sys.executable, "manage.py", "portal", "run"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = []
        for line in process.stdout:
            said.append(line.strip())
            if line.strip().startswith("Letters go to"):
                return process, said
        raise AssertionError("\n".join(said))

    def get(self, path: str) -> tuple[int, bytes]:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(self.url + path, timeout=30) as response:
            return response.status, response.read()

    def pid(self, name: str) -> int | None:
        return PidFile(self.var_dir / "run" / f"{name}.pid.json").pid()

    def processes(self) -> list[int]:
        """Everything that runs for this portal, found without its own records."""
        found = [*embedded._orphans(self.var_dir / "postgres")]
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if f"VAR_DIR={self.var_dir}\0" in (path / "environ").read_text(errors="replace"):
                    found.append(int(path.name))
            except OSError:
                continue
        return sorted({pid for pid in found if pid != os.getpid()})

    def kill_everything(self) -> None:
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
