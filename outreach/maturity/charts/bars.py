"""Shares under each other: a dot with its interval, and a stroke for what it is compared with."""

from dataclasses import dataclass

from outreach.maturity.charts.specs import Bar, BarSpec, Width
from outreach.web.charts.sheet import Sheet
from outreach.web.palette import INK_SOFT, LINE, LINE_STRONG, RURAL, RURAL_LIGHT, URBAN


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns and rows in pixels; `name_lift` puts a name above its row where it is narrow."""

    width: float
    left: float
    right: float
    end: float
    head: float
    row: float
    name_lift: float
    text: float


FRAMES = {
    Width.WIDE: Frame(760, 250, 660, 740, 62, 36, 0, 14),
    Width.NARROW: Frame(360, 12, 290, 352, 62, 52, 18, 13),
}


def draw(spec: BarSpec, width: Width) -> Sheet:
    """The chart, as high as there are rows."""
    frame = FRAMES[width]
    foot = frame.head + frame.row * len(spec.bars)
    sheet = Sheet(frame.width, foot + 8)
    _head(sheet, frame, spec, foot)
    for index, bar in enumerate(spec.bars):
        _row(sheet, frame, bar, height=frame.head + frame.row * (index + 0.5))
    return sheet


def _head(sheet: Sheet, frame: Frame, spec: BarSpec, foot: float) -> None:
    for share, text in spec.levels:
        across = _across(frame, share)
        sheet.line([(across, frame.head - 8), (across, foot)], colour=LINE)
        sheet.text(
            (across, frame.head - 16), text, size=frame.text - 2, colour=INK_SOFT, anchor="center"
        )
    left = frame.left
    sheet.dot((left + 6, 15), 6, colour=RURAL)
    sheet.text((left + 18, 20), spec.own, size=frame.text, colour=RURAL, is_bold=True)
    across = left + 40 + len(spec.own) * frame.text * 0.62
    sheet.line([(across, 6), (across, 24)], colour=URBAN, width=3)
    sheet.text((across + 12, 20), spec.other, size=frame.text, colour=URBAN, is_bold=True)


def _row(sheet: Sheet, frame: Frame, bar: Bar, *, height: float) -> None:
    middle = height + frame.name_lift / 2
    foot = height + frame.text * 0.36 - frame.name_lift / 2 - (2 if frame.name_lift else 0)
    sheet.text(
        (0 if frame.name_lift else frame.left - 20, foot),
        bar.name,
        size=frame.text,
        anchor="left" if frame.name_lift else "right",
        is_bold=True,
    )
    sheet.line(
        [(_across(frame, 0), middle), (_across(frame, 1), middle)], colour=LINE_STRONG, width=0.75
    )
    if bar.low is not None and bar.high is not None:
        sheet.line(
            [(_across(frame, bar.low), middle), (_across(frame, bar.high), middle)],
            colour=RURAL_LIGHT,
            width=6,
        )
    if bar.share is not None:
        sheet.dot((_across(frame, bar.share), middle), 6.5, colour=RURAL)
    if bar.reference is not None:
        across = _across(frame, bar.reference)
        sheet.line([(across, middle - 11), (across, middle + 11)], colour=URBAN, width=3)
    sheet.text((frame.end, middle + frame.text * 0.36), bar.text, size=frame.text, anchor="right")


def _across(frame: Frame, share: float) -> float:
    return frame.left + (frame.right - frame.left) * share
