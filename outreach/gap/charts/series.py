"""Lines over time, named at their ends instead of in a legend."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from outreach.gap.charts.frames import LineFrame
from outreach.gap.charts.specs import Line, SeriesSpec
from outreach.web.charts.sheet import Point, Sheet
from outreach.web.charts.widths import Width
from outreach.web.palette import INK_SOFT, LINE, LINE_STRONG

LABEL_HEIGHT = 38.0
ROOM_FOR_GAP = 92.0
FLAG_TEXT, FLAG_LEADING, WIDTH_OF_CHARACTER = 11.0, 15.0, 0.58
"""Of the texts above breaks: their size, the height of a row, and a letter's part of the size."""

FRAMES = {
    Width.WIDE: LineFrame(760, 380, 58, 610, 24, 340, 14),
    Width.NARROW: LineFrame(360, 330, 52, 256, 22, 292, 13),
}


def draw(spec: SeriesSpec, width: Width) -> Sheet:
    """The chart; a date without a share leaves a hole in its line."""
    frame = FRAMES[width]
    sheet = Sheet(frame.width, frame.height)
    _levels(sheet, frame, spec)
    _ticks(sheet, frame, spec)
    _breaks(sheet, frame, spec)
    begins, ends = [], []
    for line in spec.lines:
        points = [_point(frame, spec, index, share) for index, share in enumerate(line.shares)]
        _line(sheet, line, points)
        known = [point for point in points if point is not None]
        if known:
            begins.append((line, known))
            ends.append((line, known[-1]))
    _firsts(sheet, frame, begins)
    _names(sheet, frame, spec, ends=ends)
    return sheet


def _levels(sheet: Sheet, frame: LineFrame, spec: SeriesSpec) -> None:
    for share, text in spec.levels:
        height = _height(frame, share)
        colour = LINE if share else LINE_STRONG
        sheet.line([(frame.left, height), (frame.right, height)], colour=colour)
        sheet.text(
            (frame.left - 10, height + frame.text * 0.36),
            text,
            size=frame.text - 1,
            colour=INK_SOFT,
            anchor="right",
        )


def _ticks(sheet: Sheet, frame: LineFrame, spec: SeriesSpec) -> None:
    for day, text in spec.ticks:
        across = _across(frame, spec, spec.days.index(day))
        sheet.line([(across, frame.bottom), (across, frame.bottom + 5)], colour=LINE_STRONG)
        sheet.text(
            (across, frame.bottom + 9 + frame.text),
            text,
            size=frame.text - 1,
            colour=INK_SOFT,
            anchor="center",
        )


def _breaks(sheet: Sheet, frame: LineFrame, spec: SeriesSpec) -> None:
    """A dashed line with a text at its top for each break, as flags on poles.

    An earlier one flies above those that it would hide, so that no pole goes through a text.
    """
    row, rows, following = 0, 0, frame.width
    for day, text in reversed(spec.breaks):
        pole, length = _across_of(frame, spec, day), len(text) * FLAG_TEXT * WIDTH_OF_CHARACTER
        start = max(0.0, min(pole - 2, frame.width - length))
        row = row + 1 if rows and start + length > following else 0
        rows, following = max(rows, row + 1), start
        height = frame.top - 12 - row * FLAG_LEADING
        sheet.line([(pole, height + 4), (pole, frame.bottom)], colour=INK_SOFT, dash=(2.0, 3.0))
        sheet.text((start, height), text, size=FLAG_TEXT, colour=INK_SOFT)
    sheet.widen(left=0, top=max(rows - 1, 0) * FLAG_LEADING, right=0, bottom=0)


def _line(sheet: Sheet, line: Line, points: Sequence[Point | None]) -> None:
    for run in _runs(points):
        if len(run) > 1:
            sheet.line(run, colour=line.colour, width=3)
    for point in points:
        if point is not None:
            sheet.dot(point, 4.5, colour=line.colour, ring=2.5 if line.has_rings else 0)


