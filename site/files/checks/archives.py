"""ZIP containers of office documents: measured before anything is unpacked.

Proved here: the file is one ZIP from its first byte to its last (nothing before, after or overlapping inside, as
polyglots and the bombs of https://www.bamsoftware.com/hacks/zipbomb/ need), its directory is small, what it
unpacks to is bounded, and no member is a program, an archive or a path that climbs out.
"""

import struct
import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext as _

from files.formats import Format
from files.limits import limit
from files.names import extension_of
from files.refusals import is_not, refusal

LOCAL_HEADER = b"PK\x03\x04"
END_OF_DIRECTORY = b"PK\x05\x06"
END_SIZE = 22
LOCAL_SIZE = 30
#: Bytes of a directory line with a long name; a larger directory holds more members than are allowed.
DIRECTORY_LINE = 512
#: Below this many unpacked bytes a high ratio is only a monotonous text.
HARMLESS_BYTES = 20 * 1024 * 1024
#: Flag of a member that needs a password: office formats have their own ways to encrypt.
ENCRYPTED = 0x1

PROGRAMS = frozenset(
    "exe dll scr com bat cmd ps1 vbs vbe js jse wsf wsh hta msi jar lnk reg sh py php html htm mht svg swf".split()  # noqa: SIM905
)
ARCHIVES = frozenset("zip rar 7z tar gz bz2 xz cab iso arj".split())  # noqa: SIM905


def open_archive(stream: BinaryIO, format_: Format) -> zipfile.ZipFile:
    """The container, safe to read member by member with `member`. Raises ValidationError."""
    stream.seek(0)
    head = stream.read(2048)
    if not head.startswith(LOCAL_HEADER):
        raise is_not(format_, head)
    check_end(stream)
    try:
        archive = zipfile.ZipFile(stream)
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, UnicodeError) as error:
        raise damaged() from error
    check_amount(members)
    check_layout(archive, members)
    for member in members:
        check_member(member)
    return archive


def member(archive: zipfile.ZipFile, name: str, most: int = 4 * 1024 * 1024) -> bytes:
    """A member's bytes; empty if there is none. Raises ValidationError for a damaged or overgrown one."""
    try:
        if archive.getinfo(name).file_size > most:
            raise bomb()
        with archive.open(name) as opened:
            return opened.read(most)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise damaged() from error


def check_end(stream: BinaryIO) -> None:
    """The directory's end is the file's end, and says that the directory is small."""
    size = stream.seek(0, 2)
    if size < END_SIZE:
        raise damaged()
    stream.seek(size - END_SIZE)
    end = stream.read(END_SIZE)
    if not end.startswith(END_OF_DIRECTORY):
        raise refusal("polyglot", _("Something is added after the end of the document. Save it anew and upload it."))
    *_disks, count, directory_size, directory_start, _comment = struct.unpack("<4s4H2LH", end)
    most = limit("FILES_ARCHIVE_MAX_MEMBERS")
    if count > most or directory_size > most * DIRECTORY_LINE:
        raise bomb()
    if directory_start + directory_size + END_SIZE != size:
        raise refusal("polyglot", _("Something is added to the document from outside. Save it anew and upload it."))


def check_amount(members: list[zipfile.ZipInfo]) -> None:
    packed = sum(info.compress_size for info in members)
    unpacked = sum(info.file_size for info in members)
    if len(members) > limit("FILES_ARCHIVE_MAX_MEMBERS") or unpacked > limit("FILES_ARCHIVE_MAX_BYTES"):
        raise bomb()
    if unpacked > HARMLESS_BYTES and unpacked > packed * limit("FILES_ARCHIVE_MAX_RATIO"):
        raise bomb()


def check_layout(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Members stand one after another: none begins inside another, none is named twice."""
    if len({info.filename for info in members}) != len(members):
        raise damaged()
    end = 0
    for info in sorted(members, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise bomb()
        end = info.header_offset + LOCAL_SIZE + len(info.orig_filename) + info.compress_size
    if end > archive.start_dir:
        raise bomb()


def check_member(info: zipfile.ZipInfo) -> None:
    name = info.filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or "\x00" in info.orig_filename:
        raise refusal("path", _("The document holds a file with a dangerous path. Save it anew and upload it."))
    if info.flag_bits & ENCRYPTED:
        raise refusal("encrypted", _("Parts of the document are locked with a password. Save it without one."))
    ending = extension_of(name)
    if ending in PROGRAMS:
        words = _("A program is put into the document: %(name)s. Remove it and upload the file again.")
        raise refusal("program", words % {"name": name})
    if ending in ARCHIVES:
        words = _("An archive is put into the document: %(name)s. Remove it and upload the file again.")
        raise refusal("nested", words % {"name": name})


def bomb():
    return refusal("bomb", _("Unpacked, the document is too large to open. Make it smaller and upload it."))


def damaged():
    return refusal("damaged", _("The document is damaged. Open it in its program, save it anew and upload it."))
