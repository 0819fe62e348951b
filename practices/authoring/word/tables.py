"""A table of a Word file as the rows of a `core.blocks.TableBlock`."""

import re

from lxml import etree

MOST_COLUMNS = 15
MOST_ROWS = 200
LONGEST_CELL = 4000
SPACES = re.compile(r"\s+")
LINES = {"p", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "td", "th"}

Rows = list[list[str]]


class TooLarge(Exception):  # noqa: N818 - says what is wrong
    """More rows or columns than a page can show."""


def rows_of(table: etree._Element) -> Rows:
    """The texts of all cells, as many in each row; a merged cell's text stands in its first. Raises TooLarge."""
    lines = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    if len(lines) > MOST_ROWS:
        raise TooLarge
    grid: list[dict[int, str]] = [{} for _line in lines]
    for number, line in enumerate(lines):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while column in grid[number]:
                column += 1
            across, down = span(cell, "colspan"), span(cell, "rowspan")
            if column + across > MOST_COLUMNS:
                raise TooLarge
            for row in grid[number : number + down]:
                row.update(dict.fromkeys(range(column, column + across), ""))
            grid[number][column] = cell_text(cell)
            column += across
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    return [[row.get(column, "") for column in range(width)] for row in grid if any(row.values())]


def span(cell: etree._Element, name: str) -> int:
    value = cell.get(name) or "1"
    if not value.isdigit() or len(value) > len(str(MOST_ROWS)):
        raise TooLarge
    return max(1, int(value))


def cell_text(cell: etree._Element) -> str:
    """A cell's paragraphs and list items on one line: «слушают; отвечают»."""
    lines = [SPACES.sub(" ", line).strip(" —–-•") for line in broken(cell).split("\n")]
    text = ""
    for line in filter(None, lines):
        text += line if not text else (" " if text[-1] in ".;:,!?…" else "; ") + line
    return text[:LONGEST_CELL]


def broken(element: etree._Element) -> str:
    """Words with a new line at the end of each paragraph."""
    inner = (element.text or "") + "".join(broken(child) + (child.tail or "") for child in element)
    return f"\n{inner}\n" if element.tag in LINES else inner


def raw(rows: Rows, caption: str = "") -> dict:
    """The block's raw value: the first row is the header."""
    header, *body = rows
    return {
        "table": {
            "columns": [{"type": "text", "heading": SPACES.sub(" ", cell)} for cell in header],
            "rows": [{"values": row} for row in body],
            "caption": caption,
        }
    }


__all__ = ["TooLarge", "raw", "rows_of"]
