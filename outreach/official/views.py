"""Our figures beside the official ones."""

from dataclasses import replace
from itertools import pairwise

from flask import Blueprint, Response, render_template, request
from flask_babel import get_locale, gettext

from outreach.gap import alike_words
from outreach.gap import wording as gap_words
from outreach.gap.charts.specs import Line, SeriesSpec
from outreach.gap.forms import NothingPublished, default_choice
from outreach.gap.passports import Together, official_together
from outreach.gap.picturing import levels, ticks
from outreach.gap.rules import ALL_AREAS, Area, Options
from outreach.gap.views.pictures import inline
from outreach.gap.views.reading import reading
from outreach.official.comparing import OURS, Comparison, OfficialPoint, compared
from outreach.official.rules import SERIES, OfficialMeasure, day_of
from outreach.official.wording import CAUSES, COUNTED
from outreach.web import filters, kept
from outreach.web.access import PUBLIC, open_to
from outreach.web.palette import RURAL, URBAN

blueprint = Blueprint("official", __name__)


@blueprint.get("/official")
@open_to(PUBLIC)
def show() -> Response:
    """The comparison for the area and measure that the address names."""
    area, measure = request.args.get("area", ""), _measure(request.args.get("measure", ""))
    series = request.args.get("series", "")
    series = series if series in SERIES else ""
    return kept.page(
        (area[:4], measure, series, str(get_locale())), lambda: _page(area, measure, series)
    )


def _page(code: str, measure: OfficialMeasure, series: str) -> str:
    with reading() as look:
        try:
            usual = default_choice(look.options)
        except NothingPublished:
            return render_template("gap/nothing.html")
        area = _area(look.options, code) or _widest(look.options)
        choice = replace(usual, area=area, measure=OURS[measure])
        found = compared(look, choice, measure, wanted=series)
        areas = _areas(look.options)
    return render_template(
        "official/show.html",
        found=found,
        measure=measure,
        measures=[(each, str(gap_words.MEASURES[OURS[each]])) for each in OfficialMeasure],
        offered=[(each, f"{each} ({SERIES[each].publisher})") for each in found.offered],
        publisher=SERIES[found.chosen].publisher if found.chosen else None,
        areas=areas,
        area=area,
        picture=inline(_spec(found)) if _has_both(found) else None,
        finding=_finding(found),
        words=gap_words,
        counted=COUNTED,
        warning=alike_words.warning(_together(found)),
        causes=CAUSES,
    )


def _together(found: Comparison) -> Together | None:
    """Our figures and the official ones that stand beside them."""
    theirs = {
        (day_of(row.official.year), f"{gettext('official')}, {COUNTED[row.official.counted]}")
        for row in found.rows
        if row.official is not None
    }
    return official_together(found.choice, sorted(theirs))


def _measure(text: str) -> OfficialMeasure:
    return (
        OfficialMeasure(text) if text in set(OfficialMeasure) else OfficialMeasure.CONNECTION_RATE
    )


def _areas(options: Options) -> list[Area]:
    return [area for area in options.areas if area.code != ALL_AREAS]


def _area(options: Options, code: str) -> Area | None:
    return next((area for area in _areas(options) if area.code == code), None)


def _widest(options: Options) -> Area:
    return _areas(options)[0]


def _has_both(found: Comparison) -> bool:
    return any(point.official is not None for point in found.series)


def _finding(found: Comparison) -> str:
    """The newest date that both series have, in a sentence."""
    both = [p for p in found.series if p.ours is not None and p.official is not None]
    if not both:
        return str(gettext("No date has both our figure and an official one."))
    last = both[-1]
    return str(
        gettext(
            "On %(day)s our figure is %(ours)s and the official one %(official)s.",
            day=filters.day(last.day),
            ours=gap_words.share_text(last.ours),
            official=gap_words.share_text(last.official),
        )
    )


def _spec(found: Comparison) -> SeriesSpec:
    """Both series over time; a break in the official one is drawn as a break."""
    points = found.series
    ours = _line(gettext("Ours"), RURAL, [point.ours for point in points], has_rings=False)
    return SeriesSpec(
        label=_finding(found),
        days=tuple(point.day for point in points),
        ticks=ticks([point.day for point in points]),
        levels=levels(),
        lines=(ours, *_official_lines(points)),
        gap=None,
        source=gettext("Source: reports from fibre associations; PTS and Kolada."),
    )


def _official_lines(points: list[OfficialPoint]) -> list[Line]:
    """The official series, a line of its own from each break on; the last one is named."""
    starts = [0, *(at for at, point in enumerate(points) if point.begins), len(points)]
    lines = []
    for first, last in pairwise(starts):
        shares = [point.official if first <= at < last else None for at, point in enumerate(points)]
        if any(share is not None for share in shares):
            line = _line("", URBAN, shares, has_rings=True)
            lines.append(replace(line, first="", last=""))
    if lines:
        newest = next(point.official for point in reversed(points) if point.official is not None)
        named = replace(lines[-1], name=gettext("Official"), last=gap_words.share_text(newest))
        lines[-1] = named
    return lines


def _line(name: str, colour: str, shares: list[float | None], *, has_rings: bool) -> Line:
    known = [share for share in shares if share is not None]
    return Line(
        name=name,
        colour=colour,
        has_rings=has_rings,
        shares=tuple(shares),
        first=gap_words.share_text(known[0]) if known else "",
        last=gap_words.share_text(known[-1]) if known else "",
    )
