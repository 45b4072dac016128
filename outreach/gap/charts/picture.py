"""The map as a picture: for paper, for reports, and where the browser has no script."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from outreach.gap.charts.hatching import circle, crossed, diagonals
from outreach.gap.charts.marking import draw_sign
from outreach.gap.charts.placing import Outline, Placed, Projection, metres_of, signs
from outreach.gap.charts.specs import BesideSpec, Fill, LegendEntry, MapSpec, Place
from outreach.web.charts.sheet import Point, Sheet
from outreach.web.palette import (
    CHANGES,
    CLASSES,
    INK,
    INK_SOFT,
    LINE_STRONG,
    NO_CLASS,
    PAPER,
    RURAL,
)

WIDTH, HEAD, FOOT, EDGE = 760.0, 64.0, 150.0, 14.0
TALLEST = 620.0
LEAST_METRES = 2_000.0
LAND = "#f3f0e8"
BAR_LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200)
LEGEND_COLUMNS = (0, 225, 455)
FIRST_DARK_CLASS = 3
DARK_CHANGES = frozenset({0, 1, 5, 6})
_FILLS = list(Fill)


def draw(spec: MapSpec) -> Sheet:
    """The picture, as high as the area asks for."""
    placed = _placed(spec)
    projection, height = _fitted(spec, placed)
    foot = projection.top + height
    sheet = Sheet(WIDTH, foot + (EDGE if spec.is_bare else _foot(spec)))
    _ground(sheet, projection, spec)
    _places(sheet, projection, placed, height=height)
    _signs(sheet, projection, spec)
    if spec.extent is not None:
        _frame(sheet, foot=foot, width=WIDTH)
    if not spec.is_bare:
        _around(sheet, projection, spec, foot=foot)
    return sheet


def draw_beside(spec: BesideSpec) -> Sheet:
    """Two maps of one scale, the earlier date on the left; one legend for both."""
    left, right = _placed(spec.left), _placed(spec.right)
    projection, height = _fitted(spec.left, left)
    foot = projection.top + height
    sheet = Sheet(2 * WIDTH, foot + _foot(spec.left))
    moved = replace(projection, left=projection.left + WIDTH)
    for one, placed, place in ((spec.left, left, projection), (spec.right, right, moved)):
        _ground(sheet, place, one)
        _places(sheet, place, placed, height=height)
        _signs(sheet, place, one)
        if spec.left.extent is not None and place is projection:
            sheet.area(_box(WIDTH - EDGE, HEAD, 3 * WIDTH, foot), fill=PAPER)
    if spec.left.extent is not None:
        _frame(sheet, foot=foot, width=2 * WIDTH)
        sheet.area(_box(WIDTH - EDGE, HEAD, WIDTH + EDGE, foot), fill=PAPER)
    _around(sheet, projection, spec.left, foot=foot)
    sheet.text((WIDTH + EDGE, 26), spec.right.title, size=19, is_bold=True)
    sheet.text((WIDTH + EDGE, 47), spec.right.subtitle, size=13, colour=INK_SOFT)
    return sheet


def _ground(sheet: Sheet, projection: Projection, spec: MapSpec) -> None:
    for outline in spec.outlines:
        sheet.area(projection.ring(outline), fill=LAND, edge=LINE_STRONG, width=0.8)
    for hull in spec.hulls:
        sheet.line(projection.ring(hull), colour=RURAL, width=1.4)
    for name, middle in spec.names:
        sheet.text(projection.pixel(middle), name, size=13, colour=INK_SOFT, anchor="center")


def _frame(sheet: Sheet, *, foot: float, width: float) -> None:
    """Paper over what reaches out of the part that is shown."""
    beyond = width + 10_000
    for left, top, right, bottom in (
        (-beyond, -beyond, beyond, HEAD),
        (-beyond, foot, beyond, beyond),
        (-beyond, HEAD, EDGE, foot),
        (width - EDGE, HEAD, beyond, foot),
    ):
        sheet.area(_box(left, top, right, bottom), fill=PAPER)
    sheet.line([*_box(EDGE, HEAD, width - EDGE, foot), (EDGE, HEAD)], colour=LINE_STRONG)


def _box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _around(sheet: Sheet, projection: Projection, spec: MapSpec, *, foot: float) -> None:
    sheet.text((EDGE, 26), spec.title, size=19, is_bold=True)
    sheet.text((EDGE, 47), spec.subtitle, size=13, colour=INK_SOFT)
    _orientation(sheet, projection, spec, foot=foot)
    _legend(sheet, spec.legend, top=foot + 26)
    sheet.text((EDGE, foot + _foot(spec) - 12), spec.source, size=11, colour=INK_SOFT)


def _foot(spec: MapSpec) -> float:
    """Room for the legend's rows and the source."""
    rows = math.ceil(len(spec.legend) / len(LEGEND_COLUMNS))
    return max(FOOT, 26 + rows * 22 + 36)


