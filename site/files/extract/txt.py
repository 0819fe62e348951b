"""Plain text in whatever encoding it was saved."""

import re
from collections.abc import Iterator
from pathlib import Path

from .bounds import Part

MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
#: The two one-byte encodings put small letters where the other has capitals: honest Russian is mostly small letters.
SMALL, CAPITAL = re.compile("[а-яё]"), re.compile("[А-ЯЁ]")


def parts(path: str, _code: str) -> Iterator[Part]:
    yield None, decode(Path(path).read_bytes())


def decode(content: bytes) -> str:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return max((content.decode(encoding, "replace") for encoding in ("cp1251", "koi8-r")), key=likeness)


def likeness(text: str) -> int:
    """How much more small Russian letters than capitals."""
    return len(SMALL.findall(text)) - len(CAPITAL.findall(text))
