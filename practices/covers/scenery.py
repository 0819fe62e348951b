"""What the motifs share: water, far hills, gulls, and the chart's edge that makes them one series."""

import math
from random import Random

from practices.covers.canvas import WIDTH, Canvas, ridge, swell
from practices.covers.palette import Colour, Palette

EDGE = 13  # height of the scale along the lower edge
SEGMENTS = 16


def graticule(canvas: Canvas, palette: Palette) -> None:
    """Thin lines of latitude and longitude with crosses where they meet."""
    columns, rows = [WIDTH * i / 8 for i in range(1, 8)], [canvas.height * i / 5 for i in range(1, 5)]
    for x in columns:
        canvas.line([(x, 0), (x, canvas.height)], palette.tone(0.125), 1.6)
    for y in rows:
        canvas.line([(0, y), (WIDTH, y)], palette.tone(0.125), 1.6)


def scale_edge(canvas: Canvas, palette: Palette) -> None:
    """The scale of degrees along the lower edge, as nautical charts have it."""
    width = WIDTH / SEGMENTS
    top = canvas.height - EDGE
    canvas.box(0, top - 3, WIDTH, EDGE + 3, palette.ink)
    for i in range(0, SEGMENTS, 2):
        canvas.box(i * width, top, width, EDGE, palette.paper)


def sea(canvas: Canvas, palette: Palette, random: Random, horizon: float, *, rows: int = 4) -> None:
    """Water from the horizon down, each row of waves darker and larger than the one behind it."""
    canvas.box(0, horizon, WIDTH, canvas.height - horizon, palette.tone(0.40))
    for row in range(rows):
        share = (row + 1) / rows
        level = horizon + (canvas.height - horizon) * (0.10 + 0.78 * share**1.35)
        wave(canvas, palette, random, level, 0.44 + 0.36 * share, size=share)


def wave(canvas: Canvas, palette: Palette, random: Random, level: float, tone: float, *, size: float) -> None:
    """One wave and the fine lines under its crest."""
    crest = swell(random, level, 7 + 18 * size, 420 + 480 * size)
    canvas.below(crest, palette.tone(tone))
    for line in range(1, 4):
        canvas.stroke(lambda x, n=line: crest(x) + n * (9 + 7 * size), palette.tone(tone + 0.035 * (4 - line)), 2)


def far_hills(canvas: Canvas, palette: Palette, random: Random, horizon: float) -> None:
    for height, tone, hills in ((0.20, 0.20, 5), (0.11, 0.30, 4)):
        crest = ridge(random, horizon, canvas.height * height, hills)
        canvas.below(crest, palette.tone(tone))
        for line in range(1, 5):
            canvas.stroke(lambda x, n=line, c=crest: min(c(x) + 13 * n, horizon), palette.tone(tone + 0.05), 1.8)


def gull(canvas: Canvas, palette: Palette, x: float, y: float, size: float) -> None:
    spread = [i / 14 for i in range(-14, 15)]
    wing = [(x + size * t, y - size * (0.36 * math.sin(math.pi * abs(t) ** 0.8) - 0.12 * abs(t))) for t in spread]
    canvas.line(wing, palette.ink, 3.6)


def pill(canvas: Canvas, x: float, y: float, *, width: float, height: float, fill: Colour) -> None:
    """A bar with round ends."""
    box = [value * canvas.scale for value in (x, y, x + width, y + height)]
    canvas.pen.rounded_rectangle(box, height / 2 * canvas.scale, fill=fill)
