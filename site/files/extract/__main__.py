"""python -m files.extract SECONDS MEMORY ANSWER text|markup|preview PATH FORMAT: the answer goes to stdout.

Text is JSON [[page or null, text], …], markup that of `marked_up.read`, a preview is a WebP. Exit code 0: here it is;
3: the file cannot be read. Runs alone: no Django, no settings, no network.
"""

import importlib
import json
import os
import resource
import signal
import sys

from .bounds import bounded

UNREADABLE = 3
READERS = {
    "pdf": "files.extract.pdf",
    "docx": "files.extract.docx",
    "pptx": "files.extract.pptx",
    "xlsx": "files.extract.xlsx",
    "odt": "files.extract.opendocument",
    "odp": "files.extract.opendocument",
    "ods": "files.extract.opendocument",
    "txt": "files.extract.txt",
}
KINDER = 10


def limit(seconds: int, memory: int, answer: int) -> None:
    """Bound this process before anything hostile is opened; nothing in it can raise these again."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (answer, answer))
    signal.alarm(seconds)  # the wall clock, also if the parent has died
    os.nice(KINDER)


def answer(action: str, path: str, code: str) -> bytes:
    if action == "preview":
        return importlib.import_module("files.extract.preview").draw(path, code)
    if action == "markup":
        found = importlib.import_module("files.extract.marked_up").read(path)
        return json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")
    parts = bounded(importlib.import_module(READERS[code]).parts(path, code))
    return json.dumps(parts, ensure_ascii=False).encode("utf-8", "replace")


def main(action: str, path: str, code: str) -> int:
    try:
        found = answer(action, path, code)
    except Exception as error:  # noqa: BLE001 - whatever a parser throws at a hostile file, the file is unreadable
        print(f"{type(error).__name__}: {error}"[:200], file=sys.stderr)
        return UNREADABLE
    sys.stdout.buffer.write(found)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    # Parsers leave threads and slow finalisers behind: the answer is out, so leave at once.
    limit(*map(int, sys.argv[1:4]))
    os._exit(main(*sys.argv[4:]))
