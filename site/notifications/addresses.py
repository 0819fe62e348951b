"""Addresses of this portal: kept as paths, written out in letters."""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings


def inner(url: str) -> str:
    """The path of an address, whichever host was written before it.

    >>> inner("http://localhost/practices/5/?a=1#b")
    '/practices/5/?a=1#b'
    >>> inner("//evil.example/")
    '/'
    """
    if not url:
        return ""
    parts = urlsplit(url)
    return urlunsplit(("", "", "/" + parts.path.lstrip("/\\"), parts.query, parts.fragment))


def whole(path: str) -> str:
    """An address for a letter."""
    return settings.BASE_URL + (inner(path) or "/")
