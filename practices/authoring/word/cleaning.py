"""The one cleaner of rich text that comes from outside the admin: a browser's editor, a Word file.

What comes out is what Wagtail's own editor would have stored: only elements of the features allowed, paragraphs and
list items without paragraphs inside, links to the web and to mail only. What is not allowed loses its element and
keeps its words; scripts and styles lose their words too.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

import nh3
from lxml import etree, html

#: Element stored for each feature of Wagtail's rich text that the portal's texts use.
ELEMENTS = {
    "bold": {"b"},
    "italic": {"i"},
    "link": {"a"},
    "document-link": {"a"},
    "ol": {"ol", "li"},
    "ul": {"ul", "li"},
    "blockquote": {"blockquote"},
    **{f"h{level}": {f"h{level}"} for level in range(1, 7)},
}
SYNONYMS = {"strong": "b", "em": "i"}
HEADINGS = [f"h{level}" for level in range(1, 7)]
BLOCKS = {"p", "ul", "ol", "blockquote", *HEADINGS}
#: Boxes that only hold or part other things; a cell's neighbours stay on its line.
BOXES = {"div", "section", "article", "header", "footer", "figure", "figcaption", "table", "tbody", "thead", "tr"}
BOXES |= {"dl", "dt", "dd", "pre", "center"}
CELLS = {"td", "th"}
UNDERSTOOD = BLOCKS | BOXES | CELLS | {"li", "b", "i", "strong", "em", "a", "br", "sup", "sub"}
LINK_SCHEMES = {"http", "https", "mailto"}
LONGEST_LINK = 2000
#: Nested deeper than this, lists are no longer read by anybody.
DEEPEST_LIST = 4
#: Nested deeper than this, it is an attack: only the words are kept.
DEEPEST = 100

RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
CAN_BE = {"sup": (RAISED, "^"), "sub": (LOWERED, "_")}
#: Controls that XML and PostgreSQL refuse, soft hyphens and what changes a line's direction.
NOISE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
SPACES = re.compile(r"[ \t\r\n\xa0]+")
KEPT_SPACE = "\xa0"


def clean_html(markup: str, *, features: Iterable[str]) -> str:
    """Rich text with no more than these features of Wagtail's (`core.blocks.PROSE_FEATURES`), as it is stored.

    >>> clean_html("<h1>А</h1><p onclick=x>Б <strong>в</strong></p><script>г</script>", features=["h3", "bold"])
    '<h3>А</h3><p>Б <b>в</b></p>'
    """
    safe = nh3.clean(
        NOISE.sub("", markup),
        tags=UNDERSTOOD,
        attributes={"a": {"href"}},
        url_schemes=LINK_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    if not safe.strip():
        return ""
    root = html.fragment_fromstring(safe, create_parent="div", parser=html.HTMLParser(huge_tree=True))
    if is_too_deep(root):
        return "".join(paragraph(nh3.clean(safe, tags=set())))
    return "".join(Writer(features).blocks(root))


def is_too_deep(root: etree._Element) -> bool:
    """Nested deeper than anybody writes, and than Python goes down."""
    depth = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            return True
    return False


def is_web_link(href: str) -> bool:
    """May a reader be sent there: the web, a letter, or a page of the portal's own."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if len(href) > LONGEST_LINK:
        return False
    if parts.scheme in {"http", "https"}:
        return bool(parts.netloc)
    if parts.scheme == "mailto":
        return "@" in parts.path
    return not parts.scheme and not parts.netloc and href.startswith("/") and not href.startswith(("//", "/\\"))


