"""ODT as one text, ODP by slide, ODS by sheet.

Repeated cells are taken once: a sheet may repeat an empty one a million times.
"""

from collections.abc import Iterator

from lxml import etree
from odfdo import Document

from .bounds import Part

NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
}
LEAVES = {f"{{{NAMES['text']}}}{name}" for name in ("p", "h")}
SPACES = {f"{{{NAMES['text']}}}{name}" for name in ("s", "tab", "line-break")}
PARTS = {"odp": "draw:page", "ods": "table:table"}
ENCRYPTION = b"manifest:encryption-data"


def parts(path: str, code: str) -> Iterator[Part]:
    """Raises ValueError if the file needs a password."""
    document = Document(path)
    if ENCRYPTION in document.container.get_part("META-INF/manifest.xml"):
        raise ValueError("a password is needed")
    content = document.container.get_part("content.xml")
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    body = root.find("office:body", NAMES)
    if code in PARTS:
        for number, part in enumerate(body.iterfind(f".//{PARTS[code]}", NAMES), start=1):
            title = part.get(f"{{{NAMES['table']}}}name", "")
            yield number, f"{title}\n{text_of(part)}"
    else:
        yield None, text_of(body)


def text_of(root: etree._Element) -> str:
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            pieces.append(" " if element.tag in SPACES else element.text or "")
        else:
            pieces.append("\n" if element.tag in LEAVES else "")
            pieces.append((element.tail or "").strip("\n") if element is not root else "")
    return "".join(pieces)
