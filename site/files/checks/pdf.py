"""PDF. Proved here: it begins as one, is nothing else at the same time, and starts no program.

PDFs with JavaScript or a Launch action are refused, though they would only ever be sent as an attachment in
a sandbox: teachers open them in whatever reader a school computer has. The search needs no parser: an action
must name itself (`/S /JavaScript`) either in plain sight or inside a compressed object stream, and both are
looked at. In an encrypted file object streams stay closed: it is taken as it is, like other locked documents.
"""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from files.formats import Format
from files.refusals import is_not, refusal

ZIP_END = b"PK\x05\x06"
#: ZIP readers look for their directory's end in the last 65,557 bytes of any file.
ZIP_TAIL = 65_557
MARKUP = re.compile(rb"<\s*(?:!doctype|html|script|svg|head|body|iframe)", re.IGNORECASE)
SNIFFED = 1024
ACTIVE = re.compile(rb"/(?:JavaScript|Launch)(?![A-Za-z0-9])")
ESCAPED_NAME = re.compile(rb"/[^\x00\s()<>\[\]{}/%]{0,120}#[0-9A-Fa-f]{2}[^\x00\s()<>\[\]{}/%]{0,120}")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")
#: Unpacked bytes of object streams that are looked through: one, and all together.
STREAM_MOST, ALL_STREAMS_MOST = 8 * 1024 * 1024, 64 * 1024 * 1024
#: Where in front of a stream its dictionary stands.
DICTIONARY = 400


def check(stream: BinaryIO, format_: Format) -> None:
    stream.seek(0)
    content = stream.read()
    if not content.startswith(b"%PDF-"):
        raise is_not(format_, content[:2048])
    if MARKUP.search(content[:SNIFFED]) or ZIP_END in content[-ZIP_TAIL:]:
        raise refusal("polyglot", _("The file is a PDF and something else at once. Save it as PDF anew and upload it."))
    if is_active(content) or any(is_active(part) for part in object_streams(content)):
        raise refusal(
            "active",
            _("The PDF holds a program or an order to start one. Print it to PDF and upload that."),
        )


def is_active(content: bytes) -> bool:
    """Is there an action's name, written plainly or with `#4a` escapes."""
    if ACTIVE.search(content):
        return True
    return any(
        ACTIVE.fullmatch(ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), name))
        for name in ESCAPED_NAME.findall(content)
    )


def object_streams(content: bytes) -> Iterator[bytes]:
    """The unpacked streams that hold objects; a stream with an escaped name in its dictionary counts as one."""
    budget = ALL_STREAMS_MOST
    for found in STREAM.finditer(content):
        dictionary = content[max(0, found.start() - DICTIONARY) : found.start()].rpartition(b"obj")[2]
        if b"/ObjStm" not in dictionary and b"#" not in dictionary:
            continue
        unpacked = inflate(content, found.end(), min(STREAM_MOST, budget))
        budget -= len(unpacked)
        yield unpacked
        if budget <= 0:
            raise refusal("bomb", _("Unpacked, the document is too large to open. Make it smaller and upload it."))


def inflate(content: bytes, start: int, most: int) -> bytes:
    """At most so many bytes of the compressed stream that begins there; empty if it is none."""
    inflater = zlib.decompressobj()
    try:
        return inflater.decompress(memoryview(content)[start:], most)
    except zlib.error:
        return b""
