"""A line's plain texts as the rich text and the StreamField's raw value that an editor would have made."""

from html import escape
from uuid import NAMESPACE_URL, uuid5

Block = dict


def paragraphs(text: str) -> str:
    """Paragraphs parted by blank lines, as rich text; nothing in them is markup."""
    parts = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return "".join(f"<p>{escape(part, quote=False).replace(chr(10), '<br/>')}</p>" for part in parts if part)


def _list(value) -> str:
    ordered = isinstance(value, dict) and bool(value.get("ordered"))
    items = value["items"] if isinstance(value, dict) else value
    tag = "ol" if ordered else "ul"
    return f"<{tag}>{''.join(f'<li>{escape(item, quote=False)}</li>' for item in items)}</{tag}>"


def _quote(value) -> str:
    if isinstance(value, str):
        return f"<blockquote>{escape(value, quote=False)}</blockquote>"
    source = f"<br/>— {escape(value['source'], quote=False)}" if value.get("source") else ""
    return f"<blockquote>{escape(value['text'], quote=False)}{source}</blockquote>"


PROSE = {
    "heading": lambda value: f"<h3>{escape(value, quote=False)}</h3>",
    "paragraph": paragraphs,
    "list": _list,
    "quote": _quote,
}


def _step(value: dict) -> dict:
    return {"title": value["title"], "minutes": value.get("minutes"), "text": paragraphs(value["text"])}


def _table(value: dict) -> dict:
    """Rows shorter than the header are filled up, longer ones are a mistake of the line."""
    header = [str(cell) for cell in value["header"]]
    rows = []
    for row in value["rows"]:
        if len(row) > len(header):
            raise ValueError
        rows.append({"values": [str(cell) for cell in row] + [""] * (len(header) - len(row))})
    columns = [{"type": "text", "heading": cell} for cell in header]
    return {"table": {"columns": columns, "rows": rows, "caption": value.get("caption", "")}}


CARDS = {
    "step": _step,
    "table": _table,
    "callout": paragraphs,
}


def stream(body: str | list[Block], seed: str) -> list[Block]:
    """The raw value of a `TextBody`: neighbouring headings, paragraphs, lists and quotes become one text card.

    Block ids come from `seed`, so that importing a line again changes nothing. Raises KeyError,
    TypeError or ValueError where a block is not of its type's shape.
    """
    if isinstance(body, str):
        body = [{"type": "paragraph", "value": body}]
    made: list[Block] = []
    for block in body:
        kind, value = block["type"], block["value"]
        if kind in PROSE:
            html = PROSE[kind](value)
            if made and made[-1]["type"] == "prose":
                made[-1]["value"] += html
            else:
                made.append({"type": "prose", "value": html})
        else:
            made.append({"type": kind, "value": CARDS[kind](value)})
    return [{**block, "id": str(uuid5(NAMESPACE_URL, f"{seed}/{number}"))} for number, block in enumerate(made)]
