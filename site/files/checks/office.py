"""Office Open XML: DOCX, PPTX, XLSX.

Proved here: the container is of the kind that its name says, holds no macros and draws in nothing by itself
from another computer (remote templates and frames are a known way to run a stranger's code). A
document locked with a password is taken as it is: nobody can look inside, and its text stays unread.
"""

import zipfile
from typing import BinaryIO
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from lxml import etree

from files.formats import Format
from files.refusals import is_not, refusal

from . import archives

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Streams of a compound file are named in UTF-16; this one is where Office puts an encrypted document.
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
OLD_STREAMS = [
    name.encode("utf-16-le") for name in ("WordDocument", "Workbook", "PowerPoint Document", "Macros", "_VBA_PROJECT")
]
MAIN_PART = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
MACRO_FOLDERS = ("activex/", "macrosheets/", "dialogsheets/")
#: Kinds of links that a reader follows by pressing, or that only show something.
SHOWN = {"image", "video", "audio", "media", "slideupdateurl", "externallinkpath", "externallink"}
XML = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def check(stream: BinaryIO, format_: Format) -> None:
    if is_compound(stream):
        check_compound(stream, format_)
        return
    archive = archives.open_archive(stream, format_)
    check_macros(archive)
    check_kind(archive, format_)
    for name in archive.namelist():
        if name.lower().endswith(".rels"):
            check_links(archives.member(archive, name))


def is_compound(stream: BinaryIO) -> bool:
    stream.seek(0)
    return stream.read(len(OLD_OFFICE)) == OLD_OFFICE


def check_compound(stream: BinaryIO, format_: Format) -> None:
    stream.seek(0)
    content = stream.read()
    if ENCRYPTED_PACKAGE not in content or any(name in content for name in OLD_STREAMS):
        raise refusal(
            "old_office",
            _("This is a file of old Office under a new name. Choose «Save as» and the type %(type)s, then upload it.")
            % {"type": format_.code.upper()},
        )


def check_macros(archive: zipfile.ZipFile) -> None:
    for name in map(str.lower, archive.namelist()):
        if name.endswith(MACRO_PARTS) or any(folder in name for folder in MACRO_FOLDERS):
            raise macros()


def check_kind(archive: zipfile.ZipFile, format_: Format) -> None:
    kinds = [
        element.get("ContentType", "")
        for element in parse(archives.member(archive, "[Content_Types].xml")).iter("{*}Override", "{*}Default")
    ]
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in kinds):
        raise macros()
    if MAIN_PART[format_.code] not in kinds:
        other = next((code.upper() for code, kind in MAIN_PART.items() if kind in kinds), "")
        if other:
            words = _("The file's name says %(named)s, but inside it is %(found)s.")
            raise refusal("content", words % {"named": format_.code.upper(), "found": other})
        raise is_not(format_, b"")


def check_links(relationships: bytes) -> None:
    for link in parse(relationships).iter("{*}Relationship"):
        if link.get("TargetMode", "").lower() == "external":
            check_link(link.get("Type", "").rsplit("/", 1)[-1].lower(), link.get("Target", ""))


def check_link(kind: str, target: str) -> None:
    """Links to press may lead anywhere but to a script; what loads by itself, only to the web or to a local disk."""
    address = target.strip().replace("\\", "/").lower()
    scheme = address.split(":", 1)[0]
    if scheme in {"javascript", "vbscript", "data", "mhtml", "ms-msdt", "search-ms"}:
        raise external(target)
    if kind == "hyperlink":
        return
    local = is_local(address)
    # Word notes there the template that a document was made from: its own on a disk is no danger.
    if kind == "attachedtemplate" and local:
        return
    if kind in SHOWN and (local or scheme in {"http", "https"}):
        return
    raise external(target)


def is_local(address: str) -> bool:
    """Is it on the reader's own disk: `file:///c:/…`, `c:/…` or beside the document; not `//server/…`."""
    parts = urlsplit(address)
    if parts.scheme == "file":
        return not parts.netloc and not parts.path.startswith("//")
    return len(parts.scheme) <= 1 and not address.startswith("//")


def parse(content: bytes) -> etree._Element:
    try:
        return etree.fromstring(content, etree.XMLParser(**XML))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise archives.damaged() from error


def macros():
    return refusal("macros", _("The file holds macros. Save it without macros, as DOCX, PPTX or XLSX, and upload it."))


def external(target: str):
    words = _("On opening, the document loads something from elsewhere: %(target)s. Remove the link and upload it.")
    return refusal("external", words % {"target": target[:200]})
