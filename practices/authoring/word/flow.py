"""Mammoth's HTML as a flat sequence of pieces: what is a heading, what a caption, what a picture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from core.text import SPACES

from .headings import ENDS, LONGEST_HEADING, LONGEST_LABEL, SHORT_FIELDS, field_of

#: Levels of headings that no style tells: a bold line, a line of known words.
BOLD_LINE, PLAIN_LINE = 7, 8
TITLE_LEVEL = 0
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD = {"strong", "b"}
CAPTION = re.compile(
    r"(?:рис(?:унок|\.)|фото|схема|диаграмма|табл(?:ица|\.))\s*(?:№\s*)?\d{0,3}\s*[.:—–-]", re.IGNORECASE
)
TABLE_CAPTION = re.compile(r"табл", re.IGNORECASE)

_ORDER = r"(?:\d{1,2}|[IVXІХ]{1,4})"
STEP = re.compile(
    rf"^(?:(?P<named>(?:этап|шаг)\s*№?\s*{_ORDER}|{_ORDER}(?:-?[йяе]|-?ый|-?ой)?\s*(?:этап|шаг))|(?P<order>{_ORDER}[.)]))?"
    r"[\s.:—–-]*(?P<title>.*)$",
    re.IGNORECASE,
)
_MINUTES = r"(?P<minutes>\d{1,3})(?:\s*[-–—]\s*\d{1,3})?\s*мин(?:ут[аы]?)?\b\.?"
MINUTES = re.compile(rf"[\s,–—-]*(?:(?P<bracket>[(\[])\s*)?{_MINUTES}\s*[)\]]?\s*[.:]?\s*$", re.IGNORECASE)


@dataclass
class Piece:
    """One thing of the document. `kind`: heading, text, list, quote, caption, table, picture, footnotes."""

    kind: str
    element: etree._Element
    text: str = ""
    level: int = 0
    bold: str = ""
    number: int | None = None
    alt: str = ""

    @property
    def markup(self) -> str:
        return html.tostring(self.element, encoding="unicode", with_tail=False)


def tree_of(markup: str) -> etree._Element:
    """The document, with only such links as lead somewhere."""
    root = html.fragment_fromstring(markup, create_parent="div") if markup.strip() else etree.Element("div")
    for reference in list(root.iter("sup")):
        # Mammoth's mark of a footnote is a link to the list at the end.
        if any((link.get("href") or "").startswith(("#footnote", "#endnote")) for link in reference.iter("a")):
            reference.tag = "span"
    for link in root.iter("a"):
        if not (link.get("href") or "").lower().startswith(("http://", "https://", "mailto:")):
            link.attrib.pop("href", None)
    return root


def pieces(parent: etree._Element) -> Iterator[Piece]:
    """The pieces in this element, in their order."""
    for element in parent:
        if element.tag in HEADINGS:
            yield from heading(element)
        elif element.tag == "p":
            yield from paragraph(element)
        elif element.tag in {"ul", "ol"}:
            yield from listed(element)
        elif element.tag == "blockquote":
            yield Piece("quote", element, said(element))
        elif element.tag == "table":
            yield Piece("table", element, said(element))


def said(element: etree._Element) -> str:
    """The words of an element on one line."""
    return SPACES.sub(" ", " ".join(element.itertext()) if element.tag == "table" else text_of(element)).strip()


def text_of(element: etree._Element) -> str:
    """Words with line breaks as spaces."""
    if element.tag == "br":
        return " "
    return (element.text or "") + "".join(text_of(child) + (child.tail or "") for child in element)


def heading(element: etree._Element) -> Iterator[Piece]:
    pictures = list(pictures_of(element))
    level = TITLE_LEVEL if element.get("class") == "title" else HEADINGS[element.tag]
    text = said(element)
    if len(text) > LONGEST_HEADING * 2:
        # Somebody wrote a whole paragraph in a heading's style.
        yield Piece("text", element, text)
    elif text:
        yield Piece("heading", element, text, level)
    yield from pictures


def paragraph(element: etree._Element) -> Iterator[Piece]:
    pictures = list(pictures_of(element))
    text = said(element)
    if text:
        yield line(element, text)
    yield from pictures


def line(element: etree._Element, text: str) -> Piece:
    """What a paragraph of words is."""
    if element.get("class") == "caption" or (CAPTION.match(text) and len(text) <= LONGEST_HEADING * 2):
        return Piece("caption", element, text)
    bold = bold_beginning(element)
    level = level_of(text, bold)
    return Piece("heading", element, text, level) if level else Piece("text", element, text, bold=bold)


def level_of(text: str, bold: str) -> int:
    """The level of a line that only looks like a heading; 0 for one that does not."""
    if len(text) > LONGEST_HEADING or not any(map(str.isalpha, text)):
        return 0
    has_answer = ":" in text.rstrip(ENDS)
    is_known = bool(field_of(text)) and not has_answer
    if bold == text:
        return BOLD_LINE if is_known or step_of(text) or not (text.endswith((".", ",", ";", "!")) or has_answer) else 0
    if is_known and len(text) <= LONGEST_LABEL:
        return PLAIN_LINE
    return BOLD_LINE if step_of(text, is_plain=True) else 0


def step_of(text: str, *, is_plain: bool = False) -> tuple[str, int | None] | None:
    """Title and minutes of a line that surely begins a step: it has its minutes, or calls itself one by number.

    A plain line must have both its place and its minutes, or the minutes in brackets.

    >>> step_of("2. Актуализация знаний (5 мин)"), step_of("Второй день"), step_of("Шаг 3. Обмен")
    (('Актуализация знаний', 5), None, ('Обмен', None))
    """
    timed = MINUTES.search(text)
    found = STEP.match(text[: timed.start()] if timed else text)
    if not found or not (timed or found["named"]) or len(text) > LONGEST_HEADING:
        return None
    if is_plain and not (timed and (timed["bracket"] or found["order"] or found["named"])):
        return None
    title = found["title"].strip(" .:—–-«»") or (found["named"] or "").strip()
    if not any(map(str.isalpha, title)) or field_of(title) in SHORT_FIELDS:
        return None
    return title, (int(timed["minutes"]) or None) if timed else None


def bold_beginning(element: etree._Element) -> str:
    """The words in bold type that a paragraph begins with; all of them if it is all bold."""
    bold: list[str] = []
    for text, is_bold in runs(element, is_bold=False):
        if not is_bold and text.strip(" .:—–-"):
            break
        bold.append(text)
    else:
        return said(element) if any(is_bold and text.strip() for text, is_bold in runs(element, is_bold=False)) else ""
    return SPACES.sub(" ", "".join(bold)).strip() if any(part.strip() for part in bold) else ""


def runs(element: etree._Element, *, is_bold: bool) -> Iterator[tuple[str, bool]]:
    is_bold = is_bold or element.tag in BOLD
    if element.text:
        yield element.text, is_bold
    for child in element:
        yield from runs(child, is_bold=is_bold)
        if child.tail:
            yield child.tail, is_bold


def listed(element: etree._Element) -> Iterator[Piece]:
    """A list, or a heading that Word numbers by itself."""
    items = list(element)
    if any((item.get("id") or "").startswith(("footnote", "endnote")) for item in items):
        yield Piece("footnotes", element, said(element))
        return
    pictures = list(pictures_of(element))
    text = said(element)
    if len(items) == 1 and not list(items[0].iter("ul", "ol")) and element.tag == "ol":
        bold = bold_beginning(items[0])
        level = level_of(text, bold)
        if level and bold == text:
            yield Piece("heading", items[0], text, level)
            yield from pictures
            return
    if text:
        yield Piece("list", element, text)
    yield from pictures


def pictures_of(element: etree._Element) -> Iterator[Piece]:
    """Takes the pictures out of an element."""
    for picture in list(element.iter("img")):
        number = picture.get("src") or ""
        yield Piece("picture", picture, number=int(number) if number.isdigit() else None, alt=picture.get("alt") or "")
        picture.drop_tree()
