"""Pictures of a Word file as pictures of the portal."""

import re
import zipfile
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image

from accounts.models import User
from files.checks import archives
from files.formats import PICTURE_ENDINGS
from files.limits import limit
from files.models import PortalImage
from files.names import extension_of
from files.services import store_image

from .flow import CAPTION

#: More is an album; each is checked, decoded and kept.
MOST_PICTURES = 40
#: Bytes of all of them together.
MOST_BYTES = 80 * 1024 * 1024
#: Dots along a side: bullets, lines and logos in a header are smaller.
SMALLEST = 40
#: Formats of Windows' own drawings, which no browser shows.
DRAWINGS = {"wmf", "emf", "wmz", "emz"}
LONGEST_WORDS = 250

#: What Word writes by itself in the place of a description.
MACHINE_WORDS = re.compile(
    r"^(?:(?:рисунок|picture|image|изображение|img|dsc|photo|фото|объект|graphic|графический объект)[\s_-]*[\d_-]*|"
    r"[\w\s()-]+\.(?:jpe?g|png|gif|bmp|webp|tiff?)|.{0,3})$",
    re.IGNORECASE,
)
ADDED_BY_WORD = re.compile(r"\s*(?:Автоматически созданное описание|Description automatically generated).*$", re.DOTALL)


def description(alt: str) -> str:
    """What a person wrote for those who do not see the picture; empty for a machine's words.

    >>> description("Рисунок 1"), description("Дети у доски")
    ('', 'Дети у доски')
    """
    words = " ".join(ADDED_BY_WORD.sub("", alt).split())
    return "" if MACHINE_WORDS.match(words) else shortened(words)


def said_by(caption: str) -> str:
    """What a caption says is on the picture.

    >>> said_by("Рис. 2. Дети считают")
    'Дети считают'
    """
    return CAPTION.sub("", caption).strip() or caption


def shortened(words: str, most: int = LONGEST_WORDS) -> str:
    """The words within a limit, cut between them."""
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:—–-") + "…"


class Album:
    """The pictures of one file, stored as they are met; the same picture only once.

    Call it inside a transaction: what is stored goes from the disk when that is undone.
    """

    def __init__(self, archive: zipfile.ZipFile, names: list[str], uploader: User):
        self.archive, self.names, self.uploader = archive, names, uploader
        self.stored: dict[str, PortalImage | None] = {}
        self.bytes = self.passed_over = self.drawings = self.missing = 0
        self.refusals: list[str] = []

    def image(self, number: int | None, *, title: str, alt: str) -> PortalImage | None:
        """The picture with this number; None if it cannot be shown, which `notes` then say."""
        if number is None or number >= len(self.names):
            self.missing += 1
            return None
        name = self.names[number]
        if name not in self.stored:
            self.stored[name] = self.store(name, title=title, alt=alt)
        return self.stored[name]

    def store(self, name: str, *, title: str, alt: str) -> PortalImage | None:
        ending = extension_of(name)
        if ending in DRAWINGS:
            self.drawings += 1
            return None
        if sum(1 for image in self.stored.values() if image) >= MOST_PICTURES or self.bytes > MOST_BYTES:
            self.passed_over += 1
            return None
        if ending not in PICTURE_ENDINGS:
            self.refuse(name, _("this format is not shown by browsers"))
            return None
        try:
            content = archives.member(self.archive, name, limit("FILES_PICTURE_MAX_BYTES"))
            self.bytes += len(content)
            file = ContentFile(content, name=PurePosixPath(name).name)
            if is_an_ornament(file):
                return None
            return store_image(file=file, title=shortened(title), description=alt, uploader=self.uploader)
        except ValidationError as error:
            self.refuse(name, " ".join(error.messages))
            return None

    def refuse(self, name: str, reason: str) -> None:
        self.refusals.append(f"{PurePosixPath(name).name}: {reason}")

    def notes(self) -> list[str]:
        """What became of pictures that are not there."""
        said = []
        if self.drawings:
            said.append(
                ngettext(
                    "%(count)s drawing in a format of Windows (WMF, EMF) is left out: save it as PNG and add it anew.",
                    "%(count)s drawings in a format of Windows (WMF, EMF) are left out: "
                    "save them as PNG and add them anew.",
                    self.drawings,
                )
                % {"count": self.drawings}
            )
        if self.passed_over:
            said.append(
                _(
                    "There are more than %(most)s pictures: %(count)s are left out. "
                    "Add the file itself to the materials."
                )
                % {"most": MOST_PICTURES, "count": self.passed_over}
            )
        said += [_("A picture is left out — %(why)s") % {"why": refusal} for refusal in self.refusals[:5]]
        return said


def is_an_ornament(file: ContentFile) -> bool:
    """Is it a bullet or a line? What cannot be measured is left to the checks."""
    try:
        with Image.open(file) as picture:
            return min(picture.size) < SMALLEST
    except Exception:  # noqa: BLE001 - whatever a hostile picture does to the parser, the checks name it
        return False
    finally:
        file.seek(0)
