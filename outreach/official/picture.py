"""Both series over time as a picture; a break in the official one is drawn and named as a break."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from flask_babel import gettext

from outreach.gap.charts.specs import Line, SeriesSpec
from outreach.gap.picturing import levels, line, ticks
from outreach.gap.wording import share_text
from outreach.official.comparing import Comparison, OfficialPoint
from outreach.official.rules import breaks_lie_at
from outreach.official.series_words import break_name, finding
from outreach.web.palette import RURAL, URBAN


def spec_of(found: Comparison) -> SeriesSpec | None:
    """What is drawn; None where no official figure stands beside ours."""
    points = found.series
    if all(point.official is None for point in points):
        return None
    days = [point.day for point in points]
    ours = line(gettext("Ours"), RURAL, tuple(point.ours for point in points), has_rings=False)
    if points[0].ours is None:
        # The official line leaves no room for a value at the beginning of ours.
        ours = replace(ours, first="")
    breaks = [year for point in points for year in point.breaks]
    return SeriesSpec(
        label=". ".join([finding(found).removesuffix("."), *map(break_name, breaks)]),
        days=tuple(days),
        ticks=ticks(days),
        levels=levels(),
        lines=(ours, *_official_lines(points)),
        gap=None,
        source=gettext("Source: reports from fibre associations; PTS and Kolada."),
        breaks=tuple((breaks_lie_at(year), break_name(year)) for year in breaks),
    )


def _official_lines(points: Sequence[OfficialPoint]) -> list[Line]:
    """The official series, a line of its own from each break on; the last one is named."""
    starts = [0, *(at for at, point in enumerate(points) if point.breaks), len(points)]
    lines = []
    for first, last in pairwise(starts):
        shares = tuple(
            point.official if first <= at < last else None for at, point in enumerate(points)
        )
        if any(share is not None for share in shares):
            lines.append(replace(line("", URBAN, shares, has_rings=True), first="", last=""))
    newest = next(point.official for point in reversed(points) if point.official is not None)
    return [*lines[:-1], replace(lines[-1], name=gettext("Official"), last=share_text(newest))]
