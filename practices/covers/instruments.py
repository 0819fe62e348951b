"""Motifs that look at a sailor's tools: a chart, signal flags, a tide gauge."""

import math
from collections.abc import Callable
from itertools import pairwise
from random import Random

from PIL import Image

from practices.covers.canvas import OVERSAMPLING, WIDTH, Canvas, Curve, Point, swell
from practices.covers.palette import Colour, Palette, mix
from practices.covers.scenery import sea, wave

GRID = 12.5  # units between points at which depth is known
LEVELS = [0.14, 0.24, 0.34, 0.45, 0.58, 0.72, 0.86, 1.0, 1.14]
SHORE = 0.58


def chart(canvas: Canvas, palette: Palette, random: Random) -> None:
    """Programme: a chart with islands, depth lines and a course laid between them."""
    heights = _relief(canvas, random)
    _tint(canvas, palette, heights)
    for level in LEVELS:
        shore = level == SHORE
        colour = palette.ink if shore else palette.tone(0.66 if level > SHORE else 0.40)
        for segment in _contour(heights, level):
            canvas.line(segment, colour, 4 if shore else 2.2)
    _rose(canvas, palette, random)
    _course(canvas, palette, random)


def _relief(canvas: Canvas, random: Random) -> list[list[float]]:
    """Heights on a grid: two lands at the edges, islands between them, the middle left free for the course."""
    height = canvas.height
    peaks = [
        (random.uniform(-60, 200), random.uniform(0, 260), 330, 1.25),
        (random.uniform(1420, 1660), height * 0.9, 360, 1.3),
    ]
    for start, end, place in ((480, 760, 0.86), (800, 1180, 0.90), (940, 1080, 0.08)):
        peaks.append((random.uniform(start, end), height * place, random.uniform(70, 140), random.uniform(0.6, 1.05)))
    first, second = random.uniform(0, 9), random.uniform(0, 9)
    rows = []
    for row in range(int(height / GRID) + 2):
        y = row * GRID
        line = []
        for column in range(int(WIDTH / GRID) + 2):
            x = column * GRID
            bent = x + 46 * math.sin(y / 97 + first)
            low = y + 38 * math.sin(x / 121 + second)
            line.append(
                sum(
                    top * math.exp(-((bent - px) ** 2 + (low - py) ** 2 * 1.3) / reach**2 / 1.4)
                    for px, py, reach, top in peaks
                )
            )
        rows.append(line)
    return rows


