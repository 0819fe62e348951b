"""Where a page of results begins: the sort key of its neighbour, in an address."""

import base64
import binascii
import re
from typing import NamedTuple

CURSOR = re.compile(r"([nd]):(-?\d{1,16}):(\d{1,18})", re.ASCII)
LONGEST = 80


class Cursor(NamedTuple):
    """`key`: microseconds since 1970 for «newest», a popularity for «downloads»; `id` of the document."""

    sort: str
    key: int
    id: int

    def __str__(self) -> str:
        text = f"{self.sort[0]}:{self.key}:{self.id}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, sort: str) -> Cursor | None:
    """A cursor of this sort; None for whatever is not one of ours. It opens nothing: it is a place in a list."""
    if not text or len(text) > LONGEST:
        return None
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    found = CURSOR.fullmatch(plain)
    if not found or found[1] != sort[0]:
        return None
    return Cursor(sort, int(found[2]), int(found[3]))
