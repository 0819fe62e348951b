"""Is it a Word file that can be read? Each other thing that people bring is answered with what to do instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import NamedTemporaryFile

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from files.checks import check_upload
from files.checks.office import ENCRYPTED_PACKAGE, OLD_OFFICE
from files.names import extension_of

from .understood import WordRefused

HEAD = 2048
ZIP = b"PK\x03\x04"


def check(file: File) -> None:
    """Raises WordRefused with words for the person; leaves the file rewound."""
    if not file.size:
        raise WordRefused(_("The file is empty."))
    if not getattr(file, "was_cut_off", False):
        file.seek(0)
        head = file.read(HEAD)
        file.seek(0)
        ending = extension_of(file.name or "")
        if head.startswith(OLD_OFFICE):
            raise WordRefused(locked() if is_locked(file) else old_word(ending))
        other = what_else(head, ending)
        if other:
            raise WordRefused(other)
    try:
        check_upload(file)
    except ValidationError as error:
        raise WordRefused(" ".join(error.messages)) from error


def is_locked(file: File) -> bool:
    """A document behind a password is put into a container of old Office."""
    file.seek(0)
    tail = b""
    try:
        while chunk := file.read(1 << 20):
            if ENCRYPTED_PACKAGE in tail + chunk:
                return True
            tail = chunk[-len(ENCRYPTED_PACKAGE) :]
    finally:
        file.seek(0)
    return False


def locked() -> str:
    return _(
        "The file is locked with a password. Open it in Word, choose «File» → «Info» → «Protect Document» → "
        "«Encrypt with Password», delete the password, save the file and choose it again."
    )


def old_word(ending: str) -> str:
    if ending not in {"doc", "docx", "dot", ""}:
        return not_word()
    return _(
        "This is a file of old Word (.doc). Open it in Word, choose «File» → «Save As» and the type "
        "«Word Document (*.docx)»; in LibreOffice: «File» → «Save As» → «Word 2010–365 Document (.docx)». "
        "Then choose the new file here."
    )


def not_word() -> str:
    return _("This is not a Word document. Choose a file with the ending .docx.")


def save_as_docx(format_name: str) -> str:
    return _(
        "This is a file of the kind %(format)s. Open it in Word or LibreOffice, choose «File» → «Save As» and the type "
        "«Word Document (*.docx)», then choose the new file here."
    ) % {"format": format_name}


def what_else(head: bytes, ending: str) -> str:
    """What to say of a file that is plainly something else; empty if it may be a Word document."""
    if head.startswith(b"%PDF"):
        return _(
            "This is a PDF: its text cannot be taken apart well. Choose the Word file it was made from, "
            "or begin with an empty form and add the PDF to the materials."
        )
    other = format_to_save_anew(head, ending)
    if other:
        return save_as_docx(other)
    if ending == "doc" and head.startswith(ZIP):
        return _("Inside, this file is a new Word document, but its name ends with .doc. Rename it to .docx.")
    if ending in {"docm", "dotm"}:
        return _(
            "This is a Word file with macros (.docm); they are not accepted. Choose «File» → «Save As» and the type "
            "«Word Document (*.docx)», then choose the new file here."
        )
    return "" if ending == "docx" else not_word()


def format_to_save_anew(head: bytes, ending: str) -> str:
    """The name of another format that Word and LibreOffice open; empty if it is none."""
    if head.startswith(b"{\\rtf"):
        return "RTF"
    if head.startswith(ZIP) and b"mimetypeapplication/vnd.oasis.opendocument.text" in head:
        return "ODT"
    if ending in {"doc", "docx"} and head.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        return "HTML"
    return ending.upper() if ending in {"rtf", "odt", "dotx", "wps", "pages", "fb2", "txt"} else ""


@contextmanager
def on_disk(file: File) -> Iterator[str]:
    """A path to the upload's bytes, for a process of its own."""
    if hasattr(file, "temporary_file_path"):
        yield file.temporary_file_path()
        return
    with NamedTemporaryFile(suffix=".docx") as copy:
        file.seek(0)
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        yield copy.name