class Writer:
    """Writes the tree of an arbitrary page as the flat sequence of blocks that rich text is."""

    def __init__(self, features: Iterable[str]):
        self.allowed = set().union(*(ELEMENTS.get(feature, set()) for feature in features))
        self.headings = [name for name in HEADINGS if name in self.allowed]

    def blocks(self, parent: etree._Element) -> list[str]:
        """The blocks in this element; words outside any paragraph get one."""
        made: list[str] = []
        loose = [escape(parent.text or "")]
        for child in parent:
            if child.tag in BLOCKS | BOXES | {"li"}:
                made += paragraph("".join(loose))
                loose = []
                made += self.block(child)
            else:
                loose.append(self.inline(child))
            loose.append(escape(child.tail or ""))
        return made + paragraph("".join(loose))

    def block(self, element: etree._Element) -> list[str]:
        name = element.tag
        if name in {"ul", "ol"}:
            return self.list(element, 1)
        if name == "tr":
            cells = [self.line(cell) for cell in element if cell.tag in CELLS]
            return paragraph(" · ".join(filter(None, cells)) + self.stray(element))
        if name in BOXES:
            return self.blocks(element)
        text = self.line(element)
        if name in HEADINGS:
            return self.heading(name, text)
        if name == "blockquote" and name in self.allowed:
            return [f"<blockquote>{text}</blockquote>"] if text else []
        return paragraph(text)

    def stray(self, row: etree._Element) -> str:
        """Words of a row that stand in no cell."""
        return "".join(self.inline(child) for child in row if child.tag not in CELLS)

    def heading(self, name: str, text: str) -> list[str]:
        """The nearest heading that is allowed, or a bold paragraph."""
        text = re.sub(r"</?b>|<br/>", lambda found: " " if found[0] == "<br/>" else "", text).strip()
        if not text:
            return []
        if not self.headings:
            return paragraph(f"<b>{text}</b>" if "b" in self.allowed else text)
        nearest = min(self.headings, key=lambda allowed: abs(int(allowed[1]) - int(name[1])))
        return [f"<{nearest}>{text}</{nearest}>"]

    def list(self, element: etree._Element, depth: int) -> list[str]:
        name = element.tag if element.tag in self.allowed else ({"ul", "ol"} & self.allowed or {""}).pop()
        items = [self.item(item, depth) for item in element if item.tag in {"li", "ul", "ol", "p"}]
        items = [item for item in items if item]
        if not name:
            return [part for item in items for part in paragraph("— " + re.sub(r"</?(?:ul|ol|li)>", " ", item))]
        return [f"<{name}>{''.join(f'<li>{item}</li>' for item in items)}</{name}>"] if items else []

    def item(self, element: etree._Element, depth: int) -> str:
        """An item's words, then the lists in it."""
        if element.tag in {"ul", "ol"}:
            # A list straight in a list, as old editors wrote it.
            return "<br/>".join(self.item(child, depth) for child in element if child.tag == "li")
        inner = [child for child in element.iter("ul", "ol") if nearest_item(child) is element]
        text = self.line(element, without=set(inner))
        if depth >= DEEPEST_LIST:
            return "<br/>".join([text, *("— " + self.line(item) for below in inner for item in below.iter("li"))])
        return text + "".join(part for below in inner for part in self.list(below, depth + 1))

    def line(self, element: etree._Element, without: set = frozenset()) -> str:
        """Everything in the element as one block's inline markup; inner blocks become lines of it."""
        return trimmed(self.content(element, without))

    def content(self, element: etree._Element, without: set = frozenset()) -> str:
        pieces = [escape(element.text or "")]
        for child in element:
            if child not in without:
                text = self.inline(child, without)
                is_block = child.tag in BLOCKS | BOXES | CELLS | {"li"}
                pieces.append(f"<br/>{text}<br/>" if is_block else text)
            pieces.append(escape(child.tail or ""))
        return "".join(pieces)

    def inline(self, element: etree._Element, without: set = frozenset()) -> str:
        if element.tag == "br":
            return "<br/>"
        if element.tag in CAN_BE:
            return shifted("".join(element.itertext()), element.tag)
        text = self.content(element, without)
        name = SYNONYMS.get(element.tag, element.tag)
        if name not in self.allowed or name not in {"a", "b", "i"} or not text.strip():
            return text
        if name == "a":
            href = (element.get("href") or "").strip()
            return f'<a href="{escape(href, quote=True)}">{text}</a>' if is_web_link(href) else text
        if "<br/>" in text:
            # Emphasis over several lines is written on each of them.
            return "<br/>".join(f"<{name}>{part}</{name}>" if part.strip() else part for part in text.split("<br/>"))
        return f"<{name}>{text}</{name}>"


def nearest_item(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors("li"), None)


def escape(text: str, *, quote: bool = False) -> str:
    text = SPACES.sub(lambda found: KEPT_SPACE if found[0] == KEPT_SPACE else " ", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;") if quote else text


def shifted(text: str, tag: str) -> str:
    """Raised or lowered figures by Unicode's own: «10<sup>2</sup>» must not become «102».

    >>> shifted("2", "sup"), shifted("кв", "sup")
    ('²', '^кв')
    """
    table, sign = CAN_BE[tag]
    text = text.strip()
    if not text:
        return ""
    if all(ord(character) in table for character in text):
        return text.translate(table)
    return sign + (escape(text) if len(text.split()) == 1 else f"({escape(text)})")


def trimmed(text: str) -> str:
    """Without empty lines at the ends and doubled ones inside."""
    text = re.sub(r"(?:\s*<br/>\s*){2,}", "<br/>", text)
    return re.sub(r"^(?:\s|<br/>)+|(?:\s|<br/>)+$", "", re.sub(r" *<br/> *", "<br/>", text))


def paragraph(text: str) -> list[str]:
    text = trimmed(text)
    return [f"<p>{text}</p>"] if re.sub(r"<[^>]*>|\s", "", text) else []
