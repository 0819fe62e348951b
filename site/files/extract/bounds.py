"""How much text of one file is worth keeping."""

import re
from collections.abc import Iterable

Part = tuple[int | None, str]

#: Characters of one file. A 700-page textbook has about 1.5 million.
MOST = 2_000_000
#: PostgreSQL keeps no NUL; other controls, lone surrogates and soft hyphens only part words.
NOISE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\ud800-\udfff]")
SPACES = re.compile(r"[ \t\u00a0]{2,}")
LINES = re.compile(r"\s*\n\s*\n\s*")


def clean(text: str) -> str:
    return LINES.sub("\n\n", SPACES.sub(" ", NOISE.sub("", text))).strip()


def bounded(parts: Iterable[Part]) -> list[Part]:
    """The parts that hold text, cleaned, up to the limit; reading stops there."""
    kept: list[Part] = []
    room = MOST
    for number, text in parts:
        cleaned = clean(text[: MOST * 2])[:room]
        if cleaned:
            kept.append((number, cleaned))
        room -= len(cleaned)
        if room <= 0:
            break
    return kept
