"""The first page: the two gaps, the map, who has reported, and what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from flask import Response, render_template
from flask_babel import get_locale

from outreach.accounts.current import current_reach
from outreach.accounts.rules import Reach
from outreach.connections.queries.my_reports import MyReport, my_reports
from outreach.connections.queries.report_head import round_to_report
from outreach.connections.queries.review import QueueFilter, count_waiting
from outreach.days import today
from outreach.extensions import db
from outreach.gap import wording
from outreach.gap.charts.specs import MapSpec
from outreach.gap.disclosed import Audience, VillageFigures
from outreach.gap.drawing import soon
from outreach.gap.forms import NothingPublished, default_choice
from outreach.gap.picturing import legend
from outreach.gap.queries.beginning import Beginning, beginning
from outreach.gap.results import Findings, MunicipalityFigures
from outreach.gap.rules import Area
from outreach.gap.tables import sorted_municipalities
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.knowing import Known, Refused, known_asked, may_see_internal, refuse
from outreach.gap.views.pictures import drawn
from outreach.gap.views.reading import Reading, map_of, reading
from outreach.measures.rates import left_to_build, left_to_connect
from outreach.training.queries.gaps import GapFilter, count_gaps
from outreach.web import kept
from outreach.web.access import PUBLIC, open_to
from outreach.web.tables import Sorting

LISTED = 5
DRAWN_MOST = 400
"""A map of more villages than this is fetched as an image of its own."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: how many dwellings it is about, and the villages that matter most."""

    dwellings: int | None
    villages: list[tuple[VillageFigures, int]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the person signed in: reports to send in, and reports to decide about.

    `gaps` are sessions that lack something, None for whoever logs none.
    """

    reports: list[MyReport]
    decisions: int | None
    gaps: int | None


@blueprint.get("/")
@open_to(PUBLIC)
def overview() -> Response:
    """The story in one look."""
    known = known_asked()
    return kept.page((str(get_locale()), today()), lambda: _overview(known))


def _overview(known: Known | None) -> str:
    waiting = None if kept.is_visitor() else _waiting(current_reach(), today())
    with reading(known, meanwhile=soon) as look:
        try:
            choice = default_choice(look.options)
        except NothingPublished:
            return _nothing(waiting)
        own = _own_area(look)
        if known is not None:
            choice = replace(choice, area=own or refuse(Refused.NOT_STAFF), known_on=known.day)
        findings = look.findings(choice, Audience.INTERNAL if known else Audience.PUBLIC)
        picture = _picture(look, findings)
    return render_template(
        "overview/show.html",
        findings=findings,
        waiting=waiting,
        words=wording,
        drawing=None if picture is None else drawn(picture),
        legend=legend(findings),
        talk=_talk(findings),
        build=_build(findings),
        reporting=_by_reporting(findings),
        may_look_back=own is not None,
        today=today(),
    )


def _nothing(waiting: Waiting | None) -> str:
    """Before anything is published: whoever handles it for the region sees what comes next."""
    handles = waiting is not None and waiting.decisions is not None
    step = beginning(db.session()) if handles else None
    return render_template("overview/nothing.html", waiting=waiting, step=step, steps=Beginning)


def _own_area(look: Reading) -> Area | None:
    """The widest area that the reader handles for the region."""
    if kept.is_visitor():
        return None
    return next((area for area in look.options.areas if may_see_internal(area)), None)


def _waiting(reach: Reach, day: date) -> Waiting:
    session = db.session()
    round_day = round_to_report(session, today=day) if reach.associations else None
    reports = (
        my_reports(session, reference_date=round_day, reach=reach, today=day) if round_day else []
    )
    decides = reach.is_administrator or reach.counties
    return Waiting(
        reports=[report for report in reports if report.is_to_do],
        decisions=count_waiting(session, QueueFilter(), reach=reach) if decides else None,
        gaps=count_gaps(session, GapFilter(), reach=reach, today=day)
        if reach.organisations
        else None,
    )


def _picture(look: Reading, findings: Findings) -> MapSpec | None:
    """The map as part of the page, so that it turns dark with it; None where it is too large."""
    if len(findings.villages) > DRAWN_MOST:
        return None
    return replace(map_of(look, findings), is_bare=True)


def _talk(findings: Findings) -> Step:
    whole = findings.take_up.whole
    return Step(
        dwellings=_left(whole.denominator, whole.numerator),
        villages=_most((one, left_to_connect(one.counts)) for one in findings.villages),
    )


def _build(findings: Findings) -> Step:
    whole = findings.build.whole
    return Step(
        dwellings=_left(whole.denominator, whole.numerator),
        villages=_most((one, left_to_build(one.counts)) for one in findings.villages),
    )


def _left(whole: int | None, part: int | None) -> int | None:
    return None if whole is None or part is None else whole - part


def _most(
    villages: Iterable[tuple[VillageFigures, int | None]],
) -> list[tuple[VillageFigures, int]]:
    """The villages with most left, as far as their figures may be shown."""
    known = [(one, left) for one, left in villages if left]
    return sorted(known, key=lambda pair: -pair[1])[:LISTED]


def _by_reporting(findings: Findings) -> list[MunicipalityFigures]:
    by_share = Sorting("m.reported", is_descending=True)
    return sorted_municipalities(findings.municipalities, by_share)
