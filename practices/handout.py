"""A practice as a PDF handout: set once, kept until anything in it changes."""

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.grades import grades_label
from core.typesetting import nodes_of_html, nodes_of_stream, pdf
from practices import citations

TEMPLATE = Path(settings.ROOT) / "templates" / "practices" / "handout.typ"
#: A picture's size in the handout: the text's width at 200 dots an inch.
PICTURE = "max-1300x1600|format-jpeg"


def handout_of(page, request: HttpRequest) -> IO[bytes]:
    """The PDF, opened for reading. Its name in the storage holds the hash of all that stands in it, so a
    rename of a school or an author makes a new one; drafts and previews are set anew each time.
    """
    with override("ru"):
        data = content(page)
    digest = sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode() + TEMPLATE.read_bytes()).hexdigest()
    folder = f"handouts/{page.pk}"
    name = f"{folder}/{digest[:32]}.pdf"
    if default_storage.exists(name):
        return default_storage.open(name)
    made = pdf(TEMPLATE, data, root=Path(settings.MEDIA_ROOT))
    if getattr(request, "is_preview", False):
        return BytesIO(made)
    forget(page.pk)
    default_storage.save(name, ContentFile(made))
    return default_storage.open(name)


def forget(page_id: int) -> None:
    """Delete the handouts that were made of this practice."""
    folder = f"handouts/{page_id}"
    if default_storage.exists(folder):
        for stale in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{stale}")


def picture(image) -> str:
    """Where Typst finds a picture under its root, the folder of media."""
    return "/" + image.get_rendition(PICTURE).file.name


def content(page) -> dict:
    """All that stands in the handout, as JSON values."""
    citation = citations.Citation.of(page)
    facts = [
        (_("Authors"), ", ".join(author.full_name for author in page.authors.select_related("user"))),
        (_("School"), page.school.title if page.school else ""),
        (_("Subject"), ", ".join(subject.name for subject in page.subjects.all())),
        (_("Grades"), grades_label(page.grades)),
        (_("Class size"), page.class_size),
        (_("Time"), page.duration),
        (_("Equipment"), page.equipment),
        (_("Pupils with special needs"), page.special_needs),
    ]
    sections = [
        (_("What was hard"), nodes_of_html(page.problem)),
        (_("What was done"), nodes_of_stream(page.body, picture)),
        (_("What came of it"), nodes_of_html(page.results)),
        (_("What did not work"), nodes_of_html(page.did_not_work)),
    ]
    return {
        "title": page.title,
        "summary": page.summary,
        "kind": page.get_kind_display(),
        "year": page.year,
        "url": citation.url,
        "authors": [{"name": author.full_name} for author in page.authors.all()],
        "tags": list(citation.keywords),
        "facts": [[label, text] for label, text in facts if text],
        "sections": [{"title": title, "nodes": nodes} for title, nodes in sections if nodes],
        "materials": [str(material) for material in page.materials.select_related("document")],
        # The date of access is the reader's, not the cached file's.
        "citation": citations.gost(citation).partition(" (дата обращения")[0] + ".",
        "licence": page.licence,
    }
