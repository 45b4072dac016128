"""The Lorenz curve: which part of the connections the least connected dwellings have."""

from outreach.gap.charts.analysis_specs import LorenzSpec
from outreach.web.charts.sheet import Sheet
from outreach.web.charts.widths import Width
from outreach.web.palette import CLASSES, INK_SOFT, LINE, LINE_STRONG, URBAN

SIZES = {Width.WIDE: (560.0, 66.0, 14), Width.NARROW: (360.0, 50.0, 12)}
"""The sheet's side, the room for the words beside it, and their size."""


def draw(spec: LorenzSpec, width: Width) -> Sheet:
    """The curve under its diagonal."""
    side, left, text = SIZES[width]
    top, right, bottom = 34.0, side - 26, side - 48

    def at(across: float, up: float) -> tuple[float, float]:
        return left + (right - left) * across, bottom - (bottom - top) * up

    sheet = Sheet(side, side)
    for share, words in spec.levels:
        sheet.line([at(0, share), at(1, share)], colour=LINE if share else LINE_STRONG)
        height = at(0, share)[1] + text * 0.36
        sheet.text((left - 8, height), words, size=text - 1, colour=INK_SOFT, anchor="right")
        foot = (at(share, 0)[0], bottom + text + 6)
        sheet.text(foot, words, size=text - 1, colour=INK_SOFT, anchor="center")
    sheet.text((4, 16), spec.upwards, size=text - 1, colour=INK_SOFT)
    sheet.text((right, side - 8), spec.across, size=text - 1, colour=INK_SOFT, anchor="right")
    curve = [at(*point) for point in spec.points]
    sheet.area([*curve], fill=CLASSES[1])
    sheet.line([at(0, 0), at(1, 1)], colour=LINE_STRONG, width=1.5, dash=(5, 4))
    sheet.line(curve, colour=URBAN, width=3)
    corner = at(0.06, 0.90)
    sheet.line(
        [(corner[0], corner[1]), (corner[0] + 26, corner[1])], colour=LINE_STRONG, dash=(5, 4)
    )
    sheet.text((corner[0] + 34, corner[1] + 5), spec.diagonal, size=text, colour=INK_SOFT)
    corner = at(0.06, 0.82)
    sheet.line([(corner[0], corner[1]), (corner[0] + 26, corner[1])], colour=URBAN, width=3)
    at_text = (corner[0] + 34, corner[1] + 5)
    sheet.text(at_text, spec.curve, size=text, colour=URBAN, is_bold=True)
    return sheet
