"""The signs of what is no village: told apart by their shape, and by being filled or not."""

import math

from outreach.gap.marks import Sign
from outreach.web.charts.sheet import Point, Sheet
from outreach.web.palette import INK, PAPER, RURAL

SQUARE, STAR, STAR_INNER = 4.0, 8.0, 3.6
LINE = 8.0


def draw_sign(sheet: Sheet, sign: Sign, middle: Point) -> None:
    """One sign with its middle there."""
    x, y = middle
    if sign is Sign.SERVED:
        sheet.line([(x - LINE, y), (x + LINE, y)], colour=RURAL, width=1.4)
        return
    outline = _square(x, y) if sign is Sign.SERVICE else _star(x, y)
    is_filled = sign is not Sign.NODE
    sheet.area(
        outline,
        fill=INK if is_filled else PAPER,
        edge=PAPER if is_filled else INK,
        width=1.0 if is_filled else 1.4,
    )


def _square(x: float, y: float) -> list[Point]:
    return [(x + dx * SQUARE, y + dy * SQUARE) for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]


def _star(x: float, y: float) -> list[Point]:
    turns = [math.pi * corner / 5 - math.pi / 2 for corner in range(10)]
    return [
        (x + radius * math.cos(turn), y + radius * math.sin(turn))
        for turn, radius in zip(turns, [STAR, STAR_INNER] * 5, strict=True)
    ]
