"""Pictures as part of a page."""

from collections.abc import Callable

from markupsafe import Markup

from outreach.web.charts.widths import Width


def as_markup(svg: bytes) -> Markup:
    """A picture that we have drawn, whose texts the drawing has escaped."""
    return Markup(svg.decode())  # noqa: S704  # ours, and nobody's input is markup in it


def for_both_widths(drawn: Callable[[Width], Markup]) -> Markup:
    """A picture once for wide screens and once for narrow ones."""
    return Markup("").join(
        Markup('<div class="chart__{}">{}</div>').format(width.value, drawn(width))
        for width in Width
    )
