"""Training reach: whom it reaches, what was held, which areas are taught, and who helps whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, request
from flask_babel import gettext

from outreach.gap import reach_words
from outreach.gap.analysis_files import rounded, with_passport
from outreach.gap.blank_words import blank_of, blanks_among
from outreach.gap.charts.specs import SeriesSpec
from outreach.gap.disclosed import Audience
from outreach.gap.files import Table
from outreach.gap.forms import Asked, Field
from outreach.gap.picturing import levels, line, ticks
from outreach.gap.queries.meeting import ages_in, meetings_in
from outreach.gap.queries.reaching import Period, sessions_in, topics_in
from outreach.gap.reach import Line, Told, Training
from outreach.gap.rules import Area, AreaKind, Beside, Choice, Options
from outreach.gap.taught import (
    AgePair,
    Pairs,
    Topic,
    balance,
    met,
    public_balance,
    public_met,
    topics,
)
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.measuring import stamp, threshold
from outreach.gap.views.reading import Reading
from outreach.gap.views.rooms import ROOMS, Parameters, Room
from outreach.gap.views.training import source, training_of
from outreach.maturity.results import Figure
from outreach.measures.reach import KILOMETRES, OFFERED_KILOMETRES, year_before
from outreach.web.access import PUBLIC, open_to
from outreach.web.delimited import Cell
from outreach.web.palette import RURAL, URBAN

TOLD = ("sessions", "participants", "participant_hours", "inhabitants")
PER_THOUSAND = tuple(f"{name}_per_1000" for name in TOLD[:3])


@dataclass(frozen=True, slots=True)
class Look:
    """Everything on the page."""

    training: Training
    sessions: int
    topics: list[Topic]
    measured_on: date | None
    ages: list[AgePair]
    met: Pairs | None
    year: int

    @property
    def choice(self) -> Choice:
        """What it is about."""
        return self.training.choice


def _others(_options: Options) -> Parameters:
    return {Field.NEAR: [str(one) for one in OFFERED_KILOMETRES]}


def _find(look: Reading, wanted: Asked, audience: Audience) -> Look:
    kilometres = int(request.args.get(Field.NEAR, KILOMETRES))
    return reach_look(look, wanted.choice, audience, kilometres=kilometres)


def reach_look(look: Reading, choice: Choice, audience: Audience, *, kilometres: int) -> Look:
    """Whom training reaches in a choice's area, and what was held there."""
    area, session, of = choice.area, look.session, look.source
    period = Period(year_before(choice.day), choice.day)
    sessions = sum(sessions_in(session, area, day=choice.day, period=period, of=of).values())
    held = topics_in(session, area, day=choice.day, period=period, of=of)
    skills, measured_on = _skills(look, choice)
    ages, pairs = _ages(look, area, audience)
    return Look(
        training=training_of(look, choice, audience, kilometres=kilometres),
        sessions=sessions,
        topics=topics(held, sessions, skills),
        measured_on=measured_on,
        ages=ages,
        met=pairs,
        year=look.options.days[0].year - 1,
    )


def _skills(look: Reading, choice: Choice) -> tuple[dict[str, Figure], date | None]:
    """At least basic by area of competence; of several counties there is no common measurement."""
    area = choice.area
    found = look.maturity(area.counties[0], choice.day) if len(area.counties) == 1 else None
    if found is None:
        return {}, None
    rows = found.results.skills
    if area.kind is AreaKind.MUNICIPALITY:
        skills = {row.area.value: row.by_municipality.get(area.code, Figure()) for row in rows}
    else:
        skills = {row.area.value: row.figure for row in rows}
    return skills, found.results.round.reference_date


def _ages(look: Reading, area: Area, audience: Audience) -> tuple[list[AgePair], Pairs | None]:
    """Of the last whole year, so that no session can be told by looking before and after it."""
    if area.kind is AreaKind.ALL:
        return [], None
    newest = look.options.days[0]
    period = Period(date(newest.year - 2, 12, 31), date(newest.year - 1, 12, 31))
    county = look.options.area(area.counties[0]) or area
    codes = [
        one.code
        for one in look.options.areas
        if one.kind is AreaKind.MUNICIPALITY and one.counties == area.counties
    ]
    counts = ages_in(look.session, county, day=newest, period=period, of=look.source)
    pairs = meetings_in(look.session, county, day=newest, period=period, of=look.source)
    own = area.code if area.kind is AreaKind.MUNICIPALITY else None
    if audience is Audience.INTERNAL:
        return balance(counts, codes, own=own), met(pairs, codes, own=own)
    k = threshold()
    return public_balance(counts, codes, own=own, k=k), public_met(pairs, codes, own=own, k=k)


