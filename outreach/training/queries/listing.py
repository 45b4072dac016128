"""Sessions in lists: the public calendar, the log of those within reach, and those with gaps."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.accounts.rules import Reach
from outreach.database.snapshot import in_portions
from outreach.places.models import Municipality, Village
from outreach.training.models import Organisation, Programme, Venue
from outreach.training.queries.reaching import in_reach
from outreach.training.rules import SessionForm, SessionState
from outreach.training.session_models import SessionChase, TrainingSession
from outreach.web.paging import Paging

Conditions: TypeAlias = tuple[ColumnElement[bool], ...]


class Gap(StrEnum):
    """What a session lacks."""

    NO_HEAD_COUNT = "no_head_count"
    NO_VILLAGE = "no_village"
    STILL_PLANNED = "still_planned"


@dataclass(frozen=True, slots=True)
class SessionFilter:
    """Which sessions are asked for; None for all. `until` is the last day."""

    since: date | None = None
    until: date | None = None
    municipality_code: str | None = None
    organisation_id: int | None = None
    programme_id: int | None = None
    form: SessionForm | None = None
    state: SessionState | None = None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in a list; `learners` is None where nobody counted."""

    id: int
    uid: str
    version: int
    updated_at: datetime
    state: SessionState
    day: date
    starts_at: time | None
    ends_at: time | None
    form: SessionForm | None
    title: str | None
    invitation: str | None
    organisation_id: int
    organisation: str
    village_code: str | None
    village: str | None
    municipality: str | None
    venue: str | None
    address: str | None
    programme: str | None
    learners: int | None
    waiting_list: int | None
    assignee_id: int | None
    assignee: str | None

    def gaps(self, *, today: date) -> list[Gap]:
        """What the session lacks on a day."""
        found = []
        if self.state is SessionState.PLANNED and self.day < today:
            found.append(Gap.STILL_PLANNED)
        if self.state is SessionState.HELD and self.learners is None:
            found.append(Gap.NO_HEAD_COUNT)
        is_somewhere = self.village is not None or self.form is SessionForm.ONLINE
        if not is_somewhere and self.state is not SessionState.CANCELLED and self.day < today:
            found.append(Gap.NO_VILLAGE)
        return found


def public_sessions(session: Session, wanted: SessionFilter) -> list[SessionRow]:
    """The sessions that anybody may know of, in order of time. Visits to homes are not among them.

    Without `learners`: how many came to one session is not for the public.
    """
    is_public = or_(TrainingSession.form.is_(None), TrainingSession.form != SessionForm.HOME_VISIT)
    rows = session.execute(_in_time(_found((is_public, *_conditions(wanted)))))
    return [
        replace(_row(row), learners=None, waiting_list=None, assignee_id=None, assignee=None)
        for row in rows
    ]


def count_sessions(session: Session, wanted: SessionFilter, *, reach: Reach) -> int:
    """How many sessions within reach the filter finds."""
    query = (
        select(func.count(TrainingSession.id))
        .join(Organisation, Organisation.id == TrainingSession.organisation_id)
        .outerjoin(Village, Village.id == TrainingSession.village_id)
        .where(in_reach(reach), *_conditions(wanted))
    )
    return session.scalar(query) or 0


def sessions_within_reach(
    session: Session, wanted: SessionFilter, *, reach: Reach, paging: Paging
) -> list[SessionRow]:
    """A page of the sessions that a person may change, the latest first."""
    query = _log(wanted, reach).limit(paging.size).offset(paging.offset)
    return [_row(row) for row in session.execute(query)]


def all_sessions(session: Session, wanted: SessionFilter, *, reach: Reach) -> Iterator[SessionRow]:
    """The same, every one, as they are read."""
    return in_portions(session, lambda _, rows: [_row(row) for row in rows], _log(wanted, reach))


def sessions_with_gaps(
    session: Session, *, reach: Reach, today: date, assignee_id: int | None = None
) -> list[SessionRow]:
    """Sessions within reach that lack something and are still asked about, the oldest first."""
    no_count = and_(TrainingSession.state == SessionState.HELD, TrainingSession.learners.is_(None))
    no_village = and_(
        TrainingSession.state != SessionState.CANCELLED,
        TrainingSession.day < today,
        TrainingSession.village_id.is_(None),
        func.coalesce(TrainingSession.form, "") != SessionForm.ONLINE.value,
    )
    still_planned = and_(TrainingSession.state == SessionState.PLANNED, TrainingSession.day < today)
    conditions: Conditions = (
        in_reach(reach),
        or_(no_count, no_village, still_planned),
        SessionChase.ended_at.is_(None),
    )
    if assignee_id is not None:
        conditions += (SessionChase.assignee_id == assignee_id,)
    return [_row(row) for row in session.execute(_in_time(_found(conditions)))]


def _conditions(wanted: SessionFilter) -> Conditions:
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(TrainingSession.day >= wanted.since)
    if wanted.until is not None:
        found.append(TrainingSession.day <= wanted.until)
    equal = (
        (Village.municipality_code, wanted.municipality_code),
        (TrainingSession.organisation_id, wanted.organisation_id),
        (TrainingSession.programme_id, wanted.programme_id),
        (TrainingSession.form, wanted.form),
        (TrainingSession.state, wanted.state),
    )
    found += [column == value for column, value in equal if value is not None]
    return tuple(found)


def _log(wanted: SessionFilter, reach: Reach) -> Select[*tuple[object, ...]]:
    return _found((in_reach(reach), *_conditions(wanted))).order_by(
        TrainingSession.day.desc(),
        TrainingSession.starts_at.desc(),
        TrainingSession.id.desc(),
    )


def _in_time(query: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
    return query.order_by(
        TrainingSession.day, TrainingSession.starts_at.nulls_first(), TrainingSession.id
    )


def _row(row: Row[*tuple[object, ...]]) -> SessionRow:
    return SessionRow(**row._asdict())


def _found(conditions: Conditions) -> Select[*tuple[object, ...]]:
    return (
        select(
            TrainingSession.id,
            TrainingSession.uid,
            TrainingSession.version,
            TrainingSession.updated_at,
            TrainingSession.state,
            TrainingSession.day,
            TrainingSession.starts_at,
            TrainingSession.ends_at,
            TrainingSession.form,
            TrainingSession.title,
            TrainingSession.invitation,
            TrainingSession.organisation_id,
            Organisation.name.label("organisation"),
            Village.code.label("village_code"),
            Village.name.label("village"),
            Municipality.name.label("municipality"),
            Venue.name.label("venue"),
            Venue.address,
            Programme.name.label("programme"),
            TrainingSession.learners,
            TrainingSession.waiting_list,
            SessionChase.assignee_id,
            User.name.label("assignee"),
        )
        .join(Organisation, Organisation.id == TrainingSession.organisation_id)
        .outerjoin(Village, Village.id == TrainingSession.village_id)
        .outerjoin(Municipality, Municipality.code == Village.municipality_code)
        .outerjoin(Venue, Venue.id == TrainingSession.venue_id)
        .outerjoin(Programme, Programme.id == TrainingSession.programme_id)
        .outerjoin(SessionChase, SessionChase.session_id == TrainingSession.id)
        .outerjoin(User, User.id == SessionChase.assignee_id)
        .where(*conditions)
    )
