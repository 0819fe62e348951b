"""Portals of the benchmarks' own: a database with content, web servers on free ports, everything ended afterwards.

What is measured is what `make run` runs: `imperia.settings.local`, `gunicorn.conf.py`, two workers, the embedded
PostgreSQL. The background worker stands still meanwhile: its jobs are done beforehand.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import ROOT
from imperia import embedded

#: Filled once by the first benchmark that needs it, used again by the next ones.
DEFAULT_VAR = ROOT / "var" / "bench"
READY_SECONDS = 60
PASSED_ON = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"}


def fail(reason: str) -> None:
    """End with one line that says what to do."""
    sys.stderr.write(f"{reason}\n")
    sys.exit(2)


def environment(var_dir: Path, **variables: str) -> dict[str, str]:
    """What a child process sees: nothing of this shell's own settings of the portal."""
    kept = {name: value for name, value in os.environ.items() if name in PASSED_ON}
    ours = {"VAR_DIR": str(var_dir), "DJANGO_SETTINGS_MODULE": "imperia.settings.local", "LOG_LEVEL": "WARNING"}
    return kept | ours | variables


@contextmanager
def database(var_dir: Path) -> Iterator[None]:
    """The embedded database of this directory, with Django set up on it in this process."""
    var_dir.mkdir(parents=True, exist_ok=True)
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(environment(var_dir))
    started = embedded.start(var_dir)
    try:
        import django  # noqa: PLC0415 - the settings read the environment set above

        django.setup()
        yield
    finally:
        with contextlib.suppress(ImportError):
            from django.db import connections  # noqa: PLC0415

            connections.close_all()
        if started:
            embedded.stop(var_dir)


@contextmanager
def filled(var_dir: Path) -> Iterator[None]:
    """The same with the demo content, the search index, the static files, and no job left to do."""
    with database(var_dir):
        from imperia.steps import prepare  # noqa: PLC0415 - after django.setup()

        with contextlib.redirect_stdout(sys.stderr):
            prepare()
        worker = [sys.executable, "manage.py", "procrastinate", "worker", "--one-shot", "--concurrency=2"]
        with (var_dir / "logs" / "benchmark-jobs.log").open("ab") as log:
            subprocess.run(worker, cwd=ROOT, env=environment(var_dir), stdout=log, stderr=log, check=True)
        yield


@contextmanager
def empty() -> Iterator[Path]:
    """A database with all tables and a bank without practices, thrown away at the end."""
    var_dir = Path(tempfile.mkdtemp(prefix="imperia-bench-"))
    # PostgreSQL started by root runs as another account, which has to pass through here.
    var_dir.chmod(0o711)
    try:
        with database(var_dir):
            from django.core.management import call_command  # noqa: PLC0415 - after django.setup()

            call_command("migrate", interactive=False, verbosity=0)
            yield var_dir
    finally:
        shutil.rmtree(var_dir, ignore_errors=True)


@dataclass(frozen=True)
class Server:
    """A running gunicorn: its address, as `http://…`, and the group of its processes."""

    url: str
    group: int

    def cpu_seconds(self) -> float:
        """What its living processes have used so far, without the database's share; falls when a worker ends."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                if int(fields[2]) == self.group:
                    ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def server(var_dir: Path, settings: str = "imperia.settings.local", app: str = "") -> Iterator[Server]:
    """Serve with gunicorn as `make run` does, on the database and files of `var_dir`."""
    with tempfile.TemporaryDirectory(prefix="imperia-bench-web-") as scratch, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        # A directory of its own for what a running web server writes; the rest is shared.
        for name in ("static", "media"):
            (Path(scratch) / name).symlink_to(var_dir / name)
        variables = environment(
            Path(scratch),
            DATABASE_URL=embedded.url(var_dir),
            SECRET_KEY=(var_dir / "secret_key").read_text(),
            PORT=str(port),
            DJANGO_SETTINGS_MODULE=settings,
            LOG_LEVEL="INFO",
        )
        command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py"), *([app] if app else [])]
        with (Path(scratch) / "web.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=log, stderr=log, start_new_session=True)
            try:
                wait_until_ready(process, f"http://127.0.0.1:{port}/", Path(scratch) / "web.log")
                yield Server(f"http://127.0.0.1:{port}", process.pid)
            finally:
                end(process)


def wait_until_ready(process: subprocess.Popen, url: str, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            get(url)
        except urllib.error.HTTPError as error:
            fail(f"{url} answers {error.code}:\n{log.read_text(errors='replace')[-2000:]}")
        except OSError:
            time.sleep(0.1)
        else:
            return
    fail(f"The web server does not answer:\n{log.read_text(errors='replace')[-2000:]}")


def end(process: subprocess.Popen) -> None:
    """End a server and everything that it started."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def get(url: str, headers: dict[str, str] | None = None) -> tuple[dict[str, str], bytes]:
    """Headers and undecoded body, whatever proxy the environment names."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(urllib.request.Request(url, headers=headers or {}), timeout=30) as response:
        return dict(response.headers), response.read()
