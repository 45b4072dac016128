"""Shares under each other: a dot with its interval, and a stroke for what it is compared with."""

from outreach.maturity.charts.specs import Bar, BarSpec
from outreach.web.charts import rows
from outreach.web.charts.rows import Row, RowFrame
from outreach.web.charts.sheet import Point, Sheet
from outreach.web.charts.widths import Width
from outreach.web.palette import RURAL, URBAN

FRAMES = {
    Width.WIDE: RowFrame(760, 250, 660, 740, 62, 36, 0, 14),
    Width.NARROW: RowFrame(360, 12, 290, 352, 62, 52, 18, 13),
}


def draw(spec: BarSpec, width: Width) -> Sheet:
    """The chart, as high as there are rows."""
    frame = FRAMES[width]

    def marks(sheet: Sheet, index: int, middle: float) -> None:
        bar = spec.bars[index]
        if bar.share is not None:
            sheet.dot((frame.across(bar.share), middle), 6.5, colour=RURAL)
        if bar.reference is not None:
            _stroke(sheet, (frame.across(bar.reference), middle), half=11)

    return rows.draw(
        frame,
        [Row(bar.name, bar.text, _interval(bar)) for bar in spec.bars],
        levels=spec.levels,
        signs=(spec.own, spec.other),
        other=lambda sheet, at: _stroke(sheet, at, half=9),
        marks=marks,
    )


def _interval(bar: Bar) -> tuple[float, float] | None:
    return None if bar.low is None or bar.high is None else (bar.low, bar.high)


def _stroke(sheet: Sheet, at: Point, *, half: float) -> None:
    across, middle = at
    sheet.line([(across, middle - half), (across, middle + half)], colour=URBAN, width=3)
