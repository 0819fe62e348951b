"""The way from a dropped Word file to what the author sees of it."""

import zipfile

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from files import limited
from files.names import safe_name

from .assembling import Assembler
from .doors import check, on_disk
from .flow import pieces, tree_of
from .pictures import Album
from .understood import Understood, WordRefused


def read(file: File, *, uploader: User) -> Understood:
    """Read a Word file as a practice; its pictures are stored as the uploader's.

    Raises WordRefused with words for the person. All or nothing: undone, it leaves no picture behind.
    """
    check(file)
    with on_disk(file) as path:
        found = limited.marked_up(path)
        if found is None:
            raise WordRefused(
                _(
                    "The file could not be read: it is damaged or too complicated. Open it in Word, save it anew as "
                    "«Word Document (*.docx)» and choose it again, or begin with an empty form."
                )
            )
        if found.get("too_long"):
            raise WordRefused(
                _(
                    "The text is too long for a page: more than 300 sheets. Choose the part that describes the "
                    "practice, and add the whole file to the materials."
                )
            )
        with zipfile.ZipFile(path) as archive, transaction.atomic():
            assembler = Assembler(Album(archive, found["pictures"], uploader))
            for piece in pieces(tree_of(found["html"])):
                assembler.take(piece)
            understood = assembler.done(
                properties_title=found["title"], file_name=safe_name(file.name or ""), lost=found["lost"]
            )
    if not has_words(understood):
        raise WordRefused(
            _(
                "No text is found in the file. If it holds scanned pages, begin with an empty form and add the file "
                "to the materials."
            )
        )
    return understood


def has_words(made: Understood) -> bool:
    return any((made.summary, made.problem, made.results, made.did_not_work, made.body, made.equipment))
