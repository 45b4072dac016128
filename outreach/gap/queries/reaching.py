"""Training in an area, by SQL: whom it reaches, what was held, and about what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import ColumnElement, Select, case, exists, extract, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from outreach.connections.models import VillageStatus
from outreach.database.spatial import near_point
from outreach.gap.queries.area import PERMANENT, within
from outreach.gap.queries.sources import PRESENT, Source
from outreach.gap.rules import Area
from outreach.measures.classes import (
    LARGE_TATORT_INHABITANTS,
    FineClass,
    SettlementClass,
    fine_class_of,
)
from outreach.measures.digcomp import DigCompArea
from outreach.measures.rates import Share
from outreach.measures.reach import Activity, ReachSum
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME
from outreach.training.models import Organisation
from outreach.training.rules import SessionForm, SessionState
from outreach.training.session_models import TrainingSession


@dataclass(frozen=True, slots=True)
class Period:
    """After one day, up to and with another."""

    after: date
    until: date


@dataclass(frozen=True, slots=True)
class YearSum:
    """What one village held in one calendar year."""

    year: int
    village_id: int
    county_code: str
    municipality_code: str
    fine_class: FineClass
    activity: Activity


@dataclass(frozen=True, slots=True)
class Reached:
    """One village: its people, and whether a session was held within reach. None is unknown."""

    code: str
    inhabitants: int | None
    is_within: bool | None

    @property
    def share(self) -> Share:
        """Its inhabitants within reach, of all: every one or none, as they live at its point."""
        if self.inhabitants is None or self.is_within is None:
            return Share(None, None)
        return Share(self.inhabitants if self.is_within else 0, self.inhabitants)


def reach_sums(
    session: Session,
    area: Area,
    *,
    day: date,
    period: Period,
    metres: int,
    of: Source = PRESENT,
) -> list[ReachSum]:
    """Inhabitants within reach by municipality and fine class; villages as they were on the day."""
    status = of.rows
    placed = _is_placed(status)
    size = _size(status)
    keys = (status.municipality_code, MUNICIPALITY_NAME, status.settlement_class)
    rows = session.execute(
        select(
            *keys,
            size.label("size"),
            func.count().label("villages"),
            func.sum(case((placed, 1), else_=0)).label("placed"),
            func.sum(case((placed, status.inhabitants))).label("inhabitants"),
            func.sum(
                case((placed & _is_within(period, metres, of.log.sessions), status.inhabitants))
            ).label("within"),
        )
        .join(Village, Village.id == status.village_id)
        .join(Municipality, Municipality.code == status.municipality_code)
        .where(within(area, status), status.reference_date == day)
        .group_by(*keys, size)
        .order_by(status.municipality_code, status.settlement_class, size)
    )
    return [
        ReachSum(
            municipality_code=row.municipality_code,
            municipality_name=row.name,
            fine_class=_fine(row.settlement_class, row.size),
            villages=row.villages,
            placed=int(row.placed),
            inhabitants=None if row.inhabitants is None else int(row.inhabitants),
            within=None if row.within is None else int(row.within),
        )
        for row in rows
    ]


def reached_villages(
    session: Session,
    area: Area,
    *,
    day: date,
    period: Period,
    metres: int,
    of: Source = PRESENT,
) -> list[Reached]:
    """Every village of the area with its inhabitants and whether training is within reach."""
    status = of.rows
    is_within = _is_within(period, metres, of.log.sessions)
    rows = session.execute(
        select(
            Village.code,
            status.inhabitants,
            case((Village.point.is_(None), None), (is_within, 1), else_=0).label("is_within"),
        )
        .join(Village, Village.id == status.village_id)
        .where(within(area, status), status.reference_date == day)
        .order_by(Village.code)
    )
    return [
        Reached(row.code, row.inhabitants, None if row.is_within is None else bool(row.is_within))
        for row in rows
    ]


def counties_with_sessions(
    session: Session, period: Period, *, of: Source = PRESENT
) -> frozenset[str]:
    """The counties where anybody logged a held session in the period."""
    sessions = of.log.sessions
    query = (
        select(Organisation.county_code)
        .join(sessions, sessions.organisation_id == Organisation.id)
        .where(*_held(period, sessions))
        .distinct()
    )
    return frozenset(session.scalars(query))


def year_sums(
    session: Session, counties: Iterable[str], *, day: date, of: Source = PRESENT
) -> list[YearSum]:
    """What was held in the counties by year and village, with its class on the day."""
    status, sessions = of.rows, of.log.sessions
    year = extract("year", sessions.day)
    size = _size(status)
    place = (status.county_code, status.municipality_code, status.settlement_class)
    rows = session.execute(
        select(
            year.label("year"),
            status.village_id,
            *place,
            size.label("size"),
            func.count().label("sessions"),
            func.count(sessions.learners).label("counted"),
            func.sum(sessions.learners).label("participants"),
            func.sum(sessions.learners * _minutes(sessions)).label("minutes"),
        )
        .join(status, status.village_id == sessions.village_id)
        .where(
            status.dwelling_type == PERMANENT,
            status.reference_date == day,
            status.county_code.in_(sorted(counties)),
            *_countable(sessions),
        )
        .group_by(year, status.village_id, *place, size)
        .order_by(year, status.village_id)
    )
    return [
        YearSum(
            int(row.year),
            row.village_id,
            row.county_code,
            row.municipality_code,
            _fine(row.settlement_class, row.size),
            Activity(
                row.sessions,
                row.counted,
                None if row.participants is None else int(row.participants),
                None if row.minutes is None else int(row.minutes),
            ),
        )
        for row in rows
    ]


def sessions_in(
    session: Session, area: Area, *, day: date, period: Period, of: Source = PRESENT
) -> dict[str, int]:
    """How many sessions were held in the period, by municipality; those with none are not in it."""
    code = of.rows.municipality_code
    query = sessions_held(area, day, period, of).add_columns(code, func.count().label("sessions"))
    rows = session.execute(query.group_by(code))
    return {row.municipality_code: row.sessions for row in rows}


def topics_in(
    session: Session, area: Area, *, day: date, period: Period, of: Source = PRESENT
) -> dict[DigCompArea, int]:
    """How many of the sessions were about each area of competence; one may be about several."""
    topic = of.log.topics
    query = (
        sessions_held(area, day, period, of)
        .join(topic, topic.session_id == of.log.sessions.id)
        .add_columns(topic.area, func.count().label("sessions"))
        .group_by(topic.area)
    )
    return {row.area: row.sessions for row in session.execute(query)}


def training_stamp(session: Session) -> tuple[int, str]:
    """Something that changes whenever a session is logged, changed or removed."""
    count, newest = session.execute(
        select(func.count(TrainingSession.id), func.max(TrainingSession.updated_at))
    ).one()
    return count, str(newest)


def sessions_held(area: Area, day: date, period: Period, of: Source) -> Select[*tuple[object, ...]]:
    """What was held in the area's villages in the period; columns are to be added."""
    sessions, status = of.log.sessions, of.rows
    return (
        select()
        .select_from(sessions)
        .join(status, status.village_id == sessions.village_id)
        .where(within(area, status), status.reference_date == day, *_held(period, sessions))
    )


