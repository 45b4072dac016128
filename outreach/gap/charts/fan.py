"""A series and the range it may go on in, with the goal."""

from dataclasses import dataclass
from datetime import date

from outreach.gap.charts.analysis_specs import FanSpec
from outreach.gap.charts.frames import LineFrame
from outreach.web.charts.sheet import Sheet
from outreach.web.charts.widths import Width
from outreach.web.palette import CLASSES, INK_SOFT, LINE, LINE_STRONG, RURAL, URBAN

FRAMES = {
    Width.WIDE: LineFrame(760, 400, 58, 610, 30, 356, 14),
    Width.NARROW: LineFrame(360, 350, 46, 270, 30, 306, 12),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """From a day and a share to pixels."""

    frame: LineFrame
    first: date
    last: date
    floor: float

    def at(self, day: date, share: float) -> tuple[float, float]:
        """Where a value stands."""
        frame = self.frame
        part = (day - self.first).days / max(1, (self.last - self.first).days)
        up = (share - self.floor) / (1 - self.floor)
        return (
            frame.left + (frame.right - frame.left) * part,
            frame.bottom - (frame.bottom - frame.top) * up,
        )


def draw(spec: FanSpec, width: Width) -> Sheet:
    """The chart; its scale goes from none to all, as the other charts' do."""
    frame = FRAMES[width]
    sheet = Sheet(frame.width, frame.height)
    scale = Scale(frame, spec.seen[0][0], spec.bands[-1].day, 0.0)
    _axes(sheet, scale, spec)
    start_day, start_share = spec.seen[-1]
    start = scale.at(start_day, start_share)
    upper = [scale.at(band.day, band.high) for band in spec.bands]
    lower = [scale.at(band.day, band.low) for band in spec.bands]
    sheet.area([start, *upper, *reversed(lower)], fill=CLASSES[1])
    middle = [start, *(scale.at(band.day, band.middle) for band in spec.bands)]
    sheet.line(middle, colour=URBAN, width=2, dash=(4, 4))
    seen = [scale.at(day, share) for day, share in spec.seen]
    sheet.line(seen, colour=URBAN, width=3)
    for point in seen:
        sheet.dot(point, 4.5, colour=URBAN)
    _goal(sheet, scale, spec)
    _names(sheet, scale, spec)
    return sheet


def _axes(sheet: Sheet, scale: Scale, spec: FanSpec) -> None:
    frame = scale.frame
    for share, text in spec.levels:
        _, height = scale.at(scale.first, share)
        colour = LINE if share else LINE_STRONG
        sheet.line([(frame.left, height), (frame.right, height)], colour=colour)
        at = (frame.left - 8, height + frame.text * 0.36)
        sheet.text(at, text, size=frame.text - 1, colour=INK_SOFT, anchor="right")
    for day, text in spec.ticks:
        across, _ = scale.at(day, 0)
        sheet.line([(across, frame.bottom), (across, frame.bottom + 5)], colour=LINE_STRONG)
        at = (across, frame.bottom + 9 + frame.text)
        sheet.text(at, text, size=frame.text - 1, colour=INK_SOFT, anchor="center")


def _goal(sheet: Sheet, scale: Scale, spec: FanSpec) -> None:
    frame = scale.frame
    _, height = scale.at(scale.first, spec.goal)
    sheet.line([(frame.left, height), (frame.right, height)], colour=RURAL, width=1.5, dash=(6, 4))
    if scale.first <= spec.goal_day <= scale.last:
        across, _ = scale.at(spec.goal_day, 0)
        foot = (across, frame.bottom)
        sheet.line([(across, height), foot], colour=RURAL, width=1, dash=(2, 3))
    sheet.text(
        (frame.left + 4, frame.top - 12),
        spec.goal_text,
        size=frame.text - 1,
        colour=RURAL,
        is_bold=True,
    )


def _names(sheet: Sheet, scale: Scale, spec: FanSpec) -> None:
    """What the range's ends and its middle come to, beside the last of them."""
    frame, last = scale.frame, spec.bands[-1]
    heights = [scale.at(last.day, share)[1] for share in (last.high, last.middle, last.low)]
    heights[0] = min(heights[0], heights[1] - frame.text - 4)
    heights[2] = max(heights[2], heights[1] + frame.text + 4)
    for text, height, is_bold in zip(spec.names, heights, (False, True, False), strict=True):
        at = (frame.right + 8, height + frame.text * 0.36)
        sheet.text(at, text, size=frame.text - 1, colour=URBAN, is_bold=is_bold)
