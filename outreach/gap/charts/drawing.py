"""The one door to the pictures: whoever imports this imports Matplotlib."""

from outreach.gap.charts import clusters, fan, lorenz, note, picture, rank, series, slide, waterfall
from outreach.gap.charts.analysis_specs import ClusterSpec, FanSpec, LorenzSpec, WaterfallSpec
from outreach.gap.charts.specs import (
    BesideSpec,
    Format,
    MapSpec,
    NotedSpec,
    RankSpec,
    SeriesSpec,
    SlideSpec,
    Spec,
)
from outreach.web.charts.sheet import Sheet
from outreach.web.charts.widths import Width


def drawn(spec: Spec, width: Width, *, kind: Format) -> bytes:
    """The picture as a file."""
    if isinstance(spec, SlideSpec):
        return slide.draw(_sheet(spec.picture, Width.WIDE), spec)
    sheet = _sheet(spec, width)
    if kind is Format.PNG:
        return sheet.png()
    return sheet.pdf(spec.label) if kind is Format.PDF else sheet.svg(spec.label)


def _sheet(spec: Spec, width: Width) -> Sheet:
    if isinstance(spec, NotedSpec):
        return note.draw(_sheet(spec.picture, width), spec.note)
    if isinstance(spec, SeriesSpec):
        return series.draw(spec, width)
    if isinstance(spec, RankSpec):
        return rank.draw(spec, width)
    if isinstance(spec, MapSpec):
        return picture.draw(spec)
    if isinstance(spec, BesideSpec):
        return picture.draw_beside(spec)
    return _of_analysis(spec, width)


def _of_analysis(spec: Spec, width: Width) -> Sheet:
    if isinstance(spec, WaterfallSpec):
        return waterfall.draw(spec, width)
    if isinstance(spec, FanSpec):
        return fan.draw(spec, width)
    if isinstance(spec, LorenzSpec):
        return lorenz.draw(spec, width)
    if isinstance(spec, ClusterSpec):
        return clusters.draw(spec, width)
    raise TypeError(f"no picture is drawn from {type(spec).__name__}")
