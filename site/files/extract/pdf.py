"""PDF by page."""

from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError

from .bounds import Part

MOST_PAGES = 3000


def parts(path: str, _code: str) -> Iterator[Part]:
    """Raises FileNotDecryptedError if a password is needed; one that is only protected from changes opens."""
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise FileNotDecryptedError("a password is needed")
    for number, page in enumerate(reader.pages[:MOST_PAGES], start=1):
        yield number, page.extract_text()
