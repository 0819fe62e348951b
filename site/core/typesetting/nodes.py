"""Rich text and blocks as a tree that `document.typ` sets.

A block is `{"type": "paragraph" | "heading" | "list" | "quote" | "callout" | "step" | "table" | "picture" |
"link", …}`, a piece of running text `{"text": "…", "bold": bool, "italic": bool, "url": str}`.
"""

from collections.abc import Callable, Iterable

from lxml import html as lxml_html
from wagtail.rich_text import expand_db_html

INLINE = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
HEADINGS = {"h2": 1, "h3": 1, "h4": 2, "h5": 2}
#: Deeper nesting is no text of a person; Python's stack and Typst's would both end.
DEEPEST = 20


def inlines(element, marks: dict | None = None, depth: int = 0) -> list[dict]:
    marks = marks or {}
    pieces = [{"text": element.text, **marks}] if element.text else []
    for child in element:
        within = dict(marks)
        if child.tag in INLINE:
            within[INLINE[child.tag]] = True
        elif child.tag == "a":
            within["url"] = child.get("href", "")
        if child.tag == "br":
            pieces.append({"text": "\n", **marks})
        elif child.tag not in {"ul", "ol"} and depth < DEEPEST:
            pieces += inlines(child, within, depth + 1)
        if child.tail:
            pieces.append({"text": child.tail, **marks})
    return pieces


def blocks(element, depth: int = 0) -> list[dict]:
    found = []
    for child in element:
        if child.tag in HEADINGS:
            found.append({"type": "heading", "level": HEADINGS[child.tag], "content": inlines(child)})
        elif child.tag in {"ul", "ol"} and depth < DEEPEST:
            items = [
                {"content": inlines(item), "children": blocks(item, depth + 1)} for item in child if item.tag == "li"
            ]
            found.append({"type": "list", "ordered": child.tag == "ol", "items": items})
        elif child.tag == "blockquote":
            found.append({"type": "quote", "content": inlines(child)})
        elif child.tag == "p":
            found.append({"type": "paragraph", "content": inlines(child)})
        elif child.tag == "div" and depth < DEEPEST:
            found += blocks(child, depth + 1)
    return [block for block in found if block["type"] == "list" or any(p["text"].strip() for p in block["content"])]


def nodes_of_html(html: str) -> list[dict]:
    """Cleaned rich text as blocks; no level of headings is skipped, which PDF/UA forbids."""
    if not html.strip():
        return []
    nodes = blocks(lxml_html.fragment_fromstring(expand_db_html(html), create_parent="div"))
    level = 0
    for node in nodes:
        if node["type"] == "heading":
            node["level"] = level = min(node["level"], level + 1)
    return nodes


class BlockSetter:
    """How each block of a `TextBody` becomes nodes: a method a block, named as the block is.

    `picture(image)` gives the path under which Typst finds a picture.
    """

    def __init__(self, picture: Callable[[object], str]):
        self.path_of = picture

    def prose(self, value) -> list[dict]:
        return nodes_of_html(value.source)

    def callout(self, value) -> list[dict]:
        return [{"type": "callout", "content": nodes_of_html(value.source)}]

    def step(self, value) -> list[dict]:
        content = nodes_of_html(value["text"].source)
        return [{"type": "step", "title": value["title"], "minutes": value["minutes"], "content": content}]

    def table(self, value) -> list[dict]:
        table = value["table"]
        header = [str(column["heading"]) for column in table.columns]
        rows = [[str(cell) for cell in row] for row in table.rows]
        return [{"type": "table", "caption": table.caption or "", "header": header, "rows": rows}] if header else []

    def picture(self, value) -> list[dict]:
        path = self.path_of(value["image"])
        return [{"type": "picture", "path": path, "alt": value["alt"], "caption": value["caption"]}]

    def gallery(self, value) -> list[dict]:
        return [node for entry in value["pictures"] for node in self.picture(entry)]

    def document(self, value) -> list[dict]:
        words = [value["document"].title if value["document"] else "", value["note"]]
        return [{"type": "paragraph", "content": [{"text": ". ".join(filter(None, words)), "italic": True}]}]

    def embed(self, value) -> list[dict]:
        link = {"text": value["url"], "url": value["url"]}
        return [{"type": "paragraph", "content": [{"text": f"{value['title']}: "}, link]}]


def nodes_of_stream(stream: Iterable, picture: Callable[[object], str]) -> list[dict]:
    """The blocks of a `TextBody`, in their order."""
    setter = BlockSetter(picture)
    return [node for block in stream for node in getattr(setter, block.block_type)(block.value)]
