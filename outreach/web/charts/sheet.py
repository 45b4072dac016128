"""A sheet of paper in pixels that Matplotlib draws on: lines, dots and texts, as SVG or PNG.

Everything is placed by us, nothing by Matplotlib's axes: so the file is small, has no identifiers
that could clash on a page, and holds text as text. Equal calls give equal bytes.
"""

import io
import zlib
from collections.abc import Sequence
from itertools import groupby
from typing import Literal, TypeAlias

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon
from numpy.typing import NDArray
from PIL import Image

from outreach.web.charts.svg import tidy
from outreach.web.palette import INK, PAPER

PIXELS_PER_INCH = 72
PNG_SCALE = 2
PNG_EFFORT = {"compress_type": zlib.Z_RLE}
"""Flat colours are runs: looking for more than those takes longer and saves no bytes."""
# Set once for the process: a context around each drawing would not hold between threads.
mpl.rcParams["svg.fonttype"] = "none"
mpl.rcParams["svg.hashsalt"] = "outreach"
mpl.rcParams["font.family"] = ["DejaVu Sans"]
mpl.rcParams["pdf.fonttype"] = 42
mpl.rcParams["text.parse_math"] = False
mpl.rcParams["path.simplify"] = False

Point = tuple[float, float]
Points: TypeAlias = Sequence[Point] | NDArray[np.float64]
"""Corners one after the other; as an array n × 2."""
Anchor = Literal["left", "center", "right"]


class Sheet:
    """One picture; the origin is at the top left, as on a screen."""

    def __init__(self, width: float, height: float) -> None:
        """An empty sheet of paper of so many pixels."""
        size = (width / PIXELS_PER_INCH, height / PIXELS_PER_INCH)
        self._figure = Figure(figsize=size, dpi=PIXELS_PER_INCH, facecolor=PAPER)
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._order = 0.0
        self.size = (width, height)

    def widen(self, *, left: float, top: float, right: float, bottom: float) -> None:
        """Put so much more paper around what is drawn; the origin stays where it is."""
        width, height = self.size
        self._axes.set_xlim(-left, width + right)
        self._axes.set_ylim(height + bottom, -top)
        self.size = (left + width + right, top + height + bottom)
        self._figure.set_size_inches(self.size[0] / PIXELS_PER_INCH, self.size[1] / PIXELS_PER_INCH)

    def line(
        self,
        points: Points,
        *,
        colour: str,
        width: float = 1.0,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """A line through the points."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self._axes.add_line(
            Line2D(
                xs,
                ys,
                color=colour,
                linewidth=width,
                linestyle="-" if dash is None else (0, dash),
                solid_capstyle="round",
                solid_joinstyle="round",
                clip_on=False,
                zorder=self._next(),
            )
        )

    def dot(self, at: Point, radius: float, *, colour: str, ring: float = 0.0) -> None:
        """A filled dot, or with `ring` a paper-coloured one with a rim so wide."""
        self._axes.add_patch(
            Circle(
                at,
                radius,
                facecolor=PAPER if ring else colour,
                edgecolor=colour if ring else PAPER,
                linewidth=ring or 1.5,
                clip_on=False,
                zorder=self._next(),
            )
        )

    def area(
        self, points: Sequence[Point], *, fill: str, edge: str | None = None, width: float = 1.0
    ) -> None:
        """A filled outline."""
        self._axes.add_patch(
            Polygon(
                points,
                closed=True,
                facecolor=fill,
                edgecolor=edge or "none",
                linewidth=width if edge else 0,
                joinstyle="round",
                clip_on=False,
                zorder=self._next(),
            )
        )

    def areas(self, outlines: Sequence[Points], *, fills: Sequence[str]) -> None:
        """Many filled outlines at once, without edges: that is what makes thousands quick."""
        colours = {fill: to_rgba(fill) for fill in set(fills)}
        together = zip(outlines, fills, strict=True)
        # Outlines of as many corners each are one array, which Matplotlib takes much faster.
        for _, alike in groupby(together, key=lambda one: len(one[0])):
            group = list(alike)
            self._axes.add_collection(
                PolyCollection(
                    np.array([outline for outline, _ in group]),  # type: ignore[arg-type]  # its stubs forget that
                    facecolors=np.array([colours[fill] for _, fill in group]),
                    edgecolors="none",
                    linewidths=0,
                    clip_on=False,
                    zorder=self._next(),
                ),
                autolim=False,
            )

    def strokes(self, lines: Sequence[Points], *, colour: str, width: float) -> None:
        """Many lines at once."""
        self._axes.add_collection(
            LineCollection(
                lines, colors=colour, linewidths=width, clip_on=False, zorder=self._next()
            ),
            autolim=False,
        )

    def text(
        self,
        at: Point,
        text: str,
        *,
        size: float = 13,
        colour: str = INK,
        anchor: Anchor = "left",
        is_bold: bool = False,
    ) -> None:
        """A line of text whose foot stands at the point's height."""
        self._axes.text(
            *at,
            text,
            fontsize=size,
            color=colour,
            horizontalalignment=anchor,
            verticalalignment="baseline",
            fontweight="bold" if is_bold else "normal",
            clip_on=False,
            zorder=self._next(),
        )

    def svg(self, label: str) -> bytes:
        """The picture as SVG; `label` is what is read out instead of it."""
        buffer = io.BytesIO()
        self._figure.savefig(buffer, format="svg", metadata={"Date": None})
        return tidy(buffer.getvalue().decode(), label=label).encode()

    def png(self) -> bytes:
        """The picture as PNG, twice as fine as a plain screen."""
        return self._png(PNG_SCALE)

    def png_of(self, width: int, height: int) -> bytes:
        """The picture as PNG of exactly so many pixels, in whose proportions it has to be."""
        fine = (width + 0.5) / self.size[0]
        self._figure.set_size_inches(
            self.size[0] / PIXELS_PER_INCH, (height + 0.5) / fine / PIXELS_PER_INCH
        )
        return self._png(fine)

    def _png(self, scale: float) -> bytes:
        dots = PIXELS_PER_INCH * scale
        self._figure.set_dpi(dots)
        canvas = FigureCanvasAgg(self._figure)
        canvas.draw()  # type: ignore[no-untyped-call]  # Matplotlib has no types here
        pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]  # nor here
        # Paper is nowhere transparent, and three bytes a pixel are written sooner than four.
        drawn = Image.fromarray(pixels).convert("RGB")
        buffer = io.BytesIO()
        drawn.save(buffer, format="png", dpi=(dots, dots), **PNG_EFFORT)
        return buffer.getvalue()

    def pdf(self, label: str) -> bytes:
        """The picture as PDF on a page of its own size, with its label as title."""
        buffer = io.BytesIO()
        self._figure.savefig(
            buffer, format="pdf", metadata={"Title": label, "CreationDate": None, "Producer": None}
        )
        return buffer.getvalue()

    def _next(self) -> float:
        """Later is above earlier."""
        self._order += 1
        return self._order
