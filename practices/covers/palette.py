"""Colours of a cover: tones of one hue and one signal colour, equally light for every hue."""

import math
from dataclasses import dataclass

Colour = tuple[int, int, int]

CORAL, GOLD, VERMILION = (0.72, 0.165, 48), (0.86, 0.145, 88), (0.60, 0.185, 33)  # lightness, chroma, hue


def oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """An sRGB colour of these OKLCH coordinates (0 to 1, 0 to about 0.3, degrees).

    Unlike HSL, equal lightness looks equally light in yellow and in blue.
    Source: https://bottosson.github.io/posts/oklab/
    """
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return tuple(_encoded(channel) for channel in linear)


def _encoded(channel: float) -> int:
    channel = min(max(channel, 0.0), 1.0)
    linear_part = 0.0031308
    value = 12.92 * channel if channel <= linear_part else 1.055 * channel ** (1 / 2.4) - 0.055
    return round(value * 255)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The colour `share` of the way from the first to the second."""
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))


def signal_beside(hue: float) -> tuple[float, float, float]:
    """The warm colour, in OKLCH, that stands out beside this hue."""
    hue %= 360
    if hue < 60 or hue > 320:  # noqa: PLR2004 - reds
        return GOLD
    if hue < 125:  # noqa: PLR2004 - ochres and olives
        return VERMILION
    return CORAL


@dataclass(frozen=True)
class Palette:
    """From the lightest to the darkest: paper, mist, water, deep, ink; and one signal."""

    paper: Colour
    mist: Colour
    water: Colour
    deep: Colour
    ink: Colour
    signal: Colour

    @classmethod
    def of(cls, hue: float) -> "Palette":
        return cls(
            paper=oklch(0.945, 0.022, hue),
            mist=oklch(0.86, 0.052, hue),
            water=oklch(0.71, 0.092, hue),
            deep=oklch(0.48, 0.096, hue),
            ink=oklch(0.31, 0.066, hue),
            signal=oklch(*signal_beside(hue)),
        )

    def tone(self, share: float) -> Colour:
        """A colour between paper (0) and ink (1) through all the tones."""
        tones = [self.paper, self.mist, self.water, self.deep, self.ink]
        place = min(max(share, 0.0), 1.0) * (len(tones) - 1)
        index = min(int(place), len(tones) - 2)
        return mix(tones[index], tones[index + 1], place - index)