def _tint(canvas: Canvas, palette: Palette, heights: list[list[float]]) -> None:
    """Colour every height: the deep lightest, shallows darker, land darkest at its top."""
    bands = [palette.tone(share) for share in (0.06, 0.12, 0.19, 0.27, 0.36, 0.52, 0.60, 0.68, 0.76, 0.84)]
    steps = [bands[sum(value / 180 >= level for level in LEVELS)] for value in range(256)]
    small = Image.new("F", (len(heights[0]), len(heights)))
    small.putdata([min(value * 180, 255) for line in heights for value in line])
    width, height = canvas.image.size
    reach = (width / canvas.scale / GRID + 0.0, height / canvas.scale / GRID + 0.0)
    full = small.resize(
        (width // OVERSAMPLING, height // OVERSAMPLING),
        Image.Resampling.BICUBIC,
        box=(0.5, 0.5, reach[0] + 0.5, reach[1] + 0.5),
    ).convert("L")
    channels = [full.point([colour[channel] for colour in steps]) for channel in range(3)]
    canvas.image.paste(Image.merge("RGB", channels).resize((width, height), Image.Resampling.BILINEAR))


def _contour(heights: list[list[float]], level: float):
    """Segments of the line of this height (marching squares)."""
    for row in range(len(heights) - 1):
        upper, lower = heights[row], heights[row + 1]
        for column in range(len(upper) - 1):
            corners = (upper[column], upper[column + 1], lower[column + 1], lower[column])
            if (min(corners) < level) and (max(corners) >= level):
                yield from _crossings(corners, level, column, row)


def _crossings(corners: tuple[float, ...], level: float, column: int, row: int):
    places = ((0, 0), (1, 0), (1, 1), (0, 1))
    points = []
    for side in range(4):
        a, b = corners[side], corners[(side + 1) % 4]
        if (a < level) != (b < level):
            t = (level - a) / (b - a)
            (x0, y0), (x1, y1) = places[side], places[(side + 1) % 4]
            points.append(((column + x0 + (x1 - x0) * t) * GRID, (row + y0 + (y1 - y0) * t) * GRID))
    for i in range(0, len(points) - 1, 2):
        yield points[i : i + 2]


def _rose(canvas: Canvas, palette: Palette, random: Random) -> None:
    """A compass rose with its ring of degrees."""
    x, y, radius = random.uniform(600, 720), canvas.height * random.uniform(0.21, 0.25), 132
    for part, width in ((1.0, 3), (0.86, 2)):
        canvas.ring(x, y, radius * part, palette.deep, width)
    for degree in range(0, 360, 10):
        turn = math.radians(degree)
        inner = 0.78 if degree % 30 == 0 else 0.86
        canvas.line(
            [(x + math.sin(turn) * radius * r, y - math.cos(turn) * radius * r) for r in (inner, 1)], palette.deep, 2.4
        )
    for quarter in range(4):
        turn = quarter * math.pi / 2
        tip = (x + math.sin(turn) * radius * 1.12, y - math.cos(turn) * radius * 1.12)
        for side, fill in ((-1, palette.ink), (1, palette.signal if quarter == 0 else palette.water)):
            corner = (x + math.sin(turn + side * math.pi / 4) * 26, y - math.cos(turn + side * math.pi / 4) * 26)
            canvas.polygon([(x, y), corner, tip], fill)


def _course(canvas: Canvas, palette: Palette, random: Random) -> None:
    marks = [(130 + 335 * i, canvas.height * (0.80 - 0.155 * i + random.uniform(-0.06, 0.06))) for i in range(5)]
    for (x0, y0), (x1, y1) in pairwise(marks):
        count = max(1, round(math.hypot(x1 - x0, y1 - y0) / 34))
        for dash in range(count):
            ends = [(dash + part) / count for part in (0.12, 0.78)]
            canvas.line([(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for t in ends], palette.signal, 9)
    for x, y in marks:
        canvas.disc(x, y, 21, palette.signal)
        canvas.disc(x, y, 10, palette.paper)


Cloth = Callable[[float, float], Point]
Pattern = list[tuple[str, list[Point]]]
FLAG = (232, 168)
PATTERNS: list[Pattern] = [
    [
        ("paper", [(0, 0), (1, 0), (1, 1), (0, 1)]),
        ("signal", [(0.36, 0), (0.64, 0), (0.64, 1), (0.36, 1)]),
        ("signal", [(0, 0.36), (1, 0.36), (1, 0.64), (0, 0.64)]),
    ],
    [
        ("deep", [(0, 0), (1, 0), (1, 1), (0, 1)]),
        ("paper", [(0, 0), (0.16, 0), (1, 0.84), (1, 1), (0.84, 1), (0, 0.16)]),
        ("paper", [(1, 0), (1, 0.16), (0.16, 1), (0, 1), (0, 0.84), (0.84, 0)]),
    ],
    [
        ("signal", [(0, 0), (1, 0), (1, 1), (0, 1)]),
        ("ink", [(0.5, 0), (1, 0), (1, 0.5), (0.5, 0.5)]),
        ("ink", [(0, 0.5), (0.5, 0.5), (0.5, 1), (0, 1)]),
    ],
    [
        ("ink", [(0, 0), (1, 0), (1, 1), (0, 1)]),
        ("paper", [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)]),
        ("signal", [(0.36, 0.36), (0.64, 0.36), (0.64, 0.64), (0.36, 0.64)]),
    ],
    [
        ("paper", [(0, 0), (1, 0), (1, 1), (0, 1)]),
        ("deep", [(0, 0), (1, 0), (1, 0.33), (0, 0.33)]),
        ("deep", [(0, 0.67), (1, 0.67), (1, 1), (0, 1)]),
    ],
    [("signal", [(0, 0), (1, 0), (1, 1), (0, 1)]), ("paper", [(0, 0), (1, 1), (0, 1)])],
    [("paper", [(0, 0), (1, 0), (1, 1), (0, 1)]), ("ink", [(0, 0), (0.5, 0), (0.5, 1), (0, 1)])],
    [("deep", [(0, 0), (1, 0), (1, 1), (0, 1)]), ("paper", [(0.5, 0.16), (0.84, 0.5), (0.5, 0.84), (0.16, 0.5)])],
    [
        ("paper", [(0, 0), (1, 0), (1, 1), (0, 1)]),
        ("water", [(0.2, 0), (0.4, 0), (0.4, 1), (0.2, 1)]),
        ("water", [(0.6, 0), (0.8, 0), (0.8, 1), (0.6, 1)]),
    ],
]  # the geometry of the International Code of Signals, in the cover's own colours


def flags(canvas: Canvas, palette: Palette, random: Random) -> None:
    """Regulation: signal flags, each of which means one thing only."""
    sea(canvas, palette, random, canvas.height * 0.80, rows=3)
    width, gap = FLAG[0], 66
    chosen = random.sample(range(len(PATTERNS)), 9)
    for line in range(2):
        top, drop = canvas.height * (0.07 + 0.37 * line), random.uniform(34, 60)

        def halyard(x: float, top=top, drop=drop) -> float:
            return top + drop * math.sin(math.pi * x / WIDTH)

        count = 5 if line == 0 else 4
        for i in range(count):
            x = (WIDTH - count * width - (count - 1) * gap) / 2 + i * (width + gap)
            _flag(canvas, palette, PATTERNS[chosen[line * 5 + i]], halyard, left=x, phase=random.uniform(0, 6))
        canvas.stroke(halyard, palette.ink, 5)


def _flag(canvas: Canvas, palette: Palette, pattern: Pattern, halyard: Curve, *, left: float, phase: float) -> None:
    def cloth(u: float, v: float) -> Point:
        x, flutter = left + FLAG[0] * u, 10 * math.sin(u * 4.2 + phase) * v
        return x + 0.3 * flutter, halyard(x) + FLAG[1] * v + flutter

    for name, outline in pattern:
        fill: Colour = getattr(palette, name)
        canvas.polygon(_draped(outline, cloth), fill)
    shade = mix(palette.ink, palette.deep, 0.5)
    canvas.line(_draped([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)], cloth), shade, 2.4)


