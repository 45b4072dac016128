"""What the register does each day by itself: ask contacts, and close what has merged."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import NOBODY
from outreach.associations.commands.recording import Author
from outreach.associations.commands.succession import close_if_due
from outreach.associations.models import Succession
from outreach.associations.rules import SuccessionKind
from outreach.associations.still_you import ask_contacts
from outreach.database import transaction


def look_after(session: Session, *, today: date, now: datetime) -> int:
    """Close associations whose merger takes effect, then ask contacts; how many are asked."""
    with transaction(session):
        due = session.scalars(
            select(Succession)
            .where(
                Succession.kind == SuccessionKind.MERGE,
                Succession.takes_effect <= today,
                Succession.status_before.is_(None),
                Succession.undone_at.is_(None),
            )
            .order_by(Succession.id)
        ).all()
        for made in due:
            close_if_due(session, made, today=today, by=Author(NOBODY, now))
    return ask_contacts(session, today=today, now=now)
