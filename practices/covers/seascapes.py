"""Motifs that look from the shore: a regatta, a lighthouse, a bridge, hills, a sunset."""

import math
from random import Random

from practices.covers.canvas import WIDTH, Canvas, Point, ridge
from practices.covers.palette import Palette, mix
from practices.covers.scenery import far_hills, gull, pill, sea, wave


def regatta(canvas: Canvas, palette: Palette, random: Random) -> None:
    """Lesson: one sail close by, the others already on their way."""
    horizon = canvas.height * 0.60
    canvas.disc(random.uniform(180, 520), canvas.height * random.uniform(0.20, 0.30), 76, palette.signal)
    far_hills(canvas, palette, random, horizon)
    canvas.box(0, horizon, WIDTH, canvas.height, palette.tone(0.40))
    place = random.uniform(100, 260)
    for _boat in range(random.randint(2, 4)):
        size = random.uniform(80, 150)
        yacht(canvas, palette, place, horizon + size * 0.16, size, near=False)
        place += random.uniform(150, 240)
    sea(canvas, palette, random, horizon + 34, rows=2)
    yacht(canvas, palette, random.uniform(1000, 1260), canvas.height * 0.84, random.uniform(520, 640), near=True)
    wave(canvas, palette, random, canvas.height * 0.85, 0.74, size=0.8)
    wave(canvas, palette, random, canvas.height * 0.94, 0.86, size=0.7)


def yacht(canvas: Canvas, palette: Palette, x: float, y: float, size: float, *, near: bool) -> None:
    """A mainsail, a jib and a hull; its waterline is at y, its mast `size` high."""
    wood = palette.ink if near else palette.tone(0.60)
    main = palette.paper if near else mix(palette.paper, palette.mist, 0.4)
    jib = palette.signal if near else palette.tone(0.14)
    foot = y - size * 0.14
    canvas.polygon(_filled_sail((x - size * 0.012, y - size), foot, -size * 0.44), main)
    canvas.polygon(_filled_sail((x + size * 0.016, y - size * 0.90), foot + size * 0.02, size * 0.33), jib)
    if near:
        for share in (0.3, 0.5, 0.7):
            seam = y - size * (0.14 + 0.86 * share)
            reach = size * 0.44 * (1 - share) * 1.06
            canvas.line([(x - reach, seam + size * 0.02), (x - size * 0.02, seam)], palette.mist, size * 0.005)
    hull = [(-0.47, -0.09), (0.46, -0.105), (0.42, -0.03), (0.34, 0.06), (-0.37, 0.06), (-0.44, -0.02)]
    canvas.polygon([(x + size * dx, y + size * dy) for dx, dy in hull], wood)
    canvas.line([(x, y - size * 1.04), (x, y - size * 0.08)], wood, size * 0.012)


def _filled_sail(top: Point, foot: float, reach: float) -> list[Point]:
    """A triangle from the mast's top to a corner `reach` away, its free edge blown out by the wind."""
    mast, corner = (top[0], foot), (top[0] + reach, foot)
    edge = []
    for i in range(25):
        t = i / 24
        blown = 0.13 * math.sin(math.pi * t)
        edge.append((corner[0] + (top[0] - corner[0]) * t + reach * blown, foot + (top[1] - foot) * t))
    return [mast, *edge]


def lighthouse(canvas: Canvas, palette: Palette, random: Random) -> None:
    """Master class: a light that others steer by."""
    horizon, lamp = canvas.height * 0.72, canvas.height * 0.26
    x = random.uniform(440, 640)
    canvas.sky(palette.tone(0.56), palette.tone(0.14))
    canvas.disc(random.uniform(1080, 1420), canvas.height * random.uniform(0.10, 0.16), 44, palette.mist)
    tilt = random.uniform(-0.06, 0.06)
    for half, tone in ((0.15, 0.30), (0.085, 0.17)):
        for side in (0, math.pi):
            angles = (side + tilt - half, side + tilt + half)
            far = [(x + math.cos(angle) * 2400, lamp + math.sin(angle) * 2400) for angle in angles]
            canvas.polygon([(x, lamp), *far], palette.tone(tone))
    far_hills(canvas, palette, random, horizon)
    sea(canvas, palette, random, horizon, rows=3)
    rock = ((-360, 0), (-250, 52), (-190, 66), (-128, 140), (-70, 158), (96, 150), (150, 92), (250, 70), (360, 0))
    base = canvas.height * 0.93
    canvas.polygon([(x + dx, base - up) for dx, up in rock], palette.tone(0.93))
    canvas.polygon(
        [(x + dx, base - up) for dx, up in ((96, 150), (150, 92), (250, 70), (360, 0), (120, 0))], palette.ink
    )
    _tower(canvas, palette, x, lamp, canvas.height * 0.765)
    wave(canvas, palette, random, base - 12, 0.82, size=0.5)
    for i in range(3):
        gull(canvas, palette, 880 + 170 * i + random.uniform(0, 90), random.uniform(190, 330), random.uniform(22, 38))


