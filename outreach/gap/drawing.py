"""Draws pictures without making the program import Matplotlib before the first one.

Matplotlib takes over a second to import and 50 MB of memory in each process; many processes never
draw. So nothing imports `charts.drawing` by an import statement, and this module asks for it by
name when the first picture is wanted (a test watches that).
"""

from importlib import import_module
from typing import Protocol, cast

from outreach.gap.charts.specs import Format, Spec, Width

DRAWING = "outreach.gap.charts.drawing"


class _Drawing(Protocol):
    """What `charts.drawing` offers."""

    def drawn(self, spec: Spec, width: Width, *, kind: Format) -> bytes: ...


def draw(spec: Spec, width: Width = Width.WIDE, *, kind: Format = Format.SVG) -> bytes:
    """The picture as a file."""
    return cast("_Drawing", import_module(DRAWING)).drawn(spec, width, kind=kind)
