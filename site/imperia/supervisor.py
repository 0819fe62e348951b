"""Runs the web server and the worker in the foreground, keeps them alive, and stops all when asked."""

import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.db import connection

from imperia import embedded
from imperia.processes import PidFile
from imperia.settings import env
from imperia.settings.base import ROOT
from imperia.steps import StepError, prepare, say, step

STOP_SECONDS = 25
READY_SECONDS = 90
#: A child that ends sooner than this has failed to start rather than fallen.
HEALTHY_SECONDS = 10
FAILURES_IN_A_ROW = 5
LOG_BYTES = 10_000_000
LAST_PORT = 65_535


class Child:
    """One process under supervision: its command, its log and how often it failed in a row."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.command = command
        self.log = settings.VAR_DIR / "logs" / f"{name}.log"
        self.record = pid_file(name)
        self.process: subprocess.Popen | None = None
        self.failures = 0
        self.again_at = 0.0
        self.started_at = 0.0

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C reaches the supervisor alone, which stops the others in order.
            self.process = subprocess.Popen(  # noqa: S603
                self.command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self.record.write(self.process.pid)
        self.started_at = time.monotonic()

    def tend(self) -> None:
        """Start the process again when it has ended, later each time; give up when it cannot start at all."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.again_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.process = None
        self.failures = self.failures + 1 if now - self.started_at < HEALTHY_SECONDS else 1
        if self.failures >= FAILURES_IN_A_ROW:
            raise StepError(f"{self.name} ended {self.failures} times in a row (code {code}): see {self.log}")
        wait = 2 ** (self.failures - 1)
        self.again_at = now + wait
        say(f"  {self.name} ended (code {code}), starting again in {wait} s; see {self.log}")


def pid_file(name: str) -> PidFile:
    return PidFile(settings.VAR_DIR / "run" / f"{name}.pid.json")


def children() -> list[Child]:
    python = sys.executable
    worker = ["procrastinate", "worker", f"--concurrency={env.WORKER_JOBS.as_int()}"]
    return [
        Child("web", [python, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py")]),
        Child("worker", [python, str(ROOT / "manage.py"), *worker, "--shutdown-graceful-timeout=20"]),
    ]


def run() -> None:
    """Prepare everything, run until asked to stop. Raises StepError or EmbeddedError with one plain line."""
    (settings.VAR_DIR / "run").mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / "run" / "portal.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"The portal already runs: {settings.BASE_URL}/   (make stop stops it)")
            return
        pid_file("portal").write(os.getpid())
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        try:
            _stop_children()
            refuse_busy_port()
            prepare()
            supervise()
        except KeyboardInterrupt:
            pass
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            if _stop_all():
                say("\nStopped.")
            pid_file("portal").remove()


def supervise() -> None:
    # The supervisor only watches from here on.
    connection.close()
    crew = children()
    with step("web server and worker"):
        for child in crew:
            child.start()
        wait_until_ready(crew)
    welcome()
    while True:
        for child in crew:
            child.tend()
        if settings.EMBEDDED_DATABASE and embedded.status(settings.VAR_DIR) is None:
            say("  the database ended, starting it again")
            embedded.start(settings.VAR_DIR)
        time.sleep(0.3)


def wait_until_ready(crew: list[Child]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not answers():
        for child in crew:
            if child.process and child.process.poll() is not None:
                raise StepError(f"{child.name} ended (code {child.process.returncode}): see {child.log}")
        if time.monotonic() > deadline:
            raise StepError(f"The web server does not answer after {READY_SECONDS} s: see {crew[0].log}")
        time.sleep(0.1)


def answers() -> bool:
    """Whether the web server answers well, asked directly whatever proxy the environment names."""
    request = urllib.request.Request(
        f"http://{_reachable()}/healthz", headers={"Host": urlsplit(settings.BASE_URL).netloc}
    )
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5) as response:
            return response.status == HTTPStatus.OK
    except OSError:
        return False


def refuse_busy_port() -> None:
    host, port = env.HOST(), env.PORT.as_int()
    if not 0 < port <= LAST_PORT:
        raise StepError(f"PORT must be between 1 and {LAST_PORT}, not {port}")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            advice = f"choose another, as in PORT={port + 1} make run"
            raise StepError(f"Port {port} is taken by another program: {advice}") from error
        raise StepError(f"Cannot listen on {host}:{port} ({error}): set HOST and PORT.") from error


def stop() -> bool:
    """Stop whatever runs of this portal. False when nothing did."""
    supervisor = pid_file("portal").end(signal.SIGTERM, patience=2 * STOP_SECONDS + embedded.STOP_SECONDS)
    return _stop_all() or supervisor


def status() -> dict[str, int | None]:
    """The pid of each part, None for one that does not run."""
    found = {name: pid_file(name).pid() for name in ("portal", "web", "worker")}
    return found | ({"database": embedded.status(settings.VAR_DIR)} if settings.EMBEDDED_DATABASE else {})


def welcome() -> None:
    letters = getattr(settings, "EMAIL_FILE_PATH", None) or settings.EMAIL_HOST
    say(f"\n  The portal   {settings.BASE_URL}/")
    say(f"  Its admin    {settings.BASE_URL}/{settings.ADMIN_PATH}")
    for role, login, password in demo_logins():
        say(f"  {role:<12} {login}   {password}")
    say(f"  Letters go to {letters}, logs to {settings.VAR_DIR / 'logs'}. Ctrl-C stops.\n")


def demo_logins() -> list[tuple[str, str, str]]:
    """Role, e-mail and password of the demo's people, as the command `demo` states them in `LOGINS`."""
    if not settings.LOAD_DEMO or "demo" not in get_commands():
        return []
    return list(getattr(load_command_class(get_commands()["demo"], "demo"), "LOGINS", ()))


def _stop_all() -> bool:
    stopped = _stop_children()
    return (settings.EMBEDDED_DATABASE and embedded.stop(settings.VAR_DIR)) or stopped


def _stop_children() -> bool:
    records = [pid_file("web"), pid_file("worker")]
    running = [record for record in records if record.send(signal.SIGTERM)]
    for record in running:
        if not record.gone(STOP_SECONDS):
            record.send(signal.SIGKILL)
            record.gone(5)
    for record in records:
        record.remove()
    return bool(running)


def _reachable() -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(env.HOST(), env.HOST())  # noqa: S104
    return f"{host}:{env.PORT()}"
