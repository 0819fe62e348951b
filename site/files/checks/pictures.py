"""Pictures. Proved here: the format is the one in the name, the pixels were counted before any was decoded, it
decodes, and it is no script or archive at the same time.

Originals are never served, only renditions drawn anew, so a polyglot could harm nobody; it is refused because
no honest picture is one. Orientation is left to the renditions, which turn the picture by its EXIF.
"""

import re
import warnings
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from files.formats import Format
from files.limits import limit
from files.refusals import is_not, refusal

SIGNATURES = {
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    "avif": re.compile(rb".{4}ftyp.{0,64}(?:avif|avis)", re.DOTALL),
}
#: JavaScript survives a picture's header as `GIF89a/*…*/=1;…`: the same place in each format that allows it.
SCRIPT_COMMENT = re.compile(rb"^(?:GIF8[79]a|\xff\xd8\xff.|RIFF)/[*/]", re.DOTALL)
SECOND_FILE = re.compile(rb"<script|<html|<!doctype|<svg|<\?php|%PDF-\d", re.IGNORECASE)
ZIP_END = b"PK\x05\x06"
ZIP_TAIL = 65_557
#: Decoding a JPEG at an eighth of its size proves it as well and takes 64 times less memory.
DRAFT = 8


def check(stream: BinaryIO, format_: Format) -> None:
    stream.seek(0)
    content = stream.read()
    if not SIGNATURES[format_.code].match(content[:128]):
        raise is_not(format_, content[:2048])
    if SCRIPT_COMMENT.match(content) or SECOND_FILE.search(content) or ZIP_END in content[-ZIP_TAIL:]:
        raise refusal("polyglot", _("The file is a picture and something else at once. Save it as JPEG anew."))
    stream.seek(0)
    check_pixels(stream, format_)


def check_pixels(stream: BinaryIO, format_: Format) -> None:
    """Count, refuse or decode. Pillow's own limit is far above ours, and only a warning."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(stream, formats=[format_.code.upper()]) as picture:
                check_measure(picture, format_)
                picture.draft(None, (max(1, picture.width // DRAFT), max(1, picture.height // DRAFT)))
                picture.load()
    except Image.DecompressionBombError as error:
        raise too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError, RuntimeError) as error:
        raise refusal(
            "damaged", _("The picture is damaged and cannot be shown. Save it as JPEG anew and upload it.")
        ) from error


def check_measure(picture: Image.Image, format_: Format) -> None:
    most = limit("FILES_GIF_MAX_SIDE" if format_.code == "gif" else "FILES_PICTURE_MAX_SIDE")
    pixels = picture.width * picture.height
    if max(picture.size) > most or pixels > limit("FILES_PICTURE_MAX_PIXELS"):
        raise too_many_pixels()
    # A telephone's JPEG may carry a second picture behind the first: that is no animation.
    frames = 1 if format_.code == "jpeg" else getattr(picture, "n_frames", 1)
    if pixels * frames > limit("FILES_PICTURE_MAX_PIXELS"):
        raise refusal("pixels", _("The animation is too long or too large. Make it shorter or smaller and upload it."))


def too_many_pixels():
    return refusal(
        "pixels",
        _("The picture has too many dots: at most %(millions)s million are accepted. Make it smaller and upload it.")
        % {"millions": limit("FILES_PICTURE_MAX_PIXELS") // 1_000_000},
    )
