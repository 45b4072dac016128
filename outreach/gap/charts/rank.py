"""Municipalities under each other, a dot for the countryside and a ring for towns."""

from outreach.gap.charts.specs import Pair, RankSpec
from outreach.web.charts import rows
from outreach.web.charts.rows import Row, RowFrame
from outreach.web.charts.sheet import Sheet
from outreach.web.charts.widths import Width
from outreach.web.palette import INK_SOFT, RURAL, URBAN

FRAMES = {
    Width.WIDE: RowFrame(760, 170, 610, 730, 62, 38, 0, 14),
    Width.NARROW: RowFrame(360, 12, 284, 350, 62, 54, 19, 13),
}


def draw(spec: RankSpec, width: Width) -> Sheet:
    """The chart, as high as there are municipalities."""
    frame = FRAMES[width]

    def marks(sheet: Sheet, index: int, middle: float) -> None:
        pair = spec.pairs[index]
        if pair.urban is not None:
            sheet.dot((frame.across(pair.urban), middle), 6, colour=URBAN, ring=3)
        if pair.rural is not None:
            sheet.dot((frame.across(pair.rural), middle), 7.5, colour=RURAL)

    sheet = rows.draw(
        frame,
        [Row(pair.name, pair.gap, _between(pair)) for pair in spec.pairs],
        levels=spec.levels,
        signs=(spec.rural, spec.urban),
        other=lambda sheet, at: sheet.dot(at, 5, colour=URBAN, ring=2.5),
        marks=marks,
    )
    at = (frame.end, 20.0)
    sheet.text(at, spec.gap, size=frame.text - 2, colour=INK_SOFT, anchor="right")
    return sheet


def _between(pair: Pair) -> tuple[float, float] | None:
    if pair.rural is None or pair.urban is None:
        return None
    return pair.rural, pair.urban
