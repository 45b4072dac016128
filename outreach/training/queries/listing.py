"""Sessions in lists: the public calendar, and the log of those within reach."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.accounts.rules import Reach
from outreach.database.snapshot import in_portions
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME
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
    asked_note: str | None

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
    rows = session.execute(in_time(found((is_public, *_conditions(wanted)))))
    return [
        replace(
            row_of(row),
            learners=None,
            waiting_list=None,
            assignee_id=None,
            assignee=None,
            asked_note=None,
        )
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
    return [row_of(row) for row in session.execute(query)]


def all_sessions(session: Session, wanted: SessionFilter, *, reach: Reach) -> Iterator[SessionRow]:
    """The same, every one, as they are read."""
    return in_portions(session, lambda _, rows: [row_of(row) for row in rows], _log(wanted, reach))


def _conditions(wanted: SessionFilter) -> Conditions:
    wants: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        wants.append(TrainingSession.day >= wanted.since)
    if wanted.until is not None:
        wants.append(TrainingSession.day <= wanted.until)
    equal = (
        (Village.municipality_code, wanted.municipality_code),
        (TrainingSession.organisation_id, wanted.organisation_id),
        (TrainingSession.programme_id, wanted.programme_id),
        (TrainingSession.form, wanted.form),
        (TrainingSession.state, wanted.state),
    )
    wants += [column == value for column, value in equal if value is not None]
    return tuple(wants)


def _log(wanted: SessionFilter, reach: Reach) -> Select[*tuple[object, ...]]:
    return found((in_reach(reach), *_conditions(wanted))).order_by(
        TrainingSession.day.desc(),
        TrainingSession.starts_at.desc(),
        TrainingSession.id.desc(),
    )


def in_time(query: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
    """Sessions in order of time."""
    return query.order_by(
        TrainingSession.day, TrainingSession.starts_at.nulls_first(), TrainingSession.id
    )


def row_of(row: Row[*tuple[object, ...]]) -> SessionRow:
    """A session as it was found."""
    return SessionRow(**row._asdict())


def found(conditions: Conditions) -> Select[*tuple[object, ...]]:
    """The sessions that meet the conditions, with all that a list says of them."""
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
            MUNICIPALITY_NAME.label("municipality"),
            Venue.name.label("venue"),
            Venue.address,
            Programme.name.label("programme"),
            TrainingSession.learners,
            TrainingSession.waiting_list,
            SessionChase.assignee_id,
            User.name.label("assignee"),
            SessionChase.note.label("asked_note"),
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
