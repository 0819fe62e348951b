"""What the portal acknowledged, as those who were told keep it."""

import threading
from dataclasses import dataclass, field


@dataclass
class Journal:
    """Each fact is written after the answer came, never before."""

    #: Drafts that somebody began to write, acknowledged or not.
    begun: int = 0
    #: The last acknowledged text by practice; each text begins with the one before it.
    texts: dict[int, str] = field(default_factory=dict)
    #: SHA-256 of each acknowledged material by practice.
    files: dict[int, set[str]] = field(default_factory=dict)
    submitted: set[int] = field(default_factory=set)
    verdicts: set[int] = field(default_factory=set)
    saves: int = 0
    retries: int = 0
    #: What people met that should never be met: anything but the deed or a try again.
    surprises: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        with self.lock:
            self.begun += 1

    def saved(self, practice: int, text: str) -> None:
        with self.lock:
            self.saves += 1
            self.texts[practice] = text

    def stored(self, practice: int, sha256: str) -> None:
        with self.lock:
            self.files.setdefault(practice, set()).add(sha256)

    def surprised(self, words: str) -> None:
        with self.lock:
            self.surprises.append(words)
