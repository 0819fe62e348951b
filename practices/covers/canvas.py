"""A sheet on which shapes are drawn in units of 1600 to its width, three times larger than it is given out."""

import math
from collections.abc import Callable, Iterable
from random import Random

from PIL import Image, ImageDraw

from practices.covers.palette import Colour

WIDTH = 1600
OVERSAMPLING = 3
STEP = 10  # units between points of a curve: below it nothing is seen

Point = tuple[float, float]
Curve = Callable[[float], float]


class Canvas:
    """Width is always 1600 units, height what the proportions of the picture give."""

    def __init__(self, size: tuple[int, int], top: Colour, bottom: Colour):
        self.size = size
        self.height = WIDTH * size[1] / size[0]
        self.scale = size[0] * OVERSAMPLING / WIDTH
        full = (size[0] * OVERSAMPLING, size[1] * OVERSAMPLING)
        self.image = Image.new("RGB", full, bottom)
        self.pen = ImageDraw.Draw(self.image)
        self.sky(top, bottom)

    def sky(self, top: Colour, bottom: Colour) -> None:
        """Fill the whole sheet from one colour down to the other."""
        full = self.image.size
        slope = Image.linear_gradient("L").resize((1, full[1])).resize(full)
        self.image.paste(Image.composite(Image.new("RGB", full, bottom), Image.new("RGB", full, top), slope))

    def picture(self) -> Image.Image:
        return self.image.reduce(OVERSAMPLING)

    def polygon(self, points: Iterable[Point], fill: Colour) -> None:
        self.pen.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=fill)

    def box(self, x: float, y: float, width: float, height: float, fill: Colour) -> None:
        self.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        self.pen.ellipse([v * self.scale for v in (x - radius, y - radius, x + radius, y + radius)], fill=fill)

    def ring(self, x: float, y: float, radius: float, colour: Colour, width: float = 3) -> None:
        box = [v * self.scale for v in (x - radius, y - radius, x + radius, y + radius)]
        self.pen.ellipse(box, outline=colour, width=max(1, round(width * self.scale)))

    def line(self, points: Iterable[Point], colour: Colour, width: float = 3) -> None:
        scaled = [(x * self.scale, y * self.scale) for x, y in points]
        self.pen.line(scaled, fill=colour, width=max(1, round(width * self.scale)), joint="curve")

    def below(self, curve: Curve, fill: Colour) -> None:
        """Fill everything under the curve."""
        self.polygon([(0, self.height), *points_of(curve), (WIDTH, self.height)], fill)

    def stroke(self, curve: Curve, colour: Colour, width: float = 3, start: float = 0, end: float = WIDTH) -> None:
        self.line(points_of(curve, start, end), colour, width)


def points_of(curve: Curve, start: float = 0, end: float = WIDTH) -> list[Point]:
    steps = max(2, math.ceil((end - start) / STEP))
    return [(x := start + (end - start) * i / steps, curve(x)) for i in range(steps + 1)]


def swell(random: Random, level: float, amplitude: float, length: float) -> Curve:
    """A calm wave about this level: two sines whose lengths do not divide."""
    first, second = random.uniform(0, math.tau), random.uniform(0, math.tau)
    return lambda x: (
        level
        + amplitude * math.sin(math.tau * x / length + first)
        + amplitude * 0.4 * math.sin(math.tau * x / (length * 0.437) + second)
    )


def ridge(random: Random, level: float, height: float, hills: int) -> Curve:
    """A line of rounded hills (сопки) standing on this level."""
    bumps = [
        (WIDTH * (i + random.uniform(0.1, 0.9)) / hills, random.uniform(0.45, 1) * height, random.uniform(120, 300))
        for i in range(hills)
    ]
    return lambda x: level - max(h / (1 + ((x - centre) / width) ** 2) ** 1.5 for centre, h, width in bumps)
