"""Programmes with what was held in them, and venues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.database.ordering import swedish_order
from outreach.measures.digcomp import DigCompArea
from outreach.places.models import County, Municipality, Village
from outreach.training.models import Organisation, Programme, ProgrammeArea, Venue
from outreach.training.register_rules import PilotEntry, ProgrammeKind
from outreach.training.rules import SessionForm, SessionState
from outreach.training.session_models import SessionCheck, TrainingSession


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


@dataclass(frozen=True, slots=True)
class HalfYear:
    """What was held in half a year: sessions, those that were counted, and the learners in them."""

    year: int
    half: int
    sessions: int
    counted: int
    learners: int | None

    def is_over(self, today: date) -> bool:
        """Whether no further session can belong to it."""
        return (self.year, self.half) < (today.year, _half(today))


@dataclass(frozen=True, slots=True)
class CheckTotal:
    """Over a programme's sessions: how many answered and how many manage an area, by moment.

    Summed over the sessions in which both moments were asked.
    """

    area: DigCompArea
    before_answered: int
    before: int
    after_answered: int
    after: int

    @property
    def before_share(self) -> float | None:
        """The share that managed the area before; None where nobody answered."""
        return self.before / self.before_answered if self.before_answered else None

    @property
    def after_share(self) -> float | None:
        """The share that managed it after."""
        return self.after / self.after_answered if self.after_answered else None

    @property
    def gain(self) -> float | None:
        """The difference in percentage points; None where either share is undefined."""
        if self.before_share is None or self.after_share is None:
            return None
        return (self.after_share - self.before_share) * 100


@dataclass(frozen=True, slots=True)
class PlanKept:
    """What became of all the sessions that were ever planned or logged in a programme.

    `unlogged` are past and still planned: whether they were held is not known.
    """

    held: int
    cancelled: int
    to_come: int
    unlogged: int

    @property
    def planned(self) -> int:
        """All of them."""
        return self.held + self.cancelled + self.to_come + self.unlogged


def plan_kept(session: Session, programme_id: int, *, today: date) -> PlanKept:
    """The plan of a programme against what became of it; without visits to homes."""
    is_past = TrainingSession.day < today
    form = TrainingSession.form
    rows = session.execute(
        select(TrainingSession.state, is_past.label("is_past"), func.count().label("number"))
        .where(
            TrainingSession.programme_id == programme_id,
            or_(form.is_(None), form != SessionForm.HOME_VISIT),
        )
        .group_by(TrainingSession.state, is_past)
    )
    found: dict[tuple[SessionState, bool], int] = {
        (row.state, bool(row.is_past)): row.number for row in rows
    }

    def of(state: SessionState) -> int:
        return found.get((state, False), 0) + found.get((state, True), 0)

    return PlanKept(
        held=of(SessionState.HELD),
        cancelled=of(SessionState.CANCELLED),
        to_come=found.get((SessionState.PLANNED, False), 0),
        unlogged=found.get((SessionState.PLANNED, True), 0),
    )


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


def half_years(session: Session, programme_id: int) -> list[HalfYear]:
    """What was held in a programme, by half-year, the first one first."""
    rows = session.execute(
        select(TrainingSession.day, TrainingSession.learners)
        .where(
            TrainingSession.programme_id == programme_id,
            TrainingSession.state == SessionState.HELD,
        )
        .order_by(TrainingSession.day, TrainingSession.id)
    )
    found: dict[tuple[int, int], list[int | None]] = {}
    for day, learners in rows:
        found.setdefault((day.year, _half(day)), []).append(learners)
    return [_half_year(key, counts) for key, counts in found.items()]


def check_totals(session: Session, programme_id: int) -> list[CheckTotal]:
    """The self-checks of a programme, area by area in their order."""
    rows = session.execute(
        select(
            SessionCheck.area,
            func.sum(TrainingSession.before_answered),
            func.sum(SessionCheck.before_managed),
            func.sum(TrainingSession.after_answered),
            func.sum(SessionCheck.after_managed),
        )
        .join(TrainingSession, TrainingSession.id == SessionCheck.session_id)
        .where(
            TrainingSession.programme_id == programme_id,
            SessionCheck.before_managed.is_not(None),
            SessionCheck.after_managed.is_not(None),
        )
        .group_by(SessionCheck.area)
    )
    by_area = {
        area: CheckTotal(area, before_answered or 0, before or 0, after_answered or 0, after or 0)
        for area, before_answered, before, after_answered, after in rows
    }
    return [by_area[area] for area in DigCompArea if area in by_area]


def _half(day: date) -> int:
    return 1 if day.month <= 6 else 2


def _half_year(key: tuple[int, int], counts: Sequence[int | None]) -> HalfYear:
    known = [count for count in counts if count is not None]
    return HalfYear(*key, len(counts), len(known), sum(known) if known else None)


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
            measured_before=held.measured_before,
            measured_after=held.measured_after,
            outcome=held.outcome,
            reasons=held.reasons,
            decided_on=held.decided_on,
        ),
        is_demonstration=held.is_demonstration,
        areas=tuple(area for area in DigCompArea if area in areas),
    )


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A venue with its village; None is "not known"."""

    id: int
    version: int
    name: str
    address: str | None
    is_accessible: bool | None
    has_network: bool | None
    loan_computers: int | None
    village_code: str
    village: str
    municipality_code: str
    municipality: str


def venues(session: Session, *, venue_id: int | None = None) -> list[VenueRow]:
    """All venues by municipality and village, or the one named."""
    rows = session.execute(
        select(
            Venue.id,
            Venue.version,
            Venue.name,
            Venue.address,
            Venue.is_accessible,
            Venue.has_network,
            Venue.loan_computers,
            Village.code.label("village_code"),
            Village.name.label("village"),
            Municipality.code.label("municipality_code"),
            Municipality.name.label("municipality"),
        )
        .join(Village, Village.id == Venue.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(true() if venue_id is None else Venue.id == venue_id)
        .order_by(
            swedish_order(Municipality.name),
            swedish_order(Village.name),
            swedish_order(Venue.name),
            Venue.id,
        )
    )
    return [VenueRow(**row._asdict()) for row in rows]


def reachable_venue(session: Session, venue_id: int, *, counties: Sequence[str]) -> Venue | None:
    """A venue in one of the counties, read again."""
    query = (
        select(Venue)
        .join(Village, Village.id == Venue.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(Venue.id == venue_id, Municipality.county_code.in_(counties))
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()
