"""Signed-in sessions as rows: only the hash of the cookie's identifier is ever stored."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from outreach.accounts.models import User, UserSession
from outreach.tokens import hashed

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=14)
HALF_WAY = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=5)
TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class StoredSession:
    """What the database keeps of the session behind a cookie."""

    id: int
    user_id: int
    data: str
    is_signed_in: bool
    is_remembered: bool
    created_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to begin. One not signed in yet only holds the way to the second factor."""

    user_id: int
    data: str
    device: str
    is_signed_in: bool = True
    is_remembered: bool = False


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One line of the list of a person's own sessions."""

    id: int
    device: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    is_this: bool


def find(session: Session, token: str, *, now: datetime) -> StoredSession | None:
    """The living session that a cookie's identifier stands for."""
    row = session.execute(
        select(
            UserSession.id,
            UserSession.user_id,
            UserSession.data,
            UserSession.is_signed_in,
            UserSession.is_remembered,
            UserSession.created_at,
            UserSession.last_seen_at,
        ).where(UserSession.token_hash == hashed(token), UserSession.expires_at > now)
    ).one_or_none()
    return None if row is None else StoredSession(*row)


def owner(session: Session, uniquifier: str) -> int | None:
    """The active user whose present identity a session names; None once that was replaced."""
    return session.scalar(
        select(User.id).where(User.fs_uniquifier == uniquifier, User.active.is_(True))
    )


def begin(
    session: Session, new: NewSession, *, now: datetime, instead_of: int | None = None
) -> str:
    """Store a session under a fresh identifier, which is returned and kept nowhere else.

    `instead_of` is the session that ends with it: an identifier never survives a sign-in. The
    person's expired sessions go at the same time.
    """
    session.execute(
        delete(UserSession).where(UserSession.user_id == new.user_id, UserSession.expires_at <= now)
    )
    if instead_of is not None:
        session.execute(delete(UserSession).where(UserSession.id == instead_of))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        UserSession(
            token_hash=hashed(token),
            user_id=new.user_id,
            data=new.data,
            device=new.device,
            is_signed_in=new.is_signed_in,
            is_remembered=new.is_remembered,
            created_at=now,
            last_seen_at=now,
            expires_at=expiry(new, created_at=now, now=now),
        )
    )
    session.flush()
    return token


def expiry(state: NewSession | StoredSession, *, created_at: datetime, now: datetime) -> datetime:
    """When a session used now ends: half a day unused or two weeks old, whichever comes first.

    A remembered session may rest unused for its whole two weeks.
    """
    if not state.is_signed_in:
        return created_at + HALF_WAY
    end = created_at + ABSOLUTE
    return end if state.is_remembered else min(end, now + IDLE)


def keep(session: Session, stored: StoredSession, *, data: str, now: datetime) -> bool:
    """Write what the session holds now; False when it was ended meanwhile, and stays so."""
    done = session.execute(
        update(UserSession)
        .where(UserSession.id == stored.id)
        .values(
            data=data,
            last_seen_at=now,
            expires_at=expiry(stored, created_at=stored.created_at, now=now),
        )
        .returning(UserSession.id)
    )
    return done.first() is not None


def end(session: Session, session_id: int) -> None:
    """End one session."""
    session.execute(delete(UserSession).where(UserSession.id == session_id))


def end_own(session: Session, session_id: int, *, user_id: int) -> bool:
    """End one of a person's own sessions; False when it is not theirs."""
    done = session.execute(
        delete(UserSession)
        .where(UserSession.id == session_id, UserSession.user_id == user_id)
        .returning(UserSession.id)
    )
    return done.first() is not None


def end_all(session: Session, user_id: int, *, but: int | None = None) -> int:
    """End a person's sessions on every device, except the one named; how many there were."""
    statement = delete(UserSession).where(UserSession.user_id == user_id)
    if but is not None:
        statement = statement.where(UserSession.id != but)
    return len(session.execute(statement.returning(UserSession.id)).all())


def own(session: Session, user_id: int, *, this: int | None, now: datetime) -> list[OwnSession]:
    """A person's living sessions, the one last used first."""
    rows = session.execute(
        select(
            UserSession.id,
            UserSession.device,
            UserSession.created_at,
            UserSession.last_seen_at,
            UserSession.expires_at,
        )
        .where(
            UserSession.user_id == user_id,
            UserSession.is_signed_in.is_(True),
            UserSession.expires_at > now,
        )
        .order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
    )
    return [OwnSession(*row, is_this=row.id == this) for row in rows]


def forget_expired(session: Session, *, now: datetime) -> int:
    """Remove sessions that are over; how many."""
    statement = delete(UserSession).where(UserSession.expires_at <= now)
    return len(session.execute(statement.returning(UserSession.id)).all())
