"""A Word document as marked-up text, from which `practices.authoring.word` makes a practice.

Mammoth reads it. Pictures stay in the file: the HTML names them by number. What cannot be carried over is counted, so
that the author can be told. Nothing is ever fetched: pictures that lie elsewhere are only counted.
"""

import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

import mammoth
from lxml import etree
from mammoth.docx import office_xml
from mammoth.docx.xmlparser import XmlElement, XmlText

#: Characters of markup: some 300 pages. More is a book, not a practice.
MOST_MARKUP = 3_000_000
#: Elements of one part: a page of text has about 300, so these are 1,000 pages; each takes half a kilobyte.
MOST_ELEMENTS = 300_000

STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Название'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Подзаголовок'] => p.subtitle:fresh
p[style-name='Заголовок 1'] => h1:fresh
p[style-name='Заголовок 2'] => h2:fresh
p[style-name='Заголовок 3'] => h3:fresh
p[style-name='Заголовок 4'] => h4:fresh
p[style-name^='caption'] => p.caption:fresh
p[style-name^='Caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
"""

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: Elements, by their names without a namespace, and what is counted of them.
COUNTED = {
    "oMath": "formulas",
    "txbxContent": "text_boxes",
    "footnoteReference": "footnotes",
    "endnoteReference": "footnotes",
    "commentReference": "comments",
    "chart": "charts",
    "relIds": "charts",
    "OLEObject": "objects",
    "del": "corrections",
    "ins": "corrections",
}
#: Said by Word to itself.
NOISE = {"proofErr", "lastRenderedPageBreak", "bookmarkEnd", "shapetype", "sectPr"}
WORDS_ELEMENTS = {"w:t", "w:instrText"}
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
CORE_PROPERTIES = "docProps/core.xml"


class TooLong(ValueError):  # noqa: N818 - says what is wrong
    """More text than a practice can hold."""


def read(path: str) -> dict[str, Any]:
    """{html, pictures: members of the ZIP by number, lost: {what: how many}, title: of the file's properties}, or
    {too_long: true}.
    """
    try:
        return read_all(path)
    except TooLong:
        return {"too_long": True}


def read_all(path: str) -> dict[str, Any]:
    pictures: list[str] = []
    lost: Counter[str] = Counter()

    def name_picture(image: Any) -> dict[str, str]:
        try:
            with image.open() as opened:
                name = opened.name
        except (KeyError, ValueError, OSError):
            lost["pictures_elsewhere"] += 1
            return {"src": ""}
        if name not in pictures:
            pictures.append(name)
        return {"src": str(pictures.index(name))}

    # Mammoth's own parser takes fifty bytes of memory for one of XML, and reads document types.
    office_xml.parse_xml = partial(parse, lost)
    with open(path, "rb") as opened:  # noqa: PTH123 - of a Path mammoth would take the folder for the pictures'
        found = mammoth.convert_to_html(
            opened,
            style_map=STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(name_picture),
            external_file_access=False,
        )
        title = title_of(opened)
    if len(found.value) > MOST_MARKUP:
        raise TooLong
    return {"html": found.value, "pictures": pictures, "lost": dict(lost), "title": title}


def safe_parser() -> etree.XMLParser:
    """Knows no entities and no network, and no nesting deeper than 256."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )


def tree(opened: BinaryIO) -> etree._Element:
    parsed = etree.parse(opened, safe_parser())
    if parsed.docinfo.internalDTD is not None:
        raise ValueError("a document type in an office document")
    return parsed.getroot()


def parse(lost: Counter[str], opened: BinaryIO, namespace_mapping: list[tuple[str, str]]) -> XmlElement:
    """One part as mammoth's elements; what cannot be carried over is counted in `lost`."""
    root = tree(opened)
    if sum(1 for _element in root.iter()) > MOST_ELEMENTS:
        raise TooLong
    for name, what in COUNTED.items():
        lost[what] += sum(1 for found in root.iter(f"{{*}}{name}") if next(found.iterancestors(FALLBACK), None) is None)
    return converted(root, {uri: prefix for prefix, uri in namespace_mapping})


def converted(element: etree._Element, prefixes: dict[str, str]) -> XmlElement:
    local = etree.QName(element).localname
    if local == "oMath":
        return XmlElement("w:r", {}, [XmlElement("w:t", {}, [XmlText(in_line(element))])])
    if local == "oMathPara":
        return XmlElement("w:smartTag", {}, list(inner(element, prefixes)))
    name = named(element.tag, prefixes)
    attributes = {named(key, prefixes): value for key, value in element.attrib.items() if "}rsid" not in key}
    words = [XmlText(element.text)] if name in WORDS_ELEMENTS and element.text else []
    return XmlElement(name, attributes, words + list(inner(element, prefixes)))


def inner(element: etree._Element, prefixes: dict[str, str]) -> Iterator[XmlElement]:
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).localname not in NOISE:
            yield converted(child, prefixes)


def named(name: str, prefixes: dict[str, str]) -> str:
    """Mammoth's name: `w:p` where it knows the namespace, `{…}p` elsewhere."""
    if not name.startswith("{"):
        return name
    uri, local = name[1:].split("}", 1)
    prefix = prefixes.get(uri)
    return f"{prefix}:{local}" if prefix else name


#: How the parts of a formula stand on one line.
IN_LINE = {
    "f": lambda part: f"{bracketed(part('num'))}/{bracketed(part('den'))}",
    "sSup": lambda part: f"{bracketed(part('e'))}^{bracketed(part('sup'))}",
    "sSub": lambda part: f"{bracketed(part('e'))}_{bracketed(part('sub'))}",
    "rad": lambda part: f"√{bracketed(part('e'))}",
    "d": lambda part: f"({part('e')})",
}


def in_line(formula: etree._Element) -> str:
    """A formula on one line: «(−b)/(2a)», «x^2», «√(D)»; what is more than that is only set side by side."""
    name = etree.QName(formula).localname
    if name == "t":
        return formula.text or ""
    if name in IN_LINE:
        return IN_LINE[name](lambda tag: ", ".join(in_line(part) for part in formula.iterfind(f"{{*}}{tag}")))
    return "".join(in_line(child) for child in formula if isinstance(child.tag, str))


def bracketed(text: str) -> str:
    return text if len(text) == 1 or text.isalnum() else f"({text})"


def title_of(opened: BinaryIO) -> str:
    """What the file's properties call it; programs leave their own names there too."""
    opened.seek(0)
    with zipfile.ZipFile(opened) as archive:
        if CORE_PROPERTIES not in archive.namelist():
            return ""
        with archive.open(CORE_PROPERTIES) as part:
            return (tree(part).findtext(f"{DUBLIN_CORE}title") or "").strip()
