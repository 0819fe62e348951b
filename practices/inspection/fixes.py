"""Mending pictures: taking the place out, hiding a part.

Originals are never served, but they are kept, exported and may one day be shown otherwise: what should not be known
goes from the file itself.
"""

import io
import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import ExifTags, Image, ImageFilter, ImageOps

from accounts.models import User
from files.models import PortalImage
from files.names import extension_of
from files.services import store_image
from practices.inspection.places import place_of

#: Sizes of a blurred region's tiles: so few that no face can be made of them again.
TILES = 8
SMALLEST_SIDE = 8
QUALITY = 90

#: Bytes of JPEG (ITU T.81, table B.1). Notes: EXIF and XMP, programs' own, IPTC, comments.
NOTES = {0xE1, *range(0xE3, 0xEE), 0xFE}
SECOND_PICTURE, START_OF_SCAN, END_OF_PICTURE = 0xE2, 0xDA, b"\xff\xd9"
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class Box(NamedTuple):
    """A part of a picture as people see it, in shares of its width and height from the left upper corner."""

    left: float
    top: float
    width: float
    height: float


class NotInPicture(ValueError):  # noqa: N818 - says what is wrong
    """The box lies outside the picture or is no box."""


@transaction.atomic
def remove_gps(image: PortalImage) -> PortalImage:
    """Rewrite the picture's file without what the camera noted. The look stays, a JPEG's to the last dot.

    Nothing is done for a picture that tells no place; so it may be asked twice.
    """
    image = PortalImage.objects.select_for_update().get(pk=image.pk)
    if place_of(image) is None:
        return image
    former, storage = image.file.name, image.file.storage
    with image.open_file() as opened:
        content = opened.read()
    image.file = ContentFile(without_notes(content), name=former)
    image.full_clean()
    image.save()
    for rendition in image.renditions.all():
        rendition.delete()
    transaction.on_commit(lambda: storage.delete(former))
    return image


@transaction.atomic
def blur(*, image: PortalImage, boxes: list[Box], uploader: User) -> PortalImage:
    """A new picture with these parts made unrecognisable; the old one is left as it is, for the caller to replace.

    Raises NotInPicture.
    """
    with image.open_file() as opened, Image.open(opened) as stored:
        picture = ImageOps.exif_transpose(stored).convert("RGB")
    for box in boxes:
        hide(picture, box)
    file = io.BytesIO()
    is_png = extension_of(image.file.name) == "png"
    picture.save(file, "PNG" if is_png else "JPEG", **({} if is_png else {"quality": QUALITY}))
    return store_image(
        file=ContentFile(file.getvalue(), name="blurred.png" if is_png else "blurred.jpg"),
        title=image.title,
        description=image.description,
        uploader=uploader,
    )


def hide(picture: Image.Image, box: Box) -> None:
    """Replace a region by a few tiles, smoothed: the mean colours are all that is left."""
    edges = (box.left, box.top, box.left + box.width, box.top + box.height)
    if not (all(0 <= edge <= 1 + 1e-6 for edge in edges) and box.width > 0 and box.height > 0):
        raise NotInPicture(box)
    left, top, right, bottom = (
        round(edge * side) for edge, side in zip(edges, (picture.width, picture.height) * 2, strict=True)
    )
    right, bottom = max(right, left + SMALLEST_SIDE), max(bottom, top + SMALLEST_SIDE)
    region = picture.crop((left, top, min(right, picture.width), min(bottom, picture.height)))
    tile = max(1, max(region.size) // TILES)
    few = region.resize((max(1, region.width // tile), max(1, region.height // tile)), Image.Resampling.BOX)
    smooth = few.resize(region.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(tile / 2))
    picture.paste(smooth, (left, top))


def replace_picture(blocks: list[dict], old: int, new: int) -> list[dict]:
    """A StreamField's raw value with one picture in the place of another, in cards and galleries alike."""

    def replaced(value):
        if isinstance(value, dict):
            return {name: new if name == "image" and part == old else replaced(part) for name, part in value.items()}
        return [replaced(part) for part in value] if isinstance(value, list) else value

    return [replaced(dict(block)) for block in blocks]


def without_notes(content: bytes) -> bytes:
    """A picture's bytes without EXIF, XMP and comments; how it is turned is kept."""
    with Image.open(io.BytesIO(content)) as stored:
        kind, turn = stored.format, stored.getexif().get(ExifTags.Base.Orientation, 1)
        if kind in {"JPEG", "MPO"}:
            return jpeg_without_notes(content, turn)
        picture = ImageOps.exif_transpose(stored)
        file = io.BytesIO()
        picture.info.pop("exif", None)
        picture.info.pop("xmp", None)
        options = {"quality": QUALITY} if kind in {"WEBP", "AVIF"} else {}
        picture.save(file, kind, exif=b"", **options)
        return file.getvalue()


def jpeg_without_notes(content: bytes, turn: int) -> bytes:
    """The same JPEG, dot for dot: only the segments of notes are left out, and one with the orientation is put in."""
    kept = [b"\xff\xd8"]
    if turn in range(2, 9):
        # TIFF header, one entry: orientation (0x0112), a short, one value.
        tiff = b"MM\x00*\x00\x00\x00\x08\x00\x01" + struct.pack(">HHIHH", 0x0112, 3, 1, turn, 0) + b"\x00" * 4
        kept.append(segment(0xE1, b"Exif\x00\x00" + tiff))
    kept += segments(content)
    return b"".join(kept)


def segment(marker: int, data: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def segments(content: bytes) -> Iterator[bytes]:
    """The segments of a JPEG that say how it looks: colour profile and Adobe's mark of colours stay, then all dots.

    What stands after the picture's end (a telephone's second picture with notes of its own) is left out.
    """
    at = 2
    while at + 4 <= len(content):
        marker = content[at + 1]
        end = at + 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
        if marker == START_OF_SCAN:
            following = NEXT_MARKER.search(content, end)
            end = following.start() if following else len(content)
        if marker not in NOTES and not (marker == SECOND_PICTURE and content[at + 4 : at + 8] == b"MPF\x00"):
            yield content[at:end]
        if content[end : end + 2] == END_OF_PICTURE:
            break
        at = end
    yield END_OF_PICTURE