def _tower(canvas: Canvas, palette: Palette, x: float, lamp: float, foot: float) -> None:
    def half(share: float) -> float:
        return 36 + 30 * share

    bands, top = 5, lamp + 42
    for band in range(bands):
        y0, y1 = (top + (foot - top) * (band + end) / bands for end in (0, 1))
        w0, w1 = half(band / bands), half((band + 1) / bands)
        fill = palette.signal if band % 2 else palette.paper
        canvas.polygon([(x - w0, y0), (x + w0, y0), (x + w1, y1), (x - w1, y1)], fill)
        canvas.polygon(
            [(x + w0 * 0.2, y0), (x + w0, y0), (x + w1, y1), (x + w1 * 0.2, y1)], mix(fill, palette.ink, 0.15)
        )
    canvas.box(x - 56, lamp + 32, 112, 12, palette.ink)
    canvas.box(x - 30, lamp - 24, 60, 56, palette.paper)
    canvas.disc(x, lamp + 4, 19, palette.signal)
    for post in (-30, -2, 26):
        canvas.box(x + post, lamp - 24, 4, 56, palette.ink)
    canvas.polygon([(x - 44, lamp - 24), (x, lamp - 70), (x + 44, lamp - 24)], palette.ink)


def bridge(canvas: Canvas, palette: Palette, random: Random) -> None:
    """Project: a cable-stayed bridge over the bay."""
    horizon, deck = canvas.height * 0.72, canvas.height * 0.615
    shift = random.uniform(-120, 120)
    canvas.disc(800 + shift + random.uniform(-80, 80), canvas.height * random.uniform(0.24, 0.36), 92, palette.signal)
    far_hills(canvas, palette, random, horizon)
    sea(canvas, palette, random, horizon, rows=3)
    for x in (430 + shift, 1170 + shift):
        _pylon(canvas, palette, x, deck, canvas.height * 0.80)
    canvas.box(0, deck, WIDTH, 14, palette.ink)
    canvas.box(0, deck + 14, WIDTH, 6, palette.tone(0.62))
    wave(canvas, palette, random, canvas.height * 0.86, 0.80, size=0.6)
    wave(canvas, palette, random, canvas.height * 0.95, 0.90, size=0.6)


def _pylon(canvas: Canvas, palette: Palette, x: float, deck: float, foot: float) -> None:
    top = deck * 0.16
    for cable in range(1, 12):
        height = top + (deck - top) * (0.50 - 0.040 * cable)
        for side in (-1, 1):
            canvas.line([(x, height), (x + side * 31 * cable, deck)], palette.tone(0.60), 2.4)
    leg = ((3, top), (15, top), (44, deck), (58, foot), (36, foot), (26, deck))
    for side in (-1, 1):
        canvas.polygon([(x + side * dx, y) for dx, y in leg], palette.ink)
    canvas.box(x - 30, deck - 130, 60, 10, palette.ink)


def hills(canvas: Canvas, palette: Palette, random: Random) -> None:
    """Experience: range behind range, each with its contour lines."""
    canvas.disc(random.uniform(300, 1300), canvas.height * random.uniform(0.16, 0.24), 88, palette.signal)
    for layer in range(5):
        base, tone = canvas.height * (0.56 + 0.12 * layer), 0.15 + 0.19 * layer
        crest = ridge(random, base, canvas.height * (0.36 - 0.03 * layer), 3 + layer % 2)
        canvas.below(crest, palette.tone(tone))
        for line in range(1, 9):
            canvas.stroke(
                lambda x, n=line, c=crest, b=base: c(x) + n * 12 + (b - c(x)) * 0.075 * n,
                palette.tone(tone + 0.055),
                2.2,
            )


def sunset(canvas: Canvas, palette: Palette, random: Random) -> None:
    """Event: the sun over the bay, its path on the water, gulls."""
    horizon, x = canvas.height * 0.60, random.uniform(560, 1040)
    for ring in range(6, 0, -1):
        canvas.disc(x, horizon, 150 + 100 * ring, palette.tone(0.03 + 0.026 * (7 - ring)))
    canvas.disc(x, horizon - 30, 184, palette.signal)
    crest = ridge(random, horizon, canvas.height * 0.10, 3)
    canvas.below(crest, palette.tone(0.42))
    canvas.box(0, horizon, WIDTH, canvas.height - horizon, palette.tone(0.56))
    for row in range(9):
        share = row / 8
        y, thick = horizon + 14 + (canvas.height - horizon) * 0.86 * share**1.2, 4 + 12 * share
        half = (200 - 60 * math.sin(share * 9 + x)) * (0.7 + 0.5 * share)
        canvas.box(0, y + thick, WIDTH, thick, palette.tone(0.60 + 0.14 * share))
        pill(
            canvas,
            x + random.uniform(-40, 40) - half,
            y,
            width=2 * half,
            height=thick,
            fill=mix(palette.signal, palette.paper, 0.15),
        )
    for i in range(6):
        place = 120 + 230 * i + random.uniform(0, 130)
        gull(canvas, palette, place, canvas.height * random.uniform(0.08, 0.30), random.uniform(20, 46))
