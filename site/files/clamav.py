"""A small client of clamd: INSTREAM over its socket, as its manual (man clamd) tells.

`settings.CLAMAV_SOCKET` is a path, or `host:port`; empty means that uploads are not scanned. Without the daemon the
portal goes on: the file is taken and marked as not scanned.
"""

import logging
import socket
import struct
from contextlib import closing
from typing import BinaryIO

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .limits import limit
from .refusals import refusal

logger = logging.getLogger(__name__)

CHUNK = 64 * 1024
LONGEST_ANSWER = 4096


class ScanState(models.TextChoices):
    """What the virus scanner had to say about a file."""

    UNSCANNED = "unscanned", gettext_lazy("not scanned")
    CLEAN = "clean", gettext_lazy("no virus found")


def scan(stream: BinaryIO) -> ScanState:
    """Have the rest of the stream scanned. Raises ValidationError for an infected file."""
    if not settings.CLAMAV_SOCKET:
        return ScanState.UNSCANNED
    try:
        answer = ask(stream)
    except OSError as error:
        logger.warning("The virus scanner at %s does not answer: %s", settings.CLAMAV_SOCKET, error)
        return ScanState.UNSCANNED
    if answer.endswith("FOUND"):
        logger.warning("An infected upload was refused: %s", answer)
        raise refusal("infected", _("The virus scanner has found a virus in the file. It was not stored."))
    if answer != "stream: OK":
        logger.warning("The virus scanner could not scan a file: %s", answer)
        return ScanState.UNSCANNED
    return ScanState.CLEAN


def ask(stream: BinaryIO) -> str:
    with closing(connect(settings.CLAMAV_SOCKET)) as connection:
        connection.sendall(b"zINSTREAM\x00")
        while chunk := stream.read(CHUNK):
            connection.sendall(struct.pack("!L", len(chunk)) + chunk)
        connection.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\x00") and len(answer) < LONGEST_ANSWER:
            received = connection.recv(LONGEST_ANSWER)
            if not received:
                break
            answer += received
    return answer.rstrip(b"\x00").decode("utf-8", "replace").strip()


def connect(address: str) -> socket.socket:
    seconds = limit("FILES_SCAN_SECONDS")
    host, _colon, port = address.rpartition(":")
    if port.isdecimal():
        return socket.create_connection((host, int(port)), timeout=seconds)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(seconds)
    try:
        connection.connect(address)
    except OSError:
        connection.close()
        raise
    return connection
