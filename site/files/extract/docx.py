"""DOCX as one text: paragraphs and tables in their order, headers and footers, footnotes and text boxes last.

Taken from the XML, not through python-docx's paragraphs: those leave out text boxes, content controls and what stands
inside insertions.
"""

from collections.abc import Iterator

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from .bounds import Part

PARAGRAPH, TEXT, TAB, BREAK, ROW, CELL = (qn(f"w:{name}") for name in ("p", "t", "tab", "br", "tr", "tc"))
#: Word writes each text box twice, the second time for old programs.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
ASIDE = {
    RELATIONSHIP_TYPE.HEADER,
    RELATIONSHIP_TYPE.FOOTER,
    RELATIONSHIP_TYPE.FOOTNOTES,
    RELATIONSHIP_TYPE.ENDNOTES,
}


def parts(path: str, _code: str) -> Iterator[Part]:
    document = Document(path)
    asides = [
        etree.fromstring(relation.target_part.blob, safe_parser())
        for relation in document.part.rels.values()
        if relation.reltype in ASIDE and not relation.is_external
    ]
    yield None, "\n".join(text_of(root) for root in [document.element.body, *asides])


def text_of(root: etree._Element) -> str:
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if element.tag == FALLBACK:
                element.clear()
            elif element.tag == TEXT:
                pieces.append(element.text or "")
            elif element.tag in {TAB, BREAK}:
                pieces.append(" ")
        elif element.tag in {PARAGRAPH, ROW}:
            pieces.append("\n")
        elif element.tag == CELL:
            pieces.append(" ")
    return "".join(pieces)


def safe_parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
