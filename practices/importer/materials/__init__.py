"""Materials of an imported practice as files, made from their outlines.

An outline is what a teacher would scribble before making the file: a line a part, «Таблица: время, длина,
погода». Nothing is invented: a file holds the outline's own words, laid out so that it can be printed and used.
"""

from collections.abc import Callable, Iterable

from core.text import address
from practices.importer.materials import paper, sheets, slides, words
from practices.importer.materials.plan import Item, items_of

__all__ = ["make"]

MAKERS: dict[str, Callable[[str, list[Item], str], bytes]] = {
    "docx": words.document,
    "pdf": paper.document,
    "pptx": slides.document,
    "xlsx": sheets.document,
}


def make(format: str, title: str, outline: Iterable[str], *, practice: str) -> tuple[str, bytes]:  # noqa: A002
    """A file's name in Latin letters and its bytes; KeyError for a format not among docx, pdf, pptx, xlsx.

    The same arguments give the same bytes.
    """
    title, practice = printable(title), printable(practice)
    return f"{address(title)}.{format}", MAKERS[format](title, items_of(map(printable, outline)), practice)


def printable(text: str) -> str:
    """The text without characters that neither XML nor paper can hold."""
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)
