"""Draws pictures without making the program import Matplotlib before the first one.

Matplotlib takes over a second to import and 50 MB of memory in each process; many processes never
draw. So nothing imports `charts.drawing` by an import statement, and this module asks for it by
name when the first picture is wanted (a test watches that). Where a studio is open, it draws.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Protocol, cast

from outreach.gap import studio
from outreach.gap.charts.specs import Format, Spec
from outreach.web.charts.widths import Width

DRAWING = "outreach.gap.charts.drawing"


class _Drawing(Protocol):
    """What `charts.drawing` offers."""

    def drawn(self, spec: Spec, width: Width, *, kind: Format) -> bytes: ...


def draw(spec: Spec, width: Width = Width.WIDE, *, kind: Format = Format.SVG) -> bytes:
    """The picture as a file."""
    drawn = studio.ask((spec, width, kind))
    return draw_here(spec, width, kind) if drawn is None else drawn


def draw_here(spec: Spec, width: Width, kind: Format) -> bytes:
    """The same, in this process."""
    return cast("_Drawing", import_module(DRAWING)).drawn(spec, width, kind=kind)


def soon() -> None:
    """Say that pictures will be wanted in a moment, so that whoever draws them gets ready."""
    studio.wake()


def _get_ready() -> None:
    import_module(DRAWING)


def open_for_all(*, on_fork: Callable[[], None]) -> int:
    """Let one process draw for this one and all it forks from now on; its process id."""
    return studio.open_studio(draw_here, on_fork=on_fork, get_ready=_get_ready)
