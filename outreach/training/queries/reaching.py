"""Sessions as far as a person reaches: those of the organisations within their reach."""

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.training.models import Organisation
from outreach.training.session_models import TrainingSession


def in_reach(reach: Reach) -> ColumnElement[bool]:
    """The organisation's own session loggers, its county's staff, and administrators."""
    if reach.is_administrator:
        return true()
    return or_(
        Organisation.id.in_(sorted(reach.organisations)),
        Organisation.county_code.in_(sorted(reach.counties)),
    )


def reachable_session(session: Session, session_id: int, *, reach: Reach) -> TrainingSession | None:
    """A session that the person may change, read again; None outside their reach."""
    query = (
        select(TrainingSession)
        .join(Organisation, Organisation.id == TrainingSession.organisation_id)
        .where(TrainingSession.id == session_id, in_reach(reach))
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def session_with_key(session: Session, key: str, *, user_id: int | None) -> TrainingSession | None:
    """The session that this person stored with a key, or None."""
    query = select(TrainingSession).where(
        TrainingSession.client_key == key, TrainingSession.created_by_id == user_id
    )
    return session.scalars(query).one_or_none()
