"""A mail server that takes every letter and counts them."""

import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default


class Post(socketserver.ThreadingTCPServer):
    """How often a letter of each Message-ID was handed over."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: Counter[str] = Counter()
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def take(self, letter: bytes) -> None:
        with self.lock:
            self.taken[message_from_bytes(letter, policy=default)["Message-ID"]] += 1


class _Talk(socketserver.StreamRequestHandler):
    """RFC 5321, as little as a client needs."""

    def handle(self):
        self.say(220, "benchmark")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word in {b"EHLO", b"HELO"}:
                self.say(250, "benchmark")
            elif word == b"DATA":
                self.say(354, "go on")
                self.server.take(self.letter())
                self.say(250, "taken")
            elif word == b"QUIT":
                self.say(221, "bye")
                return
            else:
                self.say(250, "ok")

    def letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def say(self, code: int, words: str) -> None:
        self.wfile.write(f"{code} {words}\r\n".encode())


@contextmanager
def post() -> Iterator[Post]:
    with Post() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
