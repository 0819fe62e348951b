"""OpenDocument: ODT, ODP, ODS. Proved here: the kind is the one in the name, and there are no macros.

An encrypted one is taken: its container is an ordinary ZIP, its text stays unread.
"""

import re
from typing import BinaryIO

from django.utils.translation import gettext as _

from files.formats import Format
from files.refusals import is_not, refusal

from . import archives

#: LibreOffice writes the lists of an empty macro library into many documents: only modules are macros.
MACROS = re.compile(r"^(Basic/[^/]+/(?!script-l[bc]\.xml$|dialog-l[bc]\.xml$).+|Scripts/.+[^/])$")


def check(stream: BinaryIO, format_: Format) -> None:
    archive = archives.open_archive(stream, format_)
    found = archives.member(archive, "mimetype", most=200).decode("ascii", "replace").strip()
    if found != format_.content_type:
        raise is_not(format_, b"")
    if any(MACROS.match(name) for name in archive.namelist()):
        raise refusal("macros", _("The file holds macros. Remove them, save it and upload it."))
