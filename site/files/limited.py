"""Work on hostile files in processes that can do little and are killed soon.

The process (`python -m files.extract`) knows neither Django nor the portal's secrets: it gets a path and a format,
limits itself before it loads any parser, and writes its answer to a file whose size the kernel bounds.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from .limits import limit

logger = logging.getLogger(__name__)

SOURCES = Path(__file__).resolve().parent.parent
#: Seconds beyond the processor time, for a process that sleeps or waits for a busy disk.
GRACE = 2


def text_of(path: str, code: str) -> list[list] | None:
    """The text as [[page or null, text], …]; None if the file cannot be read within the limits."""
    return understood(run("text", path, code), path)


def marked_up(path: str) -> dict | None:
    """A DOCX as {html, pictures, lost, title} or {too_long} (see `files.extract.marked_up`); None as for its text."""
    return understood(run("markup", path, "docx"), path)


def understood(answer: bytes | None, path: str) -> Any:
    if answer is None:
        return None
    try:
        return json.loads(answer)
    except ValueError:
        logger.warning("The reader's answer about %s cannot be understood", path)
        return None


def preview_of(path: str, code: str) -> bytes | None:
    """The first page of a PDF or a picture as a WebP; None for a file that cannot be drawn."""
    return run("preview", path, code)


def run(*arguments: str) -> bytes | None:
    """What the process answers; None if it failed or was killed. Raises OSError if it cannot be started."""
    seconds = limit("FILES_READER_SECONDS")
    limits = [str(limit(f"FILES_READER_{name}")) for name in ("SECONDS", "MEMORY", "ANSWER")]
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, arguments are no shell's
            [sys.executable, "-B", "-m", "files.extract", *limits, *arguments],
            cwd=SOURCES,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=complaints,
            start_new_session=True,
        )
        try:
            code = process.wait(seconds + GRACE)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            kill_group(process)
        if code == 0:
            answer.seek(0)
            return answer.read()
        complaints.seek(0)
        last = complaints.read()[-300:].decode("utf-8", "replace").strip().splitlines()[-1:]
        logger.info("Not read: %s (exit %s) %s", " ".join(arguments), code, *last or [""])
        return None


def kill_group(process: subprocess.Popen) -> None:
    """The process and whatever it started; nothing of it outlives its answer."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
