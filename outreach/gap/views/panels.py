"""What the pages of places show of the gap: a village's history, a municipality's two gaps."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from outreach.accounts.current import current_reach
from outreach.days import today
from outreach.gap import chart_words, wording
from outreach.gap.charts.specs import Line, SeriesSpec
from outreach.gap.disclosed import Audience, Lens, VillageFigures
from outreach.gap.picturing import levels, series_spec, ticks
from outreach.gap.queries.villages import village_history
from outreach.gap.results import Findings
from outreach.gap.rules import Area, AreaKind, Choice
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.knowing import Known, Refused, known_asked, refuse
from outreach.gap.views.pictures import inline
from outreach.gap.views.reading import reading
from outreach.measures.classes import Scheme
from outreach.measures.rates import Measure
from outreach.places import panels
from outreach.places.rules import MunicipalityPlace, VillagePlace
from outreach.web import kept
from outreach.web.palette import CLASSES, URBAN

SHOWN = (Measure.coverage, Measure.connection_rate, Measure.take_up, Measure.activation)


@dataclass(frozen=True, slots=True)
class VillagePanel:
    """A village's figures on the newest date, and on every date before."""

    newest: VillageFigures
    day: date
    history: list[tuple[date, VillageFigures]]
    drawing: Markup | None
    measures: tuple[Measure, ...]
    is_internal: bool
    known_on: date | None
    today: date


@dataclass(frozen=True, slots=True)
class MunicipalityPanel:
    """A municipality's two gaps, and its coverage over time."""

    findings: Findings
    drawing: Markup | None
    finding: str
    is_internal: bool
    known_on: date | None
    today: date


def _of_village(_session: Session, place: VillagePlace) -> VillagePanel | None:
    audience = _audience(place.county_code)
    known = _known_by(audience)
    with reading(known) as look:
        rows = village_history(look.session, place.id, look.published)
        if not rows:
            return None
        area = Area(place.county_code, "", AreaKind.COUNTY, (place.county_code,))
        disclosure = look.disclosure(area)
        history = [
            (day, Lens(audience, disclosure, day, Measure.coverage, Scheme.pts).see(row))
            for day, row in rows
        ]
    day, newest = history[-1]
    return VillagePanel(
        newest=newest,
        day=day,
        history=history,
        drawing=_history_drawing(place.name, history),
        measures=SHOWN,
        is_internal=audience is Audience.INTERNAL,
        known_on=look.known_on,
        today=today(),
    )


def _of_municipality(_session: Session, place: MunicipalityPlace) -> MunicipalityPanel | None:
    audience = _audience(place.county_code)
    known = _known_by(audience)
    with reading(known) as look:
        area = look.options.area(place.code)
        if area is None or not look.options.days:
            return None
        day = look.options.days[0]
        choice = Choice(Measure.coverage, Scheme.pts, day, area, known_on=look.known_on)
        findings = look.gap(choice, audience)
    is_drawn = any(point.whole.value is not None for point in findings.series)
    return MunicipalityPanel(
        findings=findings,
        drawing=inline(series_spec(findings)) if is_drawn else None,
        finding=chart_words.series_finding(findings.series),
        is_internal=audience is Audience.INTERNAL,
        known_on=look.known_on,
        today=today(),
    )


def _known_by(audience: Audience) -> Known | None:
    """The day in the past that is asked for, which is for the county's own staff."""
    known = known_asked()
    if known is not None and audience is Audience.PUBLIC:
        refuse(Refused.NOT_STAFF)
    return known


def _audience(county_code: str) -> Audience:
    if kept.is_visitor() or not current_reach().staffs_county(county_code):
        return Audience.PUBLIC
    return Audience.INTERNAL


def _history_drawing(name: str, history: list[tuple[date, VillageFigures]]) -> Markup | None:
    """Dwellings passed and connected over time, as shares of all; None with nothing to draw."""
    lines = (
        _line(gettext("Can be connected"), CLASSES[3], Measure.coverage, history),
        _line(gettext("Connected"), URBAN, Measure.connection_rate, history),
    )
    if all(share is None for line in lines for share in line.shares):
        return None
    days = [day for day, _ in history]
    return inline(
        SeriesSpec(
            label=gettext(
                "Dwellings that can be connected and that are, over time, in %(name)s", name=name
            ),
            days=tuple(days),
            ticks=ticks(days),
            levels=levels(),
            lines=lines,
            gap=None,
            source="",
        )
    )


def _line(
    name: str, colour: str, measure: Measure, history: list[tuple[date, VillageFigures]]
) -> Line:
    shares = tuple(figures.share_of(measure).value for _, figures in history)
    known = [share for share in shares if share is not None]
    return Line(
        name=name,
        colour=colour,
        has_rings=measure is Measure.coverage,
        shares=shares,
        first=wording.share_text(known[0]) if known else "",
        last=wording.share_text(known[-1]) if known else "",
    )


panels.on_village(blueprint, order=10, load=_of_village, template="gap/village_panel.html")
panels.on_municipality(
    blueprint, order=10, load=_of_municipality, template="gap/municipality_panel.html"
)
blueprint.record(lambda state: state.app.jinja_env.globals.update(gap_words=wording))
