"""What a line of an import may hold, and what is wrong with one that does not."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from core.choices import GRADES, Level, levels_of
from practices.choices import Kind, Licence
from practices.importer import blocks

REQUIRED = (
    "id", "title", "summary", "problem", "body", "results", "subject", "grades", "kind", "tags", "school", "year",
)  # fmt: skip
YEARS = range(1950, 2101)
LONGEST_LINE = 2_000_000


class BadRecordError(ValueError):
    """A line that cannot be imported; its text is the reason, for the person who made the file."""


@dataclass(frozen=True)
class Record:
    """One practice, checked: texts are rich text, `body` a StreamField's raw value."""

    id: str
    title: str
    summary: str
    kind: str
    subjects: tuple[str, ...]
    grades: tuple[int, ...]
    levels: tuple[str, ...]
    tags: tuple[str, ...]
    school: str
    authors: tuple[str, ...]
    year: int
    licence: str
    problem: str
    body: list[dict]
    results: str
    did_not_work: str
    conditions: dict[str, str]
    materials: list[dict]
    published: datetime | None
    digest: str = field(compare=False, default="")


def record_of(line: str) -> Record:
    """The record in a line of JSON. Raises `BadRecordError` with the reason."""
    if len(line) > LONGEST_LINE:
        raise BadRecordError(_("the line is longer than two million characters"))
    try:
        # PostgreSQL stores no NUL, and no text needs one.
        data = json.loads(line.replace("\\u0000", "").replace("\x00", ""))
    except (ValueError, RecursionError) as error:
        raise BadRecordError(_("this is no JSON: %(error)s") % {"error": error}) from error
    if not isinstance(data, dict):
        raise BadRecordError(_("the line must be a JSON object"))
    missing = [name for name in REQUIRED if name not in data]
    if missing:
        raise BadRecordError(_("missing: %(names)s") % {"names": ", ".join(missing)})
    return _checked(data)


def _checked(data: dict[str, Any]) -> Record:
    grades = _grades(data)
    return Record(
        id=_text(data, "id", longest=100),
        title=_text(data, "title", longest=255),
        summary=_text(data, "summary", longest=500),
        kind=_choice(data, "kind", Kind.values),
        subjects=_names(data, "subject", longest=100),
        grades=grades,
        levels=_levels(data, grades),
        tags=_names(data, "tags", longest=100, needed=False),
        school=_text(data, "school", longest=255, needed=False),
        authors=_names(data, "authors", longest=200, needed=False),
        year=_year(data),
        licence=_choice({"licence": Licence.CC_BY, **data}, "licence", Licence.values),
        problem=blocks.paragraphs(_text(data, "problem")),
        body=_body(data),
        results=blocks.paragraphs(_text(data, "results")),
        did_not_work=blocks.paragraphs(_text(data, "did_not_work", needed=False)),
        conditions=_conditions(data),
        materials=_materials(data),
        published=_published(data),
        digest=sha256(json.dumps(data, sort_keys=True).encode()).hexdigest(),
    )


def _text(data: dict, name: str, *, longest: int | None = None, needed: bool = True) -> str:
    value = data.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) and not (name == "id" and type(value) is int):
        raise BadRecordError(_("%(name)s: a text is needed") % {"name": name})
    value = str(value).strip()
    if needed and not value:
        raise BadRecordError(_("%(name)s: is empty") % {"name": name})
    if longest and len(value) > longest:
        raise BadRecordError(
            _("%(name)s: %(length)s characters, at most %(longest)s fit")
            % {"name": name, "length": len(value), "longest": longest}
        )
    return value


def _names(data: dict, name: str, *, longest: int, needed: bool = True) -> tuple[str, ...]:
    """A text or a list of texts, each once."""
    value = data.get(name) or []
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise BadRecordError(_("%(name)s: a text or a list of texts is needed") % {"name": name})
    names = tuple(dict.fromkeys(_text({name: item}, name, longest=longest) for item in value))
    if needed and not names:
        raise BadRecordError(_("%(name)s: is empty") % {"name": name})
    return names


def _choice(data: dict, name: str, known: list[str]) -> str:
    if data[name] not in known:
        raise BadRecordError(
            _("%(name)s: “%(value)s” is unknown, known are %(known)s")
            % {"name": name, "value": str(data[name])[:60], "known": ", ".join(known)}
        )
    return str(data[name])


def _grades(data: dict) -> tuple[int, ...]:
    value = data["grades"]
    if not isinstance(value, list) or not all(type(grade) is int and grade in GRADES for grade in value):
        raise BadRecordError(_("grades: a list of whole numbers from 1 to 11 is needed"))
    return tuple(sorted(set(value)))


def _levels(data: dict, grades: tuple[int, ...]) -> tuple[str, ...]:
    value = data.get("level")
    if value is None:
        return tuple(levels_of(list(grades)))
    if value == "all":
        return tuple(Level.values)
    values = value if isinstance(value, list) else [value]
    chosen = {_choice({"level": level}, "level", [*Level.values, "all"]) for level in values}
    return tuple(level for level in Level.values if level in chosen or "all" in chosen)


def _year(data: dict) -> int:
    if type(data["year"]) is not int or data["year"] not in YEARS:
        raise BadRecordError(_("year: a whole number from 1950 to 2100 is needed"))
    return data["year"]


def _body(data: dict) -> list[dict]:
    body = data["body"]
    try:
        made = blocks.stream(body, seed=str(data["id"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRecordError(_("body: a text or a list of blocks, each of its type's shape, is needed")) from error
    if not any(block["value"] for block in made):
        raise BadRecordError(_("%(name)s: is empty") % {"name": "body"})
    return made


def _conditions(data: dict) -> dict[str, str]:
    conditions = data.get("conditions") or {}
    if not isinstance(conditions, dict):
        raise BadRecordError(_("conditions: an object is needed"))
    longest = {"class_size": 250, "duration": 250, "equipment": 1000, "special_needs": 1000}
    return {name: _text(conditions, name, longest=length, needed=False) for name, length in longest.items()}


def _materials(data: dict) -> list[dict]:
    """Outlines of files: `[{title, format, outline: [text]}]`."""
    materials = data.get("materials") or []
    if not isinstance(materials, list):
        raise BadRecordError(_("materials: a list is needed"))
    formats = ["docx", "pdf", "pptx", "xlsx"]
    checked = []
    for material in materials:
        if not isinstance(material, dict):
            raise BadRecordError(_("materials: a list is needed"))
        checked.append(
            {
                "title": _text(material, "title", longest=250),
                "format": _choice({"format": "", **material}, "format", formats),
                "outline": list(_names(material, "outline", longest=5000, needed=False)),
            }
        )
    return checked


def _published(data: dict) -> datetime | None:
    """When it was first published, `YYYY-MM-DD`; without it, at the import."""
    if data.get("published") is None:
        return None
    try:
        day = parse_date(_text(data, "published"))
    except ValueError:
        day = None
    if not day or day.year not in YEARS:
        raise BadRecordError(_("published: a date like 2025-03-14 is needed"))
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
