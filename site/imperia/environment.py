"""Makes `.venv` what the lock file says, and does nothing when it is that already.

Runs on the machine's own Python, before anything is installed: `python3 site/imperia/environment.py [--dev]`.
"""

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARK = VENV / "installed.json"
RUN, DEV = "requirements.lock", "requirements-dev.lock"
OLDEST = (3, 11)
#: On a terminal a line is written over; in a log each stands.
BACK = "\r" if sys.stdout.isatty() else ""


def say(text: str, *, end: str = "\n") -> None:
    print(text, end=end, flush=True)


def wanted(locks: list[str]) -> dict[str, str]:
    """What the environment has to be made from: this Python and the locks' fingerprints."""
    python = f"{sys.implementation.name} {sys.version_info[0]}.{sys.version_info[1]}"
    return {"python": python} | {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in locks}


def installed() -> dict[str, str]:
    try:
        subprocess.run([PYTHON, "-c", ""], check=True, capture_output=True)  # noqa: S603
        return json.loads(MARK.read_text())
    except (OSError, ValueError, subprocess.CalledProcessError):
        return {}


def make_venv(python: str) -> None:
    """Make the environment anew only when its Python does not run or is another one: what works is never cleared."""
    probe = "import pip, sys; print(sys.implementation.name, '.'.join(map(str, sys.version_info[:2])))"
    try:
        found = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        pass
    else:
        if found.stdout.strip() == python:
            return
    made = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False
    )
    if made.returncode:
        sys.exit(f"This Python cannot make an environment: {_last(made.stdout + made.stderr)}\n"
                 "On Debian and Ubuntu: apt install python3-venv")  # fmt: skip


def install(lock: str) -> None:
    """Install a lock file's packages, counting them on a terminal."""
    total = sum(line[:1].isalnum() for line in (ROOT / lock).read_text().splitlines())
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    pip = subprocess.Popen(  # noqa: S603
        [*command, "--require-hashes", "-r", ROOT / lock], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    said, seen = [], 0
    for line in pip.stdout or ():
        said.append(line)
        seen += line.startswith(("Collecting ", "Requirement already satisfied: "))
        if sys.stdout.isatty():
            say(f"{BACK}  packages {seen}/{total}", end="")
    if pip.wait():
        sys.exit(f"\nThe packages could not be installed: {_last(''.join(said))}")


def _last(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "ERROR" in line), lines[-1] if lines else "no reason given")


def main() -> None:
    if sys.version_info < OLDEST:
        sys.exit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: PYTHON=python3.11 make run")
    lock = DEV if "--dev" in sys.argv else RUN
    # The development lock holds every package of the other one at the same version.
    marks = wanted([RUN, DEV] if lock == DEV else [RUN])
    if marks.items() <= installed().items():
        return
    began = time.monotonic()
    say(f"  environment from {lock}: some minutes the first time")
    make_venv(marks["python"])
    MARK.unlink(missing_ok=True)
    install(lock)
    MARK.write_text(json.dumps(marks))
    say(f"{BACK}  ✓ environment{time.monotonic() - began:26.1f} s")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped: run the same command again to go on.")
    except OSError as error:
        sys.exit(f"The environment could not be made: {error}")
