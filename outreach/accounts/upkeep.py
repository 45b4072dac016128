"""What the worker removes when it no longer counts."""

from datetime import datetime

from sqlalchemy.orm import Session

from outreach.accounts import session_rows, throttle
from outreach.database import transaction


def forget_expired(session: Session, *, now: datetime) -> int:
    """Remove sessions that are over and sign-in attempts older than a day; how many rows."""
    with transaction(session):
        return session_rows.forget_expired(session, now=now) + throttle.forget(session, now=now)
