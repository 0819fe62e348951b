"""A PDF to print, tagged and in Russian, set by Typst."""

from pathlib import Path

from core.typesetting import pdf
from practices.importer.materials.plan import Item, gathered

TEMPLATE = Path(__file__).with_name("paper.typ")


def document(title: str, items: list[Item], practice: str) -> bytes:
    data = {
        "title": title,
        "practice": practice,
        "items": [
            {"form": item.form, "head": item.head, "parts": item.parts, "notes": item.notes}
            for item in gathered(title, items)
        ],
    }
    return pdf(TEMPLATE, data, root=TEMPLATE.parent)
