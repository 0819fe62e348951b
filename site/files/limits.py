"""How much a file may weigh and hold: a setting of the same name overrides each default."""

from django.conf import settings

MEGABYTE = 1024 * 1024

DEFAULTS = {
    # Bytes of one document. School presentations with photographs reach 40 MB.
    "FILES_DOCUMENT_MAX_BYTES": 50 * MEGABYTE,
    # Bytes of one picture: a telephone's largest is about 15 MB.
    "FILES_PICTURE_MAX_BYTES": 20 * MEGABYTE,
    # Bytes of one plain text: «Война и мир» takes 6 MB.
    "FILES_TEXT_MAX_BYTES": 10 * MEGABYTE,
    # Bytes of a whole request: one document and its form. Anything larger is not even read.
    "FILES_REQUEST_MAX_BYTES": 55 * MEGABYTE,
    # Pixels of all frames of a picture together: decoding takes four bytes for each.
    "FILES_PICTURE_MAX_PIXELS": 50_000_000,
    # Pixels along one side. A GIF wider than 8,224 can spell JavaScript in its header.
    "FILES_PICTURE_MAX_SIDE": 20_000,
    "FILES_GIF_MAX_SIDE": 8_000,
    # Members of an office document, their unpacked bytes, and how many times smaller the packed may be.
    "FILES_ARCHIVE_MAX_MEMBERS": 5_000,
    "FILES_ARCHIVE_MAX_BYTES": 400 * MEGABYTE,
    "FILES_ARCHIVE_MAX_RATIO": 150,
    # Reading a file's text or drawing its first page: seconds, bytes of memory, bytes of answer.
    "FILES_READER_SECONDS": 20,
    "FILES_READER_MEMORY": 512 * MEGABYTE,
    "FILES_READER_ANSWER": 32 * MEGABYTE,
    # Seconds to wait for the virus scanner before going on without it.
    "FILES_SCAN_SECONDS": 30,
}


def limit(name: str) -> int:
    return getattr(settings, name, DEFAULTS[name])
