"""The school dictionary as it is before anybody edits it: `data/synonyms.txt`, loaded by a migration."""

from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).parent / "data" / "synonyms.txt"


def groups() -> Iterator[tuple[list[str], str]]:
    """Phrases of each group of the file, and its comment."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        words, _mark, comment = line.partition("#")
        phrases = [" ".join(phrase.split()) for phrase in words.split("=") if phrase.strip()]
        if phrases:
            yield phrases, comment.strip()
