"""A table: one row a line, cells parted by « | », the first line the headings. Scripts show a grid over it."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .base import Card

BAR = re.compile(r"(?<!\\)\|")
WIDEST, LONGEST = 12, 200


def to_lines(table: dict) -> str:
    """A raw `TypedTableBlock` value as lines."""
    headings = [column.get("heading") or "" for column in table.get("columns", [])]
    rows = [row.get("values", []) for row in table.get("rows", [])]
    return "\n".join(" | ".join(shielded(cell) for cell in row) for row in [headings, *rows] if row)


def shielded(cell: object) -> str:
    return " ".join(str(cell or "").split()).replace("\\", "\\\\").replace("|", "\\|")


def unshielded(cell: str) -> str:
    return " ".join(re.sub(r"\\([\\|])", r"\1", cell).split())


def from_lines(lines: str) -> list[list[str]]:
    """Rows of equal length.

    >>> from_lines("Этап | Минуты\\nПовторение")
    [['Этап', 'Минуты'], ['Повторение', '']]
    """
    rows = [
        [unshielded(cell) for cell in BAR.split(line)][:WIDEST]
        for line in lines.replace("\r", "").split("\n")[:LONGEST]
        if line.strip()
    ]
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


class TableCard(Card):
    type = "table"
    label = gettext_lazy("Table")
    hint = gettext_lazy("Rows and columns with a caption")

    caption = forms.CharField(label=gettext_lazy("What the table shows"), max_length=250, required=False)
    rows = forms.CharField(
        label=gettext_lazy("Rows"),
        max_length=50_000,
        required=False,
        strip=False,
        help_text=gettext_lazy("One row a line, cells parted by « | »; the first line holds the headings."),
        widget=forms.Textarea({"rows": 6, "data-grid": "", "lang": "ru"}),
    )

    @classmethod
    def blank(cls):
        return {"table": {"columns": [], "rows": [], "caption": ""}}

    @classmethod
    def initial_of(cls, value):
        table = value.get("table") or cls.blank()["table"]
        return {"caption": table.get("caption") or "", "rows": to_lines(table)}

    def value(self):
        headings, *rows = from_lines(self.sent("rows") or "") or [[]]
        return {
            "table": {
                "columns": [{"type": "text", "heading": heading} for heading in headings],
                "rows": [{"values": row} for row in rows],
                "caption": self.words("caption"),
            }
        }

    @classmethod
    def is_empty(cls, value):
        table = value.get("table") or {}
        return not (table.get("caption") or re.sub(r"[|\s]", "", to_lines(table)))

    @classmethod
    def lacks(cls, value):
        return [] if (value.get("table") or {}).get("rows") else [_("A table has no rows.")]
