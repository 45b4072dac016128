"""Draws pictures without making the program import Matplotlib before the first one."""

from importlib import import_module
from typing import Protocol, cast

from outreach.maturity.charts.specs import BarSpec
from outreach.web.charts.widths import Width

DRAWING = "outreach.maturity.charts.drawing"


class _Drawing(Protocol):
    """What `charts.drawing` offers."""

    def drawn(self, spec: BarSpec, width: Width) -> bytes: ...


def draw(spec: BarSpec, width: Width) -> bytes:
    """The picture as SVG; see `gap.drawing` for why it is asked for by name."""
    return cast("_Drawing", import_module(DRAWING)).drawn(spec, width)
