"""An Elasticsearch of this machine's own under `VAR_DIR/elasticsearch`, for tests and for whoever wants to try one.

The server is the distribution that its makers test with, fetched by Maven and checked by its hash. It has the core
alone and no security, so it listens on the loopback interface only; a portal that people rely on wants a real one
(docs/operations.md). Elasticsearch refuses to run as root, so root hands over to `nobody`.
"""

import os
import pwd
import re
import shutil
import signal
import socket
import stat
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from imperia import embedded
from imperia.elastic_distribution import ElasticError, fetched

PORT = 9200
HEAP = "384m"
START_SECONDS = 180
STOP_SECONDS = 30

JVM_OPTIONS = """\
-Xms{heap}
-Xmx{heap}
-XX:+UseG1GC
-XX:+ExitOnOutOfMemoryError
-Djava.io.tmpdir=${{ES_TMPDIR}}
{more}
{mark}
"""
LOGGING = """\
status = error
appender.file.type = File
appender.file.name = file
appender.file.fileName = {log}
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{{ISO8601}}][%-5p][%c{{1.}}] %m%n
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%-5p] %m%n
rootLogger.level = warn
rootLogger.appenderRef.file.ref = file
rootLogger.appenderRef.console.ref = console
"""


@dataclass(frozen=True)
class Node:
    """One server. `peers` are transport ports of all nodes of its cluster, its own included; none: it stands alone."""

    var_dir: Path
    name: str = "node"
    port: int = PORT
    transport_port: int = 0
    peers: tuple[int, ...] = ()
    heap: str = HEAP
    java_options: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def home(self) -> Path:
        return Path(self.var_dir).absolute() / "elasticsearch" / self.name

    def pid(self) -> int | None:
        """The pid of the running server: believed only of a process that was started with this node's directory."""
        try:
            pid = int((self.home / "data" / "pid").read_text())
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError):
            return None
        return pid if os.fsencode(self._mark) in command else None

    def running_url(self) -> str | None:
        """Where the running server listens, whichever port it was started with."""
        found = (
            re.search(r'^http\.port: "(\d+)"', self._settings_file.read_text(), re.MULTILINE) if self.pid() else None
        )
        return found and f"http://127.0.0.1:{found[1]}"

    def start(self) -> bool:
        """Bring the server up and wait until it answers. False when it ran already."""
        if self.pid() is not None:
            return False
        _refuse_busy(self.port)
        try:
            java = java_home()
            distribution = fetched(self.var_dir)
            self.home.mkdir(parents=True, exist_ok=True)
            as_owner = _as_owner(self.home, distribution)
            self._lay_out(as_owner)
            self._launch(distribution, java, as_owner)
        except OSError as error:
            raise ElasticError(f"Elasticsearch did not start: {error}") from error
        if not self.peers:
            self._wait()
        return True

    def stop(self) -> bool:
        """Stop the server and wait until it is gone. False when it did not run."""
        pid = self.pid()
        if pid is None:
            return False
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while self.pid() is not None:
            if time.monotonic() > deadline:
                self.kill()
            time.sleep(0.05)
        return True

    def kill(self) -> None:
        """End it as a power cut would."""
        if (pid := self.pid()) is not None:
            os.kill(pid, signal.SIGKILL)

    @property
    def _settings_file(self) -> Path:
        return self.home / "config" / "elasticsearch.yml"

    @property
    def _mark(self) -> str:
        return f"-Dimperia.node={self.home}"

    def _lay_out(self, as_owner: list[str]) -> None:
        for name in ("config", "data", "logs", "tmp"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        (self.home / "data" / "pid").unlink(missing_ok=True)
        self._settings_file.write_text(self._settings())
        (self.home / "config" / "jvm.options").write_text(
            JVM_OPTIONS.format(heap=self.heap, more="\n".join(self.java_options), mark=self._mark)
        )
        (self.home / "config" / "log4j2.properties").write_text(LOGGING.format(log=self.home / "logs" / "server.log"))
        if as_owner:
            owner = pwd.getpwnam("nobody")
            for path in (self.home, *self.home.rglob("*")):
                os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)

    def _settings(self) -> str:
        lines = {
            "cluster.name": "imperia",
            "node.name": self.name,
            "path.data": self.home / "data",
            "path.logs": self.home / "logs",
            "http.host": "127.0.0.1",
            "http.port": self.port,
            "transport.host": "127.0.0.1",
            "transport.port": self.transport_port or free_port(),
            "xpack.security.enabled": "false",
            "action.auto_create_index": "false",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
        }
        if self.peers:
            lines["discovery.seed_hosts"] = [f"127.0.0.1:{port}" for port in self.peers]
            lines["cluster.initial_master_nodes"] = [f"127.0.0.1:{port}" for port in self.peers]
            lines["discovery.initial_state_timeout"] = "0s"
        else:
            lines["discovery.type"] = "single-node"
        return "".join(f"{name}: {_yaml(value)}\n" for name, value in lines.items())

    def _launch(self, distribution: Path, java: Path, as_owner: list[str]) -> None:
        own = embedded.environment()
        environment = {name: value for name, value in own.items() if not name.startswith(("ES_", "JAVA"))} | {
            "ES_JAVA_HOME": str(java),
            "ES_PATH_CONF": str(self.home / "config"),
            "ES_TMPDIR": str(self.home / "tmp"),
        }
        command = ["bash", str(distribution / "bin" / "elasticsearch"), "-d", "-p", str(self.home / "data" / "pid")]
        said = self.home / "logs" / "start.log"
        with said.open("wb") as log:
            try:
                # It returns when the server has begun to listen, or could not.
                done = subprocess.run(  # noqa: S603
                    [*as_owner, *command], env=environment, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    start_new_session=True, check=False, timeout=START_SECONDS,
                )  # fmt: skip
            except subprocess.TimeoutExpired:
                raise ElasticError(f"Elasticsearch does not start within {START_SECONDS} s: see {said}") from None
        if done.returncode:
            raise ElasticError(_in_one_line(said.read_text(errors="replace"), said))

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not answers(self.url):
            if self.pid() is None or time.monotonic() > deadline:
                raise ElasticError(
                    f"Elasticsearch does not answer at {self.url}: see {self.home / 'logs' / 'server.log'}"
                )
            time.sleep(0.1)


