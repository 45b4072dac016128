"""Maturity and training reach in the place of a rate of connection, read and kept."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import request
from sqlalchemy.orm import Session

from outreach.gap.beside_maturity import Surveyed, maturity_by_village, with_maturity
from outreach.gap.beside_reach import with_reach
from outreach.gap.forms import Field
from outreach.gap.queries.reaching import (
    Period,
    Reached,
    counties_with_sessions,
    reach_sums,
    reached_villages,
    training_stamp,
)
from outreach.gap.queries.sources import Source, source_known
from outreach.gap.reach import periods_up_to
from outreach.gap.results import Findings
from outreach.gap.rules import Area, AreaKind, Beside, Choice
from outreach.gap.views.measuring import measured_in, stamp
from outreach.maturity.latest import rounds_up_to
from outreach.measures.rates import Share
from outreach.measures.reach import ReachSum
from outreach.places.rules import VillagePlace
from outreach.web import kept


@dataclass(frozen=True, slots=True)
class ReachRead:
    """Who has training near them now, and by period; `logged` are the counties with sessions."""

    villages: Sequence[Reached]
    periods: dict[Period, Sequence[ReachSum]]
    logged: dict[Period, frozenset[str]]


def beside_stamp() -> Hashable:
    """What kept bytes depend on besides the version, by the measure the address asks for."""
    return stamp() if request.args.get(Field.MEASURE) == Beside.reach else ()


def shown_beside(session: Session, found: Findings, *, version: int) -> Findings:
    """The findings about what the choice has beside connection; unchanged where it has nothing."""
    choice = found.choice
    if choice.beside is Beside.maturity:
        counties = {
            county: _surveyed(session, county, choice, version=version)
            for county in choice.area.counties
        }
        return with_maturity(found, counties)
    if choice.beside is Beside.reach:
        read = _reach(session, choice, version=version)
        return with_reach(found, read.villages, read.periods, read.logged)
    return found


def _surveyed(session: Session, county: str, choice: Choice, *, version: int) -> Surveyed | None:
    rounds = rounds_up_to(session, county, choice.day, known_on=choice.known_on)
    if not rounds:
        return None
    earlier = [measured_in(session, one, version=version) for one in rounds[1:2]]
    return Surveyed(measured_in(session, rounds[0], version=version), tuple(rounds), earlier)


def _reach(session: Session, choice: Choice, *, version: int) -> ReachRead:
    """Kept in this process: page, map, values and files of a choice ask for the same."""
    known_on = choice.known_on
    return kept.fact(
        ("reach beside", choice.area.code, choice.near, known_on is None),
        hash((version, choice.day, known_on, training_stamp(session))),
        build=lambda: _read(session, choice, of=source_known(known_on)),
    )


def _read(session: Session, choice: Choice, *, of: Source) -> ReachRead:
    area, day, metres = choice.area, choice.day, choice.near * 1000
    periods = periods_up_to(day)
    return ReachRead(
        villages=reached_villages(session, area, day=day, period=periods[0], metres=metres, of=of),
        periods={
            one: reach_sums(session, area, day=day, period=one, metres=metres, of=of)
            for one in periods
        },
        logged={one: counties_with_sessions(session, one, of=of) for one in periods},
    )


def history_of(
    session: Session, place: VillagePlace, choice: Choice, *, version: int
) -> list[tuple[date, Share]]:
    """A village's share in every survey, or in every twelve months; oldest first."""
    if choice.beside is Beside.maturity:
        rounds = rounds_up_to(session, place.county_code, choice.day, known_on=choice.known_on)
        shown = [
            (one.reference_date, maturity_by_village(measured_in(session, one, version=version)))
            for one in reversed(rounds)
        ]
        return [(day, shares[place.code]) for day, shares in shown if place.code in shares]
    area = Area(
        place.municipality_code,
        place.municipality_name,
        AreaKind.MUNICIPALITY,
        (place.county_code,),
    )
    points, metres, of = [], choice.near * 1000, source_known(choice.known_on)
    for period in reversed(periods_up_to(choice.day)):
        if place.county_code not in counties_with_sessions(session, period, of=of):
            continue
        found = reached_villages(session, area, day=choice.day, period=period, metres=metres, of=of)
        points += [(period.until, one.share) for one in found if one.code == place.code]
    return points
