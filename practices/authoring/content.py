"""A practice as plain values: what a form, a Word file or another practice brings, and what is compared.

Keys: `title summary kind year licence problem results did_not_work class_size duration equipment special_needs`
(str; year int), `grades` (ints), `levels` (codes), `subjects` (ids), `tags` (names), `body` (raw StreamField blocks
`[{"type", "value", "id"}]`), `materials` ([(document id, title)]), `school` (id or None). A key left out changes
nothing.
"""

import json
from typing import Any

from core.models import Subject
from core.text import plain, plain_stream
from practices.models import PracticeMaterial, PracticePage

#: The stored title of what has none yet; content is Russian, whatever the menus speak.
UNTITLED = "Без названия"

PLAIN = ("kind", "year", "licence", "grades", "levels")
WORDS = ("summary", "class_size", "duration", "equipment", "special_needs")
RICH = ("problem", "results", "did_not_work")
#: What says something about the practice; the other fields only file it.
SAYING = ("title", *WORDS, *RICH)


def is_empty(content: dict[str, Any]) -> bool:
    """Whether nobody has written anything yet: choices and empty cards are no text."""
    said = any(plain(content.get(name) or "") for name in SAYING)
    things = content.get("materials") or content.get("tags")
    return not said and not things and not has_things(content.get("body") or [])


def has_things(body: list[dict]) -> bool:
    """Words, pictures or files in raw blocks."""
    if plain_stream([block["value"] for block in body]):
        return True
    return any(_has_id(block["value"]) for block in body)


def _has_id(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_has_id, value))
    if isinstance(value, dict):
        links = any(value.get(name) for name in ("image", "document", "url", "minutes"))
        return links or any(_has_id(part) for part in value.values() if isinstance(part, (dict, list)))
    return False


def content_of(draft: PracticePage) -> dict[str, Any]:
    """The practice's own values by the keys above."""
    content = {name: getattr(draft, name) for name in (*PLAIN, *WORDS, *RICH)}
    return content | {
        "title": "" if draft.title == UNTITLED else draft.title,
        "grades": list(draft.grades),
        "levels": list(draft.levels),
        "subjects": sorted(subject.pk for subject in draft.subjects.all()),
        "tags": [item.tag.name for item in draft.tagged_items.all()],
        "body": raw_body(draft),
        "materials": [(material.document_id, material.title) for material in draft.materials.all()],
        "school": draft.school_id,
    }


def raw_body(draft: PracticePage) -> list[dict]:
    """The blocks as stored, each with its id."""
    return json.loads(json.dumps(draft._meta.get_field("body").get_prep_value(draft.body)))


def apply(draft: PracticePage, content: dict[str, Any]) -> None:
    """Put these values on the object, in memory."""
    for name in (*PLAIN, *WORDS, *RICH):
        if name in content:
            setattr(draft, name, content[name])
    if "title" in content:
        draft.title = " ".join(content["title"].split()) or UNTITLED
    if "school" in content:
        draft.school_id = content["school"]
    if "body" in content:
        draft.body = json.dumps(content["body"])
    if "subjects" in content:
        # Objects, not ids: those would be written to the table at once, past the revision.
        draft.subjects.set(Subject.objects.filter(pk__in=content["subjects"]))
    if "tags" in content:
        draft.tags.set(content["tags"])
    if "materials" in content:
        put_materials(draft, content["materials"])


def put_materials(draft: PracticePage, materials: list[tuple[int, str]]) -> None:
    """These files in this order; a file that stays keeps its row."""
    had = {material.document_id: material for material in draft.materials.all()}
    placed = []
    for order, (document_id, title) in enumerate(dict(materials).items()):
        material = had.get(document_id) or PracticeMaterial(document_id=document_id)
        material.title, material.sort_order = title, order
        placed.append(material)
    draft.materials.set(placed)