def _held(period: Period, sessions: type[TrainingSession]) -> tuple[ColumnElement[bool], ...]:
    return (*_countable(sessions), sessions.day > period.after, sessions.day <= period.until)


def _countable(sessions: type[TrainingSession]) -> tuple[ColumnElement[bool], ...]:
    form = sessions.form
    return (
        sessions.state == SessionState.HELD,
        or_(form.is_(None), form != SessionForm.HOME_VISIT),
    )


def _is_within(period: Period, metres: int, sessions: type[TrainingSession]) -> ColumnElement[bool]:
    there = aliased(Village)
    # The sessions are looked up place by place, by their index, once the places near are known;
    # a list of all places with sessions would be made anew for every village.
    is_near = exists().where(
        near_point(there.point, Village.point, metres),
        sessions.village_id == there.id,
        *_held(period, sessions),
    )
    return is_near.correlate(Village)


def _is_placed(status: type[VillageStatus]) -> ColumnElement[bool]:
    return Village.point.is_not(None) & status.inhabitants.is_not(None)


def _size(status: type[VillageStatus]) -> ColumnElement[int]:
    inhabitants = status.inhabitants
    return case(
        (inhabitants.is_(None), -1),
        (inhabitants >= LARGE_TATORT_INHABITANTS, LARGE_TATORT_INHABITANTS),
        else_=0,
    )


def _fine(settlement_class: SettlementClass | None, size: int) -> FineClass:
    return fine_class_of(settlement_class, inhabitants=None if size < 0 else size)


def _minutes(sessions: type[TrainingSession]) -> ColumnElement[int]:
    def of(column: InstrumentedAttribute[time | None]) -> ColumnElement[int]:
        return extract("hour", column) * 60 + extract("minute", column)

    return of(sessions.ends_at) - of(sessions.starts_at)
