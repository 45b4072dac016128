"""Villages in clusters on the municipalities' outlines, told apart by shape as well as colour."""

from outreach.gap.charts.analysis_specs import ClusterSpec
from outreach.web.charts.sheet import Point, Sheet
from outreach.web.charts.widths import Width
from outreach.web.palette import INK, LINE_STRONG, NO_CLASS, PAPER, RURAL, URBAN

SIZES = {Width.WIDE: (760.0, 14), Width.NARROW: (360.0, 12)}
MARGIN = 10.0
SPECK = ((2.0, 0.0), (1.0, 1.7), (-1.0, 1.7), (-2.0, 0.0), (-1.0, -1.7), (1.0, -1.7))
TALLEST = 1.1
"""The map is at most so many times as high as it is wide."""


def draw(spec: ClusterSpec, width: Width) -> Sheet:
    """The map with its legend below."""
    across, text = SIZES[width]
    points = [point for ring in spec.outlines for point in ring] or [d.point for d in spec.dots]
    east = [point[0] for point in points]
    north = [point[1] for point in points]
    # Once for the picture: asked anew for each dot, it is all of them for each of them.
    west, south = min(east), min(north)
    wide, high = max(max(east) - west, 1.0), max(max(north) - south, 1.0)
    scale = min((across - 2 * MARGIN) / wide, (across * TALLEST - 2 * MARGIN) / high)
    foot = high * scale + 2 * MARGIN

    def at(point: Point) -> Point:
        return (
            MARGIN + (point[0] - west) * scale,
            foot - MARGIN - (point[1] - south) * scale,
        )

    sheet = Sheet(across, foot + len(spec.legend) * (text + 12) + 12)
    for ring in spec.outlines:
        sheet.area([at(point) for point in ring], fill=NO_CLASS, edge=LINE_STRONG, width=0.75)
    # Nearly all stand out from nothing: a country's thousands are drawn at once.
    plain = [_speck(at(dot.point)) for dot in spec.dots if dot.kind == 0]
    sheet.areas(plain, fills=[LINE_STRONG] * len(plain))
    for dot in sorted(spec.dots, key=lambda one: one.kind):
        if dot.kind:
            _mark(sheet, at(dot.point), dot.kind)
    for row, words in enumerate(spec.legend):
        height = foot + 12 + row * (text + 12)
        _mark(sheet, (MARGIN + 8, height), row)
        sheet.text((MARGIN + 26, height + text * 0.36), words, size=text, colour=INK)
    return sheet


def _speck(at: Point) -> list[Point]:
    """A dot so small that six corners make it round."""
    return [(at[0] + across, at[1] + down) for across, down in SPECK]


def _mark(sheet: Sheet, at: Point, kind: int) -> None:
    """None: a small dot; high: a full one; low: a square; the odd ones out: a ring, a diamond."""
    x, y = at
    if kind == 0:
        sheet.areas([_speck(at)], fills=[LINE_STRONG])
    elif kind == 1:
        sheet.dot(at, 7, colour=URBAN)
    elif kind == 2:
        corners = [(x - 6, y - 6), (x + 6, y - 6), (x + 6, y + 6), (x - 6, y + 6)]
        sheet.area(corners, fill=RURAL)
    elif kind == 3:
        sheet.dot(at, 6, colour=URBAN, ring=3)
    else:
        corners = [(x, y - 8), (x + 8, y), (x, y + 8), (x - 8, y)]
        sheet.area(corners, fill=PAPER, edge=RURAL, width=3)