def _draped(outline: list[Point], cloth: Cloth) -> list[Point]:
    """The outline laid on the cloth, each side in small steps so that it follows the folds."""
    points = []
    for (u0, v0), (u1, v1) in zip(outline, [*outline[1:], outline[0]], strict=True):
        points += [cloth(u0 + (u1 - u0) * i / 12, v0 + (v1 - v0) * i / 12) for i in range(12)]
    return points


def gauge(canvas: Canvas, palette: Palette, random: Random) -> None:
    """Assessment: a tide staff in the water and the tide's curve beside it."""
    level, high = canvas.height * 0.44, random.uniform(120, 160)
    start, length = random.uniform(0, math.tau), random.uniform(620, 760)

    def tide(x: float) -> float:
        return level + high * math.sin(math.tau * x / length + start) * (0.8 + 0.2 * math.sin(x / 500))

    canvas.below(tide, palette.tone(0.20))
    for depth in range(1, 7):
        canvas.stroke(lambda x, n=depth: tide(x) + 34 * n, palette.tone(0.25 + 0.02 * depth), 2.4)
    canvas.stroke(tide, palette.deep, 7)
    for hour in range(1, 16):
        x = WIDTH * hour / 16
        if abs(x - 400) > 130:  # noqa: PLR2004 - not behind the staff
            canvas.disc(x, tide(x), 15, palette.signal if hour % 4 == 0 else palette.paper)
            canvas.ring(x, tide(x), 15, palette.deep, 5)
    water = canvas.height * 0.74
    crest = swell(random, water, 12, 620)
    canvas.below(crest, palette.tone(0.52))
    _staff(canvas, palette, 400, canvas.height * 0.06, canvas.height)
    canvas.below(lambda x: crest(x) + 34, palette.tone(0.62))
    wave(canvas, palette, random, canvas.height * 0.86, 0.74, size=0.7)
    wave(canvas, palette, random, canvas.height * 0.95, 0.88, size=0.6)


def _staff(canvas: Canvas, palette: Palette, x: float, top: float, foot: float) -> None:
    """A board with the E-shaped marks of tide staffs."""
    canvas.box(x - 62, top - 14, 124, foot - top, palette.ink)
    canvas.box(x - 52, top, 104, foot - top, palette.paper)
    step = 24
    for mark in range(int((foot - top) / step)):
        y, block = top + mark * step, mark // 5
        fill = palette.signal if block % 2 else palette.ink
        left = block % 2 == 0
        if mark % 5 in (0, 2, 4):
            canvas.box(x - 52 if left else x, y, 52, step, fill)
        canvas.box(x - 14 if left else x, y, 14, step, fill)
