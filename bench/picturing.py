"""The map of all villages as a Matplotlib picture, beside geopandas drawing the same polygons."""

import gc
import io
from collections.abc import Iterator
from datetime import date

import geopandas
import numpy as np
import shapely
from matplotlib.figure import Figure as Sheet

from bench.addresses import villages
from bench.figures import Figure, Goal
from bench.load import WrongAnswer, turns
from bench.plan import Plan
from outreach.gap.charts.specs import Fill, Format, LegendEntry, MapSpec, Place
from outreach.gap.drawing import draw_here
from outreach.web.charts.widths import Width

PEER = "geopandas.plot"
FASTER = Goal(1 / 3)
PNG = b"\x89PNG"
CLASSES = 5
DOTS = 144
PIXELS = (1520, 1668)
"""As ours."""


def pictured(plan: Plan) -> Iterator[Figure]:
    """As many polygons as the size has villages, each in one of five classes, as PNG."""
    outlines = villages()[1][: plan.size.villages]
    classes = np.random.default_rng(3).integers(0, CLASSES, len(outlines))
    spec = _spec(outlines, classes)

    def ours() -> bytes:
        return draw_here(spec, Width.WIDE, Format.PNG)

    if not (ours().startswith(PNG) and _peer(outlines, classes).startswith(PNG)):
        raise WrongAnswer("a picture is no PNG")
    # As in the process that draws: what is loaded is no garbage to look through again and again.
    gc.collect()
    gc.freeze()
    seconds = turns({"ours": ours, PEER: lambda: _peer(outlines, classes)}, runs=plan.runs)
    gc.unfreeze()
    yield Figure("picture of the map", "s", seconds["ours"], PEER, seconds[PEER], FASTER)


def _spec(outlines: list[shapely.Polygon], classes: np.ndarray) -> MapSpec:
    return MapSpec(
        label="Map",
        title="Map",
        subtitle=date(2025, 10, 1).isoformat(),
        outlines=(),
        names=(),
        places=tuple(
            Place((tuple(outline.exterior.coords),), None, 10, int(index), Fill.PLAIN)
            for outline, index in zip(outlines, classes, strict=True)
        ),
        legend=tuple(LegendEntry(f"Class {at}", at, Fill.PLAIN) for at in range(CLASSES)),
        north="N",
        kilometres="km",
        source="bench",
    )


def _peer(outlines: list[shapely.Polygon], classes: np.ndarray) -> bytes:
    frame = geopandas.GeoDataFrame({"class": classes}, geometry=outlines, crs=3006)
    sheet = Sheet(figsize=tuple(pixels / DOTS for pixels in PIXELS), dpi=DOTS)
    frame.plot(column="class", categorical=True, legend=True, ax=sheet.subplots())
    written = io.BytesIO()
    sheet.savefig(written, format="png")
    return written.getvalue()