def why_not() -> str:
    """What this machine lacks to run a server; nothing if it can."""
    try:
        java_home()
    except ElasticError as error:
        return str(error)
    return "" if shutil.which("mvn") else "No Maven: apt install maven"


def java_home() -> Path:
    """The JDK or JRE to run on. That it is too old, the server says itself."""
    home = embedded.environment().get("JAVA_HOME")
    java = Path(home or "") / "bin" / "java"
    found = java if home and java.exists() else shutil.which("java")
    if not found:
        raise ElasticError("No Java: apt install openjdk-17-jre-headless (17 or newer)")
    return Path(found).resolve().parents[1]


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url: str) -> bool:
    """Whether a server there has a master and takes questions."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
            f"{url}/_cluster/health?timeout=1s", timeout=5
        ) as response:
            return response.status == HTTPStatus.OK
    except OSError:
        return False


def _as_owner(*places: Path) -> list[str]:
    """The beginning of the command line that starts a server which may read these places."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        raise ElasticError("Elasticsearch does not run as root: use an ordinary account, or install util-linux.")
    owner = pwd.getpwnam("nobody")
    command = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    above = {above for place in places for above in (place, *place.parents)}
    if not all(path.stat().st_mode & stat.S_IXOTH for path in above):
        # As the embedded PostgreSQL: nobody may not even pass through the directories of /root.
        command += ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"]
    return command


def _refuse_busy(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            advice = f"choose another, as in make elasticsearch ELASTICSEARCH_PORT={port + 1}"
            raise ElasticError(f"Port {port} is taken by another program: {advice}") from error


def _yaml(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_yaml(one) for one in value) + "]"
    return value if value in {"true", "false"} else '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _in_one_line(text: str, log: Path) -> str:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    worst = [line for line in lines if re.search(r"minimum required Java|Exception|ERROR|could not|failed", line)]
    return f"Elasticsearch did not start: {(worst or lines or ['no reason given'])[0][:300]} (see {log})"
