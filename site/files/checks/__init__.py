"""Every upload is hostile until its content proves what its name says.

`check_upload` is the one door. Each format has a module: what it proves is written there. Nothing here decodes more
than it has measured, and nothing is written to disk.
"""

from dataclasses import dataclass
from typing import BinaryIO

from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from files import clamav
from files.formats import BY_ENDING, DOCUMENT_ENDINGS, INSTEAD, PICTURE_ENDINGS, Format
from files.limits import limit
from files.names import extension_of, safe_name
from files.refusals import refusal

from . import office, opendocument, pdf, pictures, plain

CHECKS = {
    "pdf": pdf.check,
    "docx": office.check,
    "pptx": office.check,
    "xlsx": office.check,
    "odt": opendocument.check,
    "odp": opendocument.check,
    "ods": opendocument.check,
    "txt": plain.check,
    "jpeg": pictures.check,
    "png": pictures.check,
    "webp": pictures.check,
    "avif": pictures.check,
    "gif": pictures.check,
}


@dataclass(frozen=True)
class Inspection:
    """What was found out about an upload that passed."""

    format: Format
    scan_state: str


def check_upload(file: File, kind: str = "document") -> Inspection:
    """Look at an uploaded file from all sides; leaves it rewound.

    kind: "document" or "image". Raises ValidationError with words for the person who uploads. The answer
    is kept on the file, so that a form and its model look (and have it scanned) only once.
    """
    seen = getattr(file, "inspections", {})
    if kind not in seen:
        seen = {**seen, kind: inspect(file, kind)}
        file.inspections = seen
    return seen[kind]


def inspect(file: File, kind: str) -> Inspection:
    format_ = format_by_name(file.name or "", PICTURE_ENDINGS if kind == "image" else DOCUMENT_ENDINGS)
    check_size(file, format_, kind)
    stream: BinaryIO = file.file if hasattr(file, "file") else file
    try:
        stream.seek(0)
        CHECKS[format_.code](stream, format_)
        stream.seek(0)
        scan_state = clamav.scan(stream)
    finally:
        file.seek(0)
    return Inspection(format_, scan_state)


def format_by_name(name: str, endings: list[str]) -> Format:
    ending = extension_of(safe_name(name))
    if ending in endings:
        return BY_ENDING[ending]
    if ending in INSTEAD:
        words, better = INSTEAD[ending]
        raise refusal("format", str(words) % {"type": better})
    raise refusal(
        "format", _("Files of this kind are not accepted. Accepted are: %(endings)s.") % {"endings": listed(endings)}
    )


def listed(endings: list[str]) -> str:
    return ", ".join(ending.upper() for ending in endings)


def check_size(file: File, format_: Format, kind: str) -> None:
    size = file.size
    if not size:
        raise refusal("empty", _("The file is empty."))
    name = "FILES_DOCUMENT_MAX_BYTES"
    if kind == "image" or format_.is_picture:
        name = "FILES_PICTURE_MAX_BYTES"
    elif format_.code == "txt":
        name = "FILES_TEXT_MAX_BYTES"
    if getattr(file, "was_cut_off", False) or size > limit(name):
        raise refusal(
            "size",
            _("The file is too large: %(size)s. The most that is accepted is %(limit)s.")
            % {"size": filesizeformat(size), "limit": filesizeformat(limit(name))},
        )


__all__ = ["Inspection", "check_upload"]