def reach_series(look: Look) -> SeriesSpec | None:
    """Reach over time as a picture; None where nothing is known."""
    then = sorted(look.training.over_time, key=lambda one: one.day)
    if not any(one.whole.known for one in then):
        return None
    days = [one.day for one in then]
    return SeriesSpec(
        label=reach_words.finding(look.training),
        days=tuple(days),
        ticks=ticks(days),
        levels=levels(),
        lines=(
            line(gettext("Rural"), RURAL, tuple(one.rural.value for one in then), has_rings=False),
            line(gettext("Urban"), URBAN, tuple(one.urban.value for one in then), has_rings=True),
        ),
        gap=None,
        source="",
    )


def _told(told: Told | None) -> tuple[Cell, ...]:
    if told is None:
        return (None,) * 7
    return (
        told.sessions,
        told.participants,
        told.hours,
        told.inhabitants,
        *(rounded(one) for one in told.per_thousand),
    )


def areas_table(look: Look) -> Table:
    """Every part of the area, as a table for files."""
    training = look.training
    head = (
        "by", "code", "name", "kilometres", "within", "of_inhabitants", "share", "villages",
        "villages_counted", "year", *TOLD, *PER_THOUSAND,
    )  # fmt: skip
    lines: list[tuple[str, Line]] = [
        ("area", training.whole),
        ("group", training.rural),
        ("group", training.urban),
        *(("class", one) for one in training.classes),
        *(("municipality", one) for one in training.municipalities),
    ]
    rows = [
        (
            by, one.key, one.name, training.kilometres, one.reach.numerator,
            one.reach.denominator, rounded(one.reach.value), one.villages, one.placed, look.year,
            *_told(one.held),
        )
        for by, one in lines
    ]  # fmt: skip
    return _table("areas", head, rows, look)


def _years(look: Look) -> Table:
    rows = [
        (one.year, group, *_told(told))
        for one in look.training.years
        for group, told in (("all", one.whole), ("rural", one.rural), ("urban", one.urban))
    ]
    return _table("years", ("year", "group", *TOLD, *PER_THOUSAND), rows, look)


def _over_time(look: Look) -> Table:
    rows = [
        (one.day, group, look.training.kilometres, share.numerator, share.denominator,
         rounded(share.value), blank_of(share))
        for one in look.training.over_time
        for group, share in (("all", one.whole), ("rural", one.rural), ("urban", one.urban))
    ]  # fmt: skip
    head = ("twelve_months_to", "group", "kilometres", "within", "of_inhabitants", "share", "blank")
    return _table("reach", head, rows, look)


def taught_table(look: Look) -> Table:
    """What is taught against what is weak, as a table for files."""
    rows = [
        (one.area.value, one.sessions, look.sessions, rounded(one.part),
         one.figure.share.numerator, one.figure.persons, rounded(one.figure.share.value),
         *((rounded(one.figure.interval.low), rounded(one.figure.interval.high))
           if one.figure.interval else (None, None)))
        for one in look.topics
    ]  # fmt: skip
    head = (
        "digcomp_area", "sessions", "of_sessions", "part", "at_least_basic", "answers", "share",
        "low", "high",
    )  # fmt: skip
    return _table("topics", head, rows, look)


def _age_table(look: Look) -> Table:
    rows = [(" ".join(one.ages), look.year, one.learners, one.helpers) for one in look.ages]
    return _table("ages", ("age", "year", "learners", "helpers"), rows, look)


def _met_table(look: Look) -> Table:
    pairs = look.met or Pairs((), ())
    rows = [
        (" ".join(one.helpers), " ".join(ages), look.year, sessions)
        for one in pairs.rows
        for ages, sessions in zip(pairs.ages, one.sessions, strict=True)
    ]
    return _table("met", ("helpers_age", "learners_age", "year", "sessions"), rows, look)


def _table(name: str, head: tuple[str, ...], rows: Sequence[Sequence[Cell]], look: Look) -> Table:
    training = look.training
    return with_passport(
        name,
        head,
        rows,
        choice=training.choice,
        audience=training.audience,
        source="session_log",
    )


ROOM = Room(
    "reach",
    _find,
    _others,
    {
        "areas": areas_table,
        "years": _years,
        "reach": _over_time,
        "topics": taught_table,
        "ages": _age_table,
        "met": _met_table,
    },
    {"reach": reach_series},
    stamp,
    source,
    blanks=lambda look: blanks_among(look.training.over_time, Beside.reach),
)
ROOMS["reach"] = ROOM


@blueprint.get("/gap/reach", endpoint="reach")
@open_to(PUBLIC)
def reach_page() -> Response:
    """Training reach."""
    return ROOM.page(_page_parts)


def _page_parts(look: Look, _wanted: Asked, _options: Options) -> Mapping[str, object]:
    return {
        "look": look,
        "training": look.training,
        "reach_words": reach_words,
        "distances": reach_words.distances(),
        "blanks": blanks_among(look.training.over_time, Beside.reach),
        "met_heads": _met_heads(look),
    }


def _met_heads(look: Look) -> list[dict[str, str | bool]]:
    ages = look.met.ages if look.met else ()
    learners = [
        {"label": reach_words.ages_name(one), "unit": gettext("learners"), "is_number": True}
        for one in ages
    ]
    return [{"label": gettext("Helpers")}, *learners]
