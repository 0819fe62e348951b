"""Covers drawn by code: one family, its hue by the subject, its motif by the kind."""

from random import Random

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from practices.covers.canvas import Canvas
from practices.covers.motifs import MOTIFS
from practices.covers.palette import Palette
from practices.covers.scenery import graticule, scale_edge

__all__ = ["describe", "draw"]

DESCRIPTIONS = {
    "lesson": _("Drawing: a yacht under sail in a bay"),
    "master_class": _("Drawing: a lighthouse with its beams"),
    "programme": _("Drawing: a nautical chart with a course laid on it"),
    "project": _("Drawing: a cable-stayed bridge over a bay"),
    "experience": _("Drawing: ranges of hills, one behind another"),
    "local_act": _("Drawing: signal flags over the sea"),
    "assessment": _("Drawing: a tide gauge and the curve of the tide"),
    "event_scenario": _("Drawing: the sun setting into the sea"),
}


def describe(kind: str) -> str:
    """What is on the cover, for those who do not see it, in the language in force."""
    return str(DESCRIPTIONS.get(kind, DESCRIPTIONS["lesson"]))


def draw(kind: str, hue: int, seed: str, size: tuple[int, int] = (1600, 900)) -> Image.Image:
    """A picture in RGB, always the same for the same arguments; a kind without a motif of its own gets the lesson's.

    `hue` is in degrees of OKLCH, `seed` anything lasting of the practice (its id), `size` pixels.
    """
    random = Random(f"{kind}:{seed}")  # noqa: S311 - a drawing, not a secret
    palette = Palette.of(hue)
    canvas = Canvas(size, top=palette.tone(0.03), bottom=palette.tone(0.22))
    graticule(canvas, palette)
    MOTIFS.get(kind, MOTIFS["lesson"])(canvas, palette, random)
    scale_edge(canvas, palette)
    picture = canvas.picture()
    return ImageOps.mirror(picture) if random.random() < 0.5 else picture  # noqa: PLR2004 - a coin
