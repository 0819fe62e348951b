"""A mail server for tests: a real one on a socket, that behaves as it is told.

with MailServer() as server:
    server.plan("busy", "accept")     # for the connections to come; after them it accepts

A behaviour that is a function is called between the dot and the answer.
"""

import socketserver
import threading
from collections import deque
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Taken:
    """What the server took: the addresses of the envelope and the letter."""

    to: list[str]
    raw: bytes
    letter: EmailMessage = field(init=False)

    def __post_init__(self):
        self.letter = message_from_bytes(self.raw, policy=policy.default)


class Handler(socketserver.StreamRequestHandler):
    """One connection, answering as its behaviour says."""

    server: "MailServer"

    def handle(self) -> None:
        self.to: list[str] = []
        self.behaviour = self.server.next_behaviour()
        self.server.connections += 1
        if self.behaviour == "busy":
            self.say("421 4.3.2 Too many connections")
            return
        self.say("220 mail.example ESMTP")
        answers = {b"RCPT": self.rcpt, b"DATA": self.data, b"QUIT": self.quit}
        while line := self.rfile.readline():
            if not answers.get(line[:4].upper(), self.agree)(line):
                return

    def say(self, line: str) -> bool:
        self.wfile.write(f"{line}\r\n".encode())
        return True

    def agree(self, line: bytes) -> bool:
        return self.say("250 OK")

    def rcpt(self, line: bytes) -> bool:
        if self.behaviour == "hang up at the address":
            return False
        refusals = {"no such person": "550 5.1.1 No such person", "greylist": "450 4.7.1 Come back later"}
        if self.behaviour in refusals:
            return self.say(refusals[self.behaviour])
        self.to.append(line.decode().split("<")[1].split(">")[0])
        return self.say("250 OK")

    def data(self, line: bytes) -> bool:
        if self.behaviour == "hang up before the text":
            return False
        self.say("354 Go ahead")
        if self.behaviour == "hang up in the text":
            self.rfile.readline()
            return False
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        refusals = {"spam": "554 5.7.1 Looks like spam", "disk full": "452 4.3.1 No room"}
        if self.behaviour in refusals:
            return self.say(refusals[self.behaviour])
        self.server.taken.append(Taken(self.to, b"".join(lines)))
        self.server.took.set()
        return self.taken()

    def taken(self) -> bool:
        if self.behaviour == "hang up after the dot":
            return False
        if self.behaviour == "silent after the dot":
            self.server.release.wait(60)
            return False
        if callable(self.behaviour):
            self.behaviour()
        return self.say("250 2.0.0 Queued")

    def quit(self, line: bytes) -> bool:
        if self.behaviour != "no goodbye":
            self.say("221 Bye")
        return False


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.port: int = self.server_address[1]
        self.taken: list[Taken] = []
        self.connections = 0
        #: Set once a letter is taken; `release` ends a silence.
        self.took, self.release = threading.Event(), threading.Event()
        self._plan: deque = deque()

    def plan(self, *behaviours) -> None:
        self._plan.extend(behaviours)

    def next_behaviour(self):
        return self._plan.popleft() if self._plan else "accept"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *args):
        self.release.set()
        self.shutdown()
        self.server_close()
