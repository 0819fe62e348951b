"""Blocks of a page's body as short as they are read."""


def step(title: str, text: str) -> tuple[str, dict]:
    """A step without minutes; the text is one paragraph."""
    return "step", {"title": title, "minutes": None, "text": f"<p>{text.removeprefix('<p>').removesuffix('</p>')}</p>"}


def table(caption: str, header: list[str], rows: list[list[str]]) -> tuple[str, dict]:
    columns = [{"type": "text", "heading": heading} for heading in header]
    return "table", {"table": {"caption": caption, "columns": columns, "rows": [{"values": row} for row in rows]}}
