"""Sending a file so that it can only be taken away: never run, never shown as a page of the portal.

Whole or one range of bytes (RFC 9110 §14), with an ETag, so that a broken download goes on where it stopped.
"""

import re
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

SANDBOX = "sandbox; default-src 'none'"
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
PARTIAL, NOT_SATISFIABLE = 206, 416


class Slice:
    """A file that ends early: what is left of a range."""

    def __init__(self, file: BinaryIO, start: int, length: int):
        file.seek(start)
        self.file, self.left = file, length

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        self.file.close()


def send(
    request: HttpRequest, file: BinaryIO, *, size: int, etag: str, content_type: str, attachment_name: str = ""
) -> HttpResponse:
    """The response; it closes the file. An empty attachment name means that the file is part of a page."""
    etag = f'"{etag}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        file.close()
        return guarded(HttpResponseNotModified(), etag)
    asked = wanted(request, size, etag)
    if asked is None:
        file.close()
        response = HttpResponse(status=NOT_SATISFIABLE, content_type="text/plain")
        response["Content-Range"] = f"bytes */{size}"
        return guarded(response, etag)
    start, end = asked
    is_part = (start, end) != (0, size)
    response = FileResponse(
        Slice(file, start, end - start) if is_part else file,  # a whole file goes out by the kernel's sendfile
        content_type=content_type,
        as_attachment=bool(attachment_name),
        filename=attachment_name,
        status=PARTIAL if is_part else 200,
    )
    response["Content-Length"] = end - start
    if is_part:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response["Accept-Ranges"] = "bytes"
    # Django's gzip would change the length and the ranges of what is mostly packed already.
    response["Content-Encoding"] = "identity"
    return guarded(response, etag)


def wanted(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """Start and end (exclusive) of what is asked for; None outside the file. Several ranges get the whole."""
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    if not found or found[0] == "bytes=-" or request.headers.get("If-Range", etag) != etag:
        return 0, size
    first, last = found[1], found[2]
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    return (start, end) if start < end else None


def guarded(response: HttpResponse, etag: str) -> HttpResponse:
    """With the headers that keep a hostile file from doing anything in a browser."""
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
