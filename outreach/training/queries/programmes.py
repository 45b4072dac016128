"""Programmes with their areas."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.database.ordering import swedish_order
from outreach.measures.digcomp import DigCompArea
from outreach.places.models import County
from outreach.training.models import Organisation, Programme, ProgrammeArea
from outreach.training.register_rules import PilotEntry, ProgrammeKind


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme with its areas in their order."""

    id: int
    version: int
    name: str
    kind: ProgrammeKind
    county_code: str
    county: str
    organisation_id: int | None
    organisation: str | None
    aim: str | None
    starts_on: date | None
    ends_on: date | None
    partners: str | None
    target_groups: str | None
    pilot: PilotEntry
    is_demonstration: bool
    areas: tuple[DigCompArea, ...]


def programmes(session: Session, kind: ProgrammeKind | None = None) -> list[ProgrammeRow]:
    """All programmes, those that run or ran last first."""
    return _programmes(session, true() if kind is None else Programme.kind == kind)


def programme(session: Session, programme_id: int) -> ProgrammeRow | None:
    """One programme."""
    found = _programmes(session, Programme.id == programme_id)
    return found[0] if found else None


def reachable_programme(session: Session, programme_id: int, *, reach: Reach) -> Programme | None:
    """A programme of a county that the person handles, read again."""
    in_county = Programme.county_code.in_(sorted(reach.counties))
    query = (
        select(Programme)
        .where(Programme.id == programme_id, true() if reach.is_administrator else in_county)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def _programmes(session: Session, condition: ColumnElement[bool]) -> list[ProgrammeRow]:
    rows = session.execute(
        select(Programme, Organisation.name.label("organisation"), County.name.label("county"))
        .join(County, County.code == Programme.county_code)
        .outerjoin(Organisation, Organisation.id == Programme.organisation_id)
        .where(condition)
        .order_by(
            Programme.ends_on.desc().nulls_first(), swedish_order(Programme.name), Programme.id
        )
        .execution_options(populate_existing=True)
    ).all()
    areas: dict[int, set[DigCompArea]] = {}
    for key, area in session.execute(select(ProgrammeArea.programme_id, ProgrammeArea.area)):
        areas.setdefault(key, set()).add(area)
    return [
        _row(row.Programme, row.organisation, row.county, areas.get(row.Programme.id, set()))
        for row in rows
    ]


def _row(
    held: Programme, organisation: str | None, county: str, areas: set[DigCompArea]
) -> ProgrammeRow:
    return ProgrammeRow(
        id=held.id,
        version=held.version,
        name=held.name,
        kind=held.kind,
        county_code=held.county_code,
        county=county,
        organisation_id=held.organisation_id,
        organisation=organisation,
        aim=held.aim,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        partners=held.partners,
        target_groups=held.target_groups,
        pilot=PilotEntry(
            question=held.question,
            plan=held.plan,
            planned_sessions=held.planned_sessions,
            measured_before=held.measured_before,
            measured_after=held.measured_after,
            result_before=held.result_before,
            result_after=held.result_after,
            outcome=held.outcome,
            reasons=held.reasons,
            decided_on=held.decided_on,
        ),
        is_demonstration=held.is_demonstration,
        areas=tuple(area for area in DigCompArea if area in areas),
    )