def _placed(spec: MapSpec) -> Placed:
    """Large ones first, so that none hides a smaller one."""
    return Placed.of(sorted(spec.places, key=lambda place: -(place.dwellings or 0)))


def _fitted(spec: MapSpec, placed: Placed) -> tuple[Projection, float]:
    top = EDGE if spec.is_bare else HEAD
    if spec.extent is not None:
        west, south, east, north = spec.extent
        scale = (WIDTH - 2 * EDGE) / (east - west)
        return Projection(west, north, scale, EDGE, top), (north - south) * scale
    middles = [[place.point] for place in spec.places if place.point is not None]
    around = metres_of(chain(spec.outlines, middles))
    if not len(placed.metres) + len(around):
        return Projection(0, 0, 1, EDGE, top), 40.0
    easts, norths = np.concatenate([placed.metres.T, around.T], axis=1)
    west, south, east, north = map(float, (easts.min(), norths.min(), easts.max(), norths.max()))
    # One place alone still needs a stretch of ground around it.
    width = max(east - west, LEAST_METRES)
    height = max(north - south, LEAST_METRES)
    scale = min((WIDTH - 2 * EDGE) / width, TALLEST / height)
    left = EDGE + (WIDTH - 2 * EDGE - width * scale) / 2
    return Projection(west, north, scale, left, top), height * scale


def _places(sheet: Sheet, projection: Projection, placed: Placed, *, height: float) -> None:
    """Colours first, then what is drawn over them, state by state."""
    shown = signs(placed, projection, size=(WIDTH, height))
    filled = [(sign.outline, fill) for sign in shown if (fill := _colour(sign.place)) is not None]
    sheet.areas([outline for outline, _ in filled], fills=[fill for _, fill in filled])
    faded = [_closed(sign.outline) for sign in shown if sign.place.is_faded]
    if faded:
        sheet.strokes(faded, colour=LINE_STRONG, width=0.4)
    alike: dict[tuple[Fill, bool, bool], list[Outline]] = defaultdict(list)
    for sign in shown:
        if not sign.place.is_faded:
            state = (sign.place.fill, _is_dark(sign.place), sign.is_small)
            alike[state].append(sign.outline)
    for state in sorted(alike, key=_order):
        fill, is_dark, is_small = state
        mark = _small_marks if is_small else _marks
        mark(sheet, fill, alike[state], is_dark=is_dark)


def _signs(sheet: Sheet, projection: Projection, spec: MapSpec) -> None:
    for mark in spec.marks:
        draw_sign(sheet, mark.sign, projection.pixel(mark.at))


def _order(state: tuple[Fill, bool, bool]) -> tuple[int, bool, bool]:
    fill, is_dark, is_small = state
    return _FILLS.index(fill), is_dark, is_small


def _closed(outline: Outline) -> Outline:
    return np.vstack([outline, outline[:1]])


def _colour(place: Place | LegendEntry) -> str | None:
    if isinstance(place, Place) and place.is_faded:
        return None
    if place.fill is Fill.NOT_EXPECTED:
        return None
    if place.fill in {Fill.ZERO, Fill.UNDEFINED}:
        return PAPER
    if place.fill is Fill.NOT_SHOWN or place.class_index is None:
        return NO_CLASS
    return (CHANGES if place.is_change else CLASSES)[place.class_index]


def _is_dark(place: Place | LegendEntry) -> bool:
    if place.is_change:
        return place.class_index in DARK_CHANGES
    return place.class_index is not None and place.class_index >= FIRST_DARK_CLASS