def _firsts(sheet: Sheet, frame: LineFrame, begins: Sequence[tuple[Line, Sequence[Point]]]) -> None:
    """The values at the lines' beginnings, on the side that the line leaves free.

    Two that would stand on each other go above the upper line and below the lower one.
    """
    above, below = -13.0, 13 + frame.text * 0.7
    placed: list[tuple[Line, Point, float]] = []
    for line, known in sorted(begins, key=lambda one: one[1][0][1]):
        if len(known) < 2:
            continue
        dot, (_, following) = known[0], known[1]
        height = dot[1] + (above if following >= dot[1] - 6 else below)
        if placed and _is_crowded(placed[-1], dot, height, frame):
            upper, upper_dot, _ = placed[-1]
            placed[-1] = (upper, upper_dot, upper_dot[1] + above)
            height = dot[1] + below
        placed.append((line, dot, height))
    for line, (across, _), height in placed:
        is_at_edge = across - frame.left < 24
        sheet.text(
            (across - (4 if is_at_edge else 0), height),
            line.first,
            size=frame.text - 1,
            colour=line.colour,
            anchor="left" if is_at_edge else "center",
        )


def _is_crowded(
    before: tuple[Line, Point, float], dot: Point, height: float, frame: LineFrame
) -> bool:
    """Whether a value would stand on the one before it, or on that one's dot."""
    _, (across, upper), upper_height = before
    is_beside = abs(dot[0] - across) < 4 * frame.text
    return is_beside and (
        abs(height - upper_height) < frame.text + 2 or abs(height - upper) < frame.text
    )


def _names(
    sheet: Sheet, frame: LineFrame, spec: SeriesSpec, *, ends: Sequence[tuple[Line, Point]]
) -> None:
    """The names beside the lines' ends, moved apart where they would stand on each other."""
    heights = _apart([height for _, (_, height) in ends], frame)
    for (line, (across, _)), height in zip(ends, heights, strict=True):
        sheet.text(
            (across + 14, height - 2), line.name, size=frame.text, colour=line.colour, is_bold=True
        )
        sheet.text(
            (across + 14, height + frame.text), line.last, size=frame.text, colour=line.colour
        )
    if spec.gap and len(ends) > 1 and abs(heights[0] - heights[1]) > ROOM_FOR_GAP:
        across = max(point[0] for _, point in ends) + 14
        middle = (heights[0] + heights[1]) / 2
        for row, text in enumerate(spec.gap.split("\n")):
            sheet.text(
                (across, middle + 4 + row * (frame.text + 2)),
                text,
                size=frame.text - 1,
                colour=INK_SOFT,
            )


def _apart(heights: Sequence[float], frame: LineFrame) -> list[float]:
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    placed = list(heights)
    for before, after in pairwise(order):
        placed[after] = max(placed[after], placed[before] + LABEL_HEIGHT)
    over = max([height - frame.bottom + 6 for height in placed], default=0)
    return [height - max(over, 0) for height in placed]


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _point(frame: LineFrame, spec: SeriesSpec, index: int, share: float | None) -> Point | None:
    if share is None:
        return None
    return _across(frame, spec, index), _height(frame, share)


def _across(frame: LineFrame, spec: SeriesSpec, index: int) -> float:
    return _across_of(frame, spec, spec.days[index])


def _across_of(frame: LineFrame, spec: SeriesSpec, day: date) -> float:
    """Days stand as far apart as they are, not one step each."""
    inner_left, inner_right = frame.left + 10, frame.right - 6
    first, last = spec.days[0], spec.days[-1]
    span = (last - first).days
    if not span:
        return (inner_left + inner_right) / 2
    return inner_left + (inner_right - inner_left) * (day - first).days / span


def _height(frame: LineFrame, share: float) -> float:
    return frame.bottom - (frame.bottom - frame.top) * share
