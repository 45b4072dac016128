"""Whether the register holds demonstration associations."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.associations.models import Association


def has_demonstration(session: Session) -> bool:
    """Whether any association is made up for demonstration, so that pages must say so."""
    query = select(Association.id).where(Association.is_demonstration.is_(True)).limit(1)
    return session.scalars(query).first() is not None
