"""Pictures and files that a text shows, by their ids."""

import json
import re
from collections.abc import Iterator
from typing import Any

from wagtail.models import Revision

from practices.authoring.content import raw_body
from practices.authoring.reading import draft_of
from practices.models import PracticePage

DOCUMENT_LINK = re.compile(r'<a\b(?=[^>]*linktype="document")[^>]*\bid="(\d{1,10})"')


def images_in(practice: PracticePage) -> set[int]:
    """Of the draft and of what is public."""
    return {pk for page in _texts(practice) for pk in _named(raw_body(page), "image")}


def documents_in(practice: PracticePage) -> set[int]:
    found = set()
    for page in _texts(practice):
        found |= _named(raw_body(page), "document")
        found |= {material.document_id for material in page.materials.all()}
    return found


def _texts(practice: PracticePage) -> list[PracticePage]:
    return [draft_of(practice), practice] if practice.live else [draft_of(practice)]


def _named(value: Any, name: str) -> set[int]:
    return {pk for pk in _walk(value, name) if isinstance(pk, int)}


def _walk(value: Any, name: str) -> Iterator[Any]:
    if isinstance(value, list):
        for part in value:
            yield from _walk(part, name)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key == name:
                yield part
            yield from _walk(part, name)


def in_revision(revision: Revision) -> tuple[set[int], set[int]]:
    """(pictures, files) of one stored text, read without making it an object."""
    content = revision.content
    body = content.get("body") or []
    body = json.loads(body) if isinstance(body, str) else body
    documents = _named(body, "document") | {row["document"] for row in content.get("materials", [])}
    documents |= {int(pk) for pk in DOCUMENT_LINK.findall(json.dumps(content, ensure_ascii=False).replace('\\"', '"'))}
    images = _named(body, "image") | {content.get("share_image") or 0}
    return images, documents
