"""Small questions about Russian text that several floors ask."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from slugify import slugify

SPACES = re.compile(r"\s+")


def normalise(text: str) -> str:
    """One spelling for what people write in several ways: case, ё and е, spaces; NUL bytes go.

    >>> normalise("  Смысловое   ЧТЕНИЕ ")
    'смысловое чтение'
    """
    text = unicodedata.normalize("NFC", text).replace("\x00", "")
    return SPACES.sub(" ", text).strip().casefold().replace("ё", "е")


def address(text: str, *, length: int = 60) -> str:
    """A readable Latin part of an address, cut at a word: a Cyrillic one turns into %D0%… when copied.

    >>> address("Остаток — не ошибка")
    'ostatok-ne-oshibka'
    """
    return slugify(text, max_length=length, word_boundary=True) or "page"


TAGS = re.compile(r"<[^>]*>")
BLOCK_ENDS = re.compile(r"</(?:p|li|h[1-6]|blockquote|ul|ol)>|<br\s*/?>")
#: Parts of a block's value that are no words.
WORDLESS = {"id", "type", "url", "image", "document", "page", "values"}


def plain(html: str) -> str:
    """The words of cleaned rich text, a line a paragraph.

    >>> plain("<p>Делим&nbsp;с остатком.</p><p>И без.</p>")
    'Делим с остатком.\\nИ без.'
    """
    text = unescape(TAGS.sub("", BLOCK_ENDS.sub("\n", html))).replace("\xa0", " ")
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def plain_stream(value: object) -> str:
    """The words of a StreamField's raw JSON value, whatever its blocks, without rendering them."""
    return "\n".join(filter(None, _words(value)))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, Mapping):
        if "values" in value:
            # A row of a table is one line of text.
            yield plain(" · ".join(map(str, value["values"])))
        for name, part in value.items():
            if name not in WORDLESS:
                yield from _words(part)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _words(part)
