"""Plain text. Proved here: it is text in an encoding in use, and no browser would take it for a page.

A text about HTML may quote tags: only the beginning is judged, as browsers do (https://mimesniff.spec.whatwg.org).
"""

import re
from typing import BinaryIO

from django.utils.translation import gettext as _

from files.formats import Format
from files.refusals import is_not, refusal

#: What a text may hold besides visible characters: tab, line ends, form feed, and the old end-of-file mark.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SNIFFED = 1024
PAGE = re.compile(
    r"^\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|script|style|iframe|svg|img|table|div|font|title|h1|a|b|p|br|"
    r"meta|link|object|embed|form|math|\?xml|\?php)\b",
    re.IGNORECASE | re.DOTALL,
)
PROGRAM = re.compile(r"^(?:#!|%PDF-|\{\\rtf|MZ|<%|GIF8)|<script\b|\bon(?:error|load)\s*=", re.IGNORECASE)


def check(stream: BinaryIO, format_: Format) -> None:
    stream.seek(0)
    content = stream.read()
    text = decoded(content)
    if text is None:
        raise is_not(format_, content[:2048])
    start = text[:SNIFFED]
    if PAGE.match(start) or PROGRAM.search(start):
        raise refusal("page", _("This is a web page or a program named as a text. Save it as DOCX or PDF."))


def decoded(content: bytes) -> str | None:
    """The text, or None if these bytes are no text. Every byte of cp1251 but one is a letter: controls tell."""
    marked = next((encoding for mark, encoding in BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "cp1251"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROL.search(text):
            return text
    # KOI8 and other old encodings decode byte by byte too.
    return None if marked or CONTROL.search(content.decode("latin-1")) else content.decode("koi8-r", "replace")
