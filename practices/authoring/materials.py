"""The files that come with a practice, as the author's page lists them.

A form sends `material` (ids in their order), `material-<id>-title` and `material-files` (uploads).
"""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from files.models import PortalDocument
from practices.authoring.uploads import Desk

#: Files of one practice.
MOST = 30
TITLE = 250
LARGEST_ID = 2**31 - 1
LONGEST_NUMBER = 10


def is_number(text: str) -> bool:
    """Digits that may be the number of a row: Python refuses to read very many."""
    return text.isdecimal() and len(text) <= LONGEST_NUMBER


@dataclass(frozen=True)
class Material:
    """A file with the name that its author gives it."""

    document: PortalDocument
    title: str


def of(pairs: list[tuple[int, str]], desk: Desk) -> list[Material]:
    """Materials of a stored text."""
    desk.prepare(set(), {pk for pk, _title in pairs})
    found = [(desk.document(pk), title) for pk, title in pairs]
    return [Material(document, title) for document, title in found if document]


def sent(data: QueryDict, files: MultiValueDict, desk: Desk) -> list[Material]:
    """Materials of a form that was sent; a file that is not the writer's own is left out."""
    ids = [int(pk) for pk in data.getlist("material") if is_number(pk) and int(pk) <= LARGEST_ID]
    pairs = [
        (pk, " ".join(data.get(f"material-{pk}-title", "").replace("\x00", "").split())[:TITLE])
        for pk in dict.fromkeys(ids)
    ]
    materials = of(pairs[:MOST], desk)
    for upload in files.getlist("material-files")[: MOST - len(materials)]:
        if document := desk.take_document(upload):
            materials.append(Material(document, ""))
    return materials


def changed(materials: list[Material], deed: str) -> list[Material]:
    """`material-up:<id>`, `material-down:<id>`, `material-remove:<id>`; other deeds change nothing."""
    name, _colon, pk = deed.partition(":")
    place = next((number for number, each in enumerate(materials) if str(each.document.pk) == pk), None)
    if place is None or name not in {"material-up", "material-down", "material-remove"}:
        return materials
    materials = list(materials)
    material = materials.pop(place)
    if name != "material-remove":
        materials.insert(max(0, place + (1 if name == "material-down" else -1)), material)
    return materials


def pairs(materials: list[Material]) -> list[tuple[int, str]]:
    return [(material.document.pk, material.title) for material in materials]
