"""All materials of a practice as one ZIP."""

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO

from core.text import address
from practices.models.parts import PracticeMaterial

#: Archives up to this many bytes never touch the disk.
IN_MEMORY = 8 * 1024 * 1024


def names_of(materials: Iterable[PracticeMaterial]) -> list[str]:
    """A file name for each material: its title in Latin letters, numbered in the page's order.

    Windows' own unpacker still reads Cyrillic names of a ZIP by the wrong table.
    """
    return [
        f"{number:02}-{address(str(material))}{PurePosixPath(material.document.filename).suffix.lower()}"
        for number, material in enumerate(materials, 1)
    ]


def archive_of(materials: list[PracticeMaterial]) -> IO[bytes]:
    """The archive, at its beginning. Stored without compression: office files and PDFs are compressed already."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, material in zip(names_of(materials), materials, strict=True):
            with material.document.file.open("rb") as source, archive.open(name, "w") as target:
                shutil.copyfileobj(source, target)
    file.seek(0)
    return file
