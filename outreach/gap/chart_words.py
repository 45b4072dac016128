"""What the gap's charts show, each in one sentence."""

from collections.abc import Sequence

from flask_babel import gettext

from outreach.gap.results import MunicipalityFigures, SeriesPoint
from outreach.gap.wording import size_text


def series_finding(points: Sequence[SeriesPoint]) -> str:
    """What the chart over time shows, in one sentence: how the gap has moved."""
    known = [point for point in points if point.points is not None]
    if len(known) < 2:
        return str(gettext("There are too few dates to say how the gap has moved."))
    first, last = known[0], known[-1]
    before, after = abs(first.points or 0.0), abs(last.points or 0.0)
    words = {
        "year": str(first.day.year),
        "before": size_text(before),
        "after": size_text(after),
    }
    if abs(after - before) < 1:
        return str(
            gettext(
                "The gap is about as large as in %(year)s: %(after)s percentage points.", **words
            )
        )
    if after < before:
        return str(
            gettext(
                "The gap has shrunk from %(before)s to %(after)s percentage points since %(year)s.",
                **words,
            )
        )
    return str(
        gettext(
            "The gap has grown from %(before)s to %(after)s percentage points since %(year)s.",
            **words,
        )
    )


def rank_finding(ranked: Sequence[MunicipalityFigures]) -> str:
    """What the ranking shows: where the countryside is furthest behind."""
    known = [one for one in ranked if one.points is not None]
    if not known:
        return str(gettext("No municipality has figures for both town and countryside."))
    widest = min(known, key=lambda one: one.points or 0.0)
    gap = widest.points or 0.0
    if gap >= 0:
        return str(gettext("The countryside is not behind in any municipality."))
    return str(
        gettext(
            "The countryside is furthest behind in %(name)s: %(gap)s percentage points.",
            name=widest.name,
            gap=size_text(gap),
        )
    )
