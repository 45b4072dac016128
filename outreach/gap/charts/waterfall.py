"""A change as a waterfall: row by row from the start over each cause to the end."""

from dataclasses import dataclass

from outreach.gap.charts.analysis_specs import Step, WaterfallSpec
from outreach.web.charts.sheet import Sheet
from outreach.web.charts.widths import Width
from outreach.web.palette import INK, INK_SOFT, LINE, LINE_STRONG, RURAL, URBAN

LEAST_RANGE = 2.0
"""So many points are always drawn, so that a hair's breadth does not fill the sheet."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns and rows in pixels; `lift` puts a name above its bar where it is narrow."""

    width: float
    left: float
    right: float
    row: float
    lift: float
    text: float


FRAMES = {
    Width.WIDE: Frame(760, 286, 690, 42, 0, 14),
    Width.NARROW: Frame(360, 8, 300, 58, 22, 13),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """From points to pixels across."""

    frame: Frame
    low: float
    high: float

    def at(self, points: float) -> float:
        """Where a value stands."""
        frame = self.frame
        return frame.left + (frame.right - frame.left) * (points - self.low) / (
            self.high - self.low
        )


def draw(spec: WaterfallSpec, width: Width) -> Sheet:
    """The chart; each bar begins where the one above it ended."""
    frame = FRAMES[width]
    rows = len(spec.steps) + 2
    sheet = Sheet(frame.width, rows * frame.row + 16)
    scale = _scale(frame, spec)
    _end(sheet, scale, spec.start, row=0)
    reached = spec.start.points
    for row, step in enumerate(spec.steps, start=1):
        _link(sheet, scale, reached, row=row)
        _step(sheet, scale, step, begin=reached, row=row)
        reached += step.points
    _link(sheet, scale, reached, row=rows - 1)
    _end(sheet, scale, spec.end, row=rows - 1)
    return sheet


def _scale(frame: Frame, spec: WaterfallSpec) -> Scale:
    reached, values = spec.start.points, [spec.start.points, spec.end.points]
    for step in spec.steps:
        reached += step.points
        values.append(reached)
    low, high = min(values), max(values)
    spare = max(LEAST_RANGE - (high - low), (high - low) * 0.2)
    return Scale(frame, low - spare / 2, high + spare / 2)


def _middle(frame: Frame, row: int) -> float:
    return 8 + frame.row * (row + 0.5) + frame.lift / 2


def _name(sheet: Sheet, frame: Frame, text: str, *, row: int, is_bold: bool) -> None:
    middle = _middle(frame, row)
    if frame.lift:
        at = (4.0, middle - frame.lift / 2 - 6)
        sheet.text(at, text, size=frame.text, is_bold=is_bold)
        return
    at = (frame.left - 22, middle + frame.text * 0.36)
    sheet.text(at, text, size=frame.text, anchor="right", is_bold=is_bold)


def _link(sheet: Sheet, scale: Scale, points: float, *, row: int) -> None:
    """A thin line from the bar above to this row."""
    frame = scale.frame
    across = scale.at(points)
    ends = [(across, _middle(frame, row - 1)), (across, _middle(frame, row))]
    sheet.line(ends, colour=LINE_STRONG, width=0.75, dash=(2, 3))


def _step(sheet: Sheet, scale: Scale, step: Step, *, begin: float, row: int) -> None:
    frame, middle = scale.frame, _middle(scale.frame, row)
    _name(sheet, frame, step.name, row=row, is_bold=False)
    first, last = scale.at(begin), scale.at(begin + step.points)
    left, right = min(first, last), max(first, last)
    colour = URBAN if step.points > 0 else RURAL
    if step.points:
        right = max(right, left + 1.5)
        corners = [(left, middle - 9), (right, middle - 9), (right, middle + 9), (left, middle + 9)]
        sheet.area(corners, fill=colour)
    sheet.text(
        (right + 8, middle + frame.text * 0.36),
        step.text,
        size=frame.text,
        colour=colour if step.points else INK_SOFT,
        is_bold=bool(step.points),
    )


def _end(sheet: Sheet, scale: Scale, end: Step, *, row: int) -> None:
    frame, middle = scale.frame, _middle(scale.frame, row)
    _name(sheet, frame, end.name, row=row, is_bold=True)
    lift = 0 if frame.lift else 10
    if lift:
        sheet.line([(frame.left, middle), (frame.right, middle)], colour=LINE)
    sheet.dot((scale.at(end.points), middle), 7, colour=INK)
    sheet.text(
        (scale.at(end.points) + 14, middle + frame.text * 0.36 - lift),
        end.text,
        size=frame.text,
        colour=INK,
        is_bold=True,
    )
