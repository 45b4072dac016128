"""Rows under each other along one scale: names, marked levels, and what the signs mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from outreach.web.charts.sheet import Point, Sheet
from outreach.web.palette import INK_SOFT, LINE, LINE_STRONG, RURAL, RURAL_LIGHT, URBAN

Levels = Sequence[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class RowFrame:
    """Columns and rows in pixels; `name_lift` puts a name above its row where it is narrow.

    The scale goes from `left` to `right`; `end` is where a row's text ends.
    """

    width: float
    left: float
    right: float
    end: float
    head: float
    row: float
    name_lift: float
    text: float

    def across(self, share: float) -> float:
        """Where a share lies."""
        return self.left + (self.right - self.left) * share


@dataclass(frozen=True, slots=True)
class Row:
    """One row; drawing its signs is left to the chart. `bar` are the ends of a pale stretch."""

    name: str
    text: str
    bar: tuple[float, float] | None


def draw(
    frame: RowFrame,
    rows: Sequence[Row],
    *,
    levels: Levels,
    signs: tuple[str, str],
    other: Callable[[Sheet, Point], None],
    marks: Callable[[Sheet, int, float], None],
) -> Sheet:
    """The chart, as high as there are rows.

    `signs` name the dot and the other sign, which `other` draws; `marks` draws what stands on a
    row, at its height.
    """
    foot = frame.head + frame.row * len(rows)
    sheet = Sheet(frame.width, foot + 8)
    for share, text in levels:
        across = frame.across(share)
        sheet.line([(across, frame.head - 8), (across, foot)], colour=LINE)
        sheet.text(
            (across, frame.head - 16), text, size=frame.text - 2, colour=INK_SOFT, anchor="center"
        )
    _signs(sheet, frame, signs, other)
    for index, row in enumerate(rows):
        height = frame.head + frame.row * (index + 0.5)
        middle = height + frame.name_lift / 2
        _line(sheet, frame, row, height=height, middle=middle)
        marks(sheet, index, middle)
        sheet.text(
            (frame.end, middle + frame.text * 0.36), row.text, size=frame.text, anchor="right"
        )
    return sheet


def _signs(
    sheet: Sheet,
    frame: RowFrame,
    signs: tuple[str, str],
    other: Callable[[Sheet, Point], None],
) -> None:
    own, beside = signs
    sheet.dot((frame.left + 6, 15), 6, colour=RURAL)
    sheet.text((frame.left + 18, 20), own, size=frame.text, colour=RURAL, is_bold=True)
    across = frame.left + 40 + len(own) * frame.text * 0.62
    other(sheet, (across, 15))
    sheet.text((across + 12, 20), beside, size=frame.text, colour=URBAN, is_bold=True)


def _line(sheet: Sheet, frame: RowFrame, row: Row, *, height: float, middle: float) -> None:
    lift = frame.name_lift
    foot = height + frame.text * 0.36 - lift / 2 - (2 if lift else 0)
    sheet.text(
        (0 if lift else frame.left - 20, foot),
        row.name,
        size=frame.text,
        anchor="left" if lift else "right",
        is_bold=True,
    )
    ends = [(frame.across(0), middle), (frame.across(1), middle)]
    sheet.line(ends, colour=LINE_STRONG, width=0.75)
    if row.bar is not None:
        stretch = [(frame.across(share), middle) for share in row.bar]
        sheet.line(stretch, colour=RURAL_LIGHT, width=6)
