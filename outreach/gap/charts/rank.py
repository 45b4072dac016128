"""Municipalities under each other, a dot for the countryside and a ring for towns."""

from dataclasses import dataclass

from outreach.gap.charts.specs import Pair, RankSpec, Width
from outreach.web.charts.sheet import Sheet
from outreach.web.palette import INK, INK_SOFT, LINE, LINE_STRONG, RURAL, RURAL_LIGHT, URBAN


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns and rows in pixels; `name_lift` puts a name above its row where it is narrow."""

    width: float
    left: float
    right: float
    gap: float
    head: float
    row: float
    name_lift: float
    text: float


FRAMES = {
    Width.WIDE: Frame(760, 170, 610, 730, 62, 38, 0, 14),
    Width.NARROW: Frame(360, 12, 284, 350, 62, 54, 19, 13),
}


def draw(spec: RankSpec, width: Width) -> Sheet:
    """The chart, as high as there are municipalities."""
    frame = FRAMES[width]
    foot = frame.head + frame.row * len(spec.pairs)
    sheet = Sheet(frame.width, foot + 8)
    _head(sheet, frame, spec, foot)
    for index, pair in enumerate(spec.pairs):
        _row(sheet, frame, pair, height=frame.head + frame.row * (index + 0.5))
    return sheet


def _head(sheet: Sheet, frame: Frame, spec: RankSpec, foot: float) -> None:
    for share, text in spec.levels:
        across = _across(frame, share)
        sheet.line([(across, frame.head - 8), (across, foot)], colour=LINE)
        sheet.text(
            (across, frame.head - 16), text, size=frame.text - 2, colour=INK_SOFT, anchor="center"
        )
    left = frame.left
    sheet.dot((left + 6, 15), 6, colour=RURAL)
    sheet.text((left + 18, 20), spec.rural, size=frame.text, colour=RURAL, is_bold=True)
    across = left + 40 + len(spec.rural) * frame.text * 0.62
    sheet.dot((across, 15), 5, colour=URBAN, ring=2.5)
    sheet.text((across + 12, 20), spec.urban, size=frame.text, colour=URBAN, is_bold=True)
    sheet.text(
        (frame.gap, 20),
        spec.gap,
        size=frame.text - 2,
        colour=INK_SOFT,
        anchor="right",
    )


def _row(sheet: Sheet, frame: Frame, pair: Pair, *, height: float) -> None:
    middle = height + frame.name_lift / 2
    sheet.text(
        (0 if frame.name_lift else frame.left - 20, _name_height(frame, height)),
        pair.name,
        size=frame.text,
        anchor="left" if frame.name_lift else "right",
        is_bold=True,
    )
    sheet.line(
        [(_across(frame, 0), middle), (_across(frame, 1), middle)], colour=LINE_STRONG, width=0.75
    )
    if pair.rural is not None and pair.urban is not None:
        sheet.line(
            [(_across(frame, pair.rural), middle), (_across(frame, pair.urban), middle)],
            colour=RURAL_LIGHT,
            width=6,
        )
    if pair.urban is not None:
        sheet.dot((_across(frame, pair.urban), middle), 6, colour=URBAN, ring=3)
    if pair.rural is not None:
        sheet.dot((_across(frame, pair.rural), middle), 7.5, colour=RURAL)
    sheet.text(
        (frame.gap, middle + frame.text * 0.36),
        pair.gap,
        size=frame.text,
        colour=INK,
        anchor="right",
    )


def _name_height(frame: Frame, height: float) -> float:
    return height + frame.text * 0.36 - frame.name_lift / 2 - (2 if frame.name_lift else 0)


def _across(frame: Frame, share: float) -> float:
    return frame.left + (frame.right - frame.left) * share