def _small_marks(sheet: Sheet, fill: Fill, outlines: Sequence[Outline], *, is_dark: bool) -> None:
    """The same where a sign is a speck: a rim or one stroke; what is reported needs none."""
    if fill is Fill.PLAIN:
        return
    if fill is Fill.OVERDUE:
        strokes = [np.array([_at(outline, 0.125), _at(outline, 0.625)]) for outline in outlines]
        sheet.strokes(strokes, colour=PAPER if is_dark else INK_SOFT, width=0.6)
        return
    colour = LINE_STRONG if fill in {Fill.NOT_SHOWN, Fill.NOT_EXPECTED} else INK
    sheet.strokes([_closed(outline) for outline in outlines], colour=colour, width=0.5)


def _at(outline: Outline, turn: float) -> Outline:
    """The corner at a part of a turn."""
    corner: Outline = outline[int(turn * len(outline))]
    return corner


def _marks(sheet: Sheet, fill: Fill, outlines: Sequence[Outline], *, is_dark: bool) -> None:
    """What tells the states apart besides colour: rims and lines."""
    if fill is Fill.OVERDUE:
        colour = PAPER if is_dark else INK_SOFT
        _lines(sheet, (diagonals(outline) for outline in outlines), colour=colour, width=1.2)
    if fill is Fill.NOT_SHOWN:
        _lines(sheet, (crossed(outline) for outline in outlines), colour=LINE_STRONG, width=0.5)
    rims = [_closed(outline) for outline in outlines]
    if fill is Fill.NOT_EXPECTED:
        for rim in rims:
            sheet.line(rim, colour=LINE_STRONG, width=1.2, dash=(1.5, 2))
        return
    width = {Fill.ZERO: 2.4, Fill.NOT_SHOWN: 0.8}.get(fill, 0.9)
    sheet.strokes(rims, colour=LINE_STRONG if fill is Fill.NOT_SHOWN else INK, width=width)
    if fill is Fill.UNDEFINED:
        _lines(sheet, ([_bar(outline)] for outline in outlines), colour=INK, width=1.4)


def _lines(
    sheet: Sheet, groups: Iterable[Sequence[Sequence[Point]]], *, colour: str, width: float
) -> None:
    lines = [line for group in groups for line in group]
    if lines:
        sheet.strokes(lines, colour=colour, width=width)


def _bar(outline: Outline) -> list[Point]:
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    middle, reach = (min(ys) + max(ys)) / 2, (max(xs) - min(xs)) * 0.25
    centre = (min(xs) + max(xs)) / 2
    return [(centre - reach, middle), (centre + reach, middle)]


def _orientation(sheet: Sheet, projection: Projection, spec: MapSpec, *, foot: float) -> None:
    """A bar of round length, and which way is north."""
    longest = 150 / (projection.scale * 1000)
    length = max((one for one in BAR_LENGTHS if one <= longest), default=BAR_LENGTHS[0])
    right = WIDTH - EDGE
    left = right - length * 1000 * projection.scale
    sheet.line(
        [(left, foot - 9), (left, foot - 4), (right, foot - 4), (right, foot - 9)],
        colour=INK_SOFT,
        width=1.2,
    )
    sheet.text(
        ((left + right) / 2, foot - 11),
        f"{length} {spec.kilometres}",
        size=11,
        colour=INK_SOFT,
        anchor="center",
    )
    middle, top = right - 14, HEAD + 24
    sheet.area(
        [(middle, top), (middle + 6, top + 18), (middle, top + 13), (middle - 6, top + 18)],
        fill=INK_SOFT,
    )
    sheet.text((middle, top - 6), spec.north, size=12, colour=INK_SOFT, anchor="center")


def _legend(sheet: Sheet, entries: Sequence[LegendEntry], *, top: float) -> None:
    rows = math.ceil(len(entries) / len(LEGEND_COLUMNS))
    for index, entry in enumerate(entries):
        column, row = divmod(index, rows)
        middle = (EDGE + 8 + LEGEND_COLUMNS[column], top + row * 22)
        if entry.sign is not None:
            draw_sign(sheet, entry.sign, middle)
            sheet.text((middle[0] + 15, middle[1] + 4.5), entry.text, size=12, colour=INK)
            continue
        sign = np.array(circle(middle, 7.5))
        colour = _colour(entry)
        if colour is not None:
            sheet.areas([sign], fills=[colour])
        _marks(sheet, entry.fill, [sign], is_dark=_is_dark(entry))
        sheet.text((middle[0] + 15, middle[1] + 4.5), entry.text, size=12, colour=INK)
