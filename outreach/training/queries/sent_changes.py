"""Reads of changes that devices sent, and of sessions with two versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.training import sent_rules
from outreach.training.sent_models import SentChange
from outreach.training.sent_rules import ChangeState, Fields


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """A change that waits for a person to pick: what it says, and who sent it when."""

    id: int
    session_id: int
    fields: Fields
    base: Fields | None
    sent_by: str
    sent_at: datetime


def change_with_key(session: Session, key: str, *, user_id: int) -> SentChange | None:
    """The change that this person sent with a key, or None."""
    return session.scalars(
        select(SentChange).where(SentChange.key == key, SentChange.user_id == user_id)
    ).one_or_none()


def held_versions(session: Session, session_id: int) -> list[HeldVersion]:
    """What is held for a session, oldest first."""
    rows = session.execute(
        select(
            SentChange.id,
            SentChange.session_id,
            SentChange.fields,
            SentChange.base,
            User.name,
            SentChange.sent_at,
        )
        .join(User, User.id == SentChange.user_id)
        .where(SentChange.session_id == session_id, SentChange.state == ChangeState.HELD)
        .order_by(SentChange.id)
    )
    return [
        HeldVersion(
            id=row.id,
            session_id=row.session_id,
            fields=sent_rules.read(row.fields),
            base=None if row.base is None else sent_rules.read(row.base),
            sent_by=row.name or "",
            sent_at=row.sent_at,
        )
        for row in rows
    ]


def with_two_versions(session: Session, session_ids: Iterable[int]) -> frozenset[int]:
    """Those of the sessions that wait for a person to pick."""
    return frozenset(
        session.scalars(
            select(SentChange.session_id)
            .where(
                SentChange.session_id.in_(sorted(session_ids)),
                SentChange.state == ChangeState.HELD,
            )
            .distinct()
        )
    )
