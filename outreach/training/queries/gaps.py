"""Sessions that lack something: who looks after them, and which are asked about no more."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.training.models import Organisation
from outreach.training.queries.listing import (
    Conditions,
    Gap,
    SessionRow,
    found,
    in_time,
    row_of,
)
from outreach.training.queries.reaching import in_reach
from outreach.training.rules import SessionForm, SessionState
from outreach.training.session_models import SessionChase, TrainingSession
from outreach.web.paging import Paging


@dataclass(frozen=True, slots=True)
class GapFilter:
    """Which gaps are asked for; None for all. `is_ended` are those asked about no more."""

    organisation_id: int | None = None
    gap: Gap | None = None
    assignee_id: int | None = None
    is_unassigned: bool = False
    is_ended: bool = False


def count_gaps(session: Session, wanted: GapFilter, *, reach: Reach, today: date) -> int:
    """How many sessions within reach the filter finds."""
    query = (
        select(func.count(TrainingSession.id))
        .join(Organisation, Organisation.id == TrainingSession.organisation_id)
        .outerjoin(SessionChase, SessionChase.session_id == TrainingSession.id)
        .where(in_reach(reach), *_conditions(wanted, today))
    )
    return session.scalar(query) or 0


def sessions_with_gaps(
    session: Session,
    wanted: GapFilter,
    *,
    reach: Reach,
    today: date,
    paging: Paging | None = None,
) -> list[SessionRow]:
    """The sessions within reach that lack something, the oldest first; all without a page."""
    query = in_time(found((in_reach(reach), *_conditions(wanted, today))))
    if paging is not None:
        query = query.limit(paging.size).offset(paging.offset)
    return [row_of(row) for row in session.execute(query)]


def _conditions(wanted: GapFilter, today: date) -> Conditions:
    lacks = _lacks(today)
    wants: list[ColumnElement[bool]] = [
        or_(*lacks.values()) if wanted.gap is None else lacks[wanted.gap],
        SessionChase.ended_at.is_not(None) if wanted.is_ended else SessionChase.ended_at.is_(None),
    ]
    if wanted.organisation_id is not None:
        wants.append(TrainingSession.organisation_id == wanted.organisation_id)
    if wanted.assignee_id is not None:
        wants.append(SessionChase.assignee_id == wanted.assignee_id)
    if wanted.is_unassigned:
        wants.append(SessionChase.assignee_id.is_(None))
    return tuple(wants)


def _lacks(today: date) -> dict[Gap, ColumnElement[bool]]:
    return {
        Gap.NO_HEAD_COUNT: and_(
            TrainingSession.state == SessionState.HELD, TrainingSession.learners.is_(None)
        ),
        Gap.NO_VILLAGE: and_(
            TrainingSession.state != SessionState.CANCELLED,
            TrainingSession.day < today,
            TrainingSession.village_id.is_(None),
            func.coalesce(TrainingSession.form, "") != SessionForm.ONLINE.value,
        ),
        Gap.STILL_PLANNED: and_(
            TrainingSession.state == SessionState.PLANNED, TrainingSession.day < today
        ),
    }
