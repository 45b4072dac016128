"""Slowing down guesses: growing waits by account and by address, and never a lock.

An attempt is stored as failed before it is tried, so that attempts made at the same moment count
one another; success is noted afterwards. Waits are short enough, and a device that has signed in
before is spared those that others cause, so that nobody can shut another person out.
"""

import hashlib
import hmac
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from outreach.accounts.models import SignInAttempt
from outreach.database.locks import take_turns
from outreach.database.times import further_than, utc_now

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slowdown:
    """So many tries at once; from then on each waits twice as long as the one before it."""

    free: int
    first: timedelta
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long after the last of so many failures the next try is taken."""
        beyond = failures - self.free
        if beyond < 0:
            return timedelta(0)
        return min(self.first * (1 << min(beyond, 20)), self.longest)


PAIR = Slowdown(free=5, first=timedelta(seconds=15), longest=timedelta(minutes=15))
"""The same account from the same address or device."""
ACCOUNT = Slowdown(free=20, first=timedelta(seconds=5), longest=timedelta(minutes=2))
"""One account from anywhere, other than from devices that it has been signed in on."""
ADDRESS = Slowdown(free=40, first=timedelta(seconds=5), longest=timedelta(minutes=5))
"""Any account from one address: a whole office may stand behind it."""


def seconds_until(retry_at: datetime) -> int:
    """Whole seconds to wait from now, at least one, as the header Retry-After wants them."""
    return max(1, math.ceil((retry_at - utc_now()).total_seconds()))


@dataclass(frozen=True, slots=True)
class Source:
    """Whose account and from where, as keyed hashes; a known device stands for its address."""

    account_key: str
    address_key: str
    is_known_device: bool = False


@dataclass(frozen=True, slots=True)
class Admission:
    """A try that may be made, or the time to wait for."""

    attempt_id: int | None = None
    retry_at: datetime | None = None


def keyed(secret: str, *parts: str) -> str:
    """A hash that only this installation can make, so that no address or e-mail is stored."""
    return hmac.new(secret.encode(), "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def ask(session: Session, source: Source, *, now: datetime) -> Admission:
    """Take a try, or learn when the next one may be taken. The caller commits before trying."""
    take_turns(session, source.account_key, source.address_key)
    retry_at = _retry_at(session, source, now=now)
    if retry_at is not None and retry_at > now:
        return Admission(retry_at=retry_at)
    attempt = SignInAttempt(
        at=now,
        account_key=source.account_key,
        address_key=source.address_key,
        succeeded=False,
    )
    session.add(attempt)
    session.flush()
    return Admission(attempt_id=attempt.id)


def succeeded(session: Session, attempt_id: int) -> None:
    """Note that a try was right: its pair starts afresh."""
    session.execute(
        update(SignInAttempt).where(SignInAttempt.id == attempt_id).values(succeeded=True)
    )


def forget(session: Session, *, now: datetime) -> int:
    """Remove attempts that no longer count; how many."""
    statement = delete(SignInAttempt).where(further_than(SignInAttempt.at, KEPT, at=now))
    return len(session.execute(statement.returning(SignInAttempt.id)).all())


def _retry_at(session: Session, source: Source, *, now: datetime) -> datetime | None:
    last_success = (
        select(func.coalesce(func.max(SignInAttempt.id), 0))
        .where(
            SignInAttempt.account_key == source.account_key,
            SignInAttempt.address_key == source.address_key,
            SignInAttempt.succeeded.is_(True),
        )
        .scalar_subquery()
    )
    by_account = SignInAttempt.account_key == source.account_key
    by_address = SignInAttempt.address_key == source.address_key
    limits: list[tuple[Slowdown, list[ColumnElement[bool]]]] = [
        (PAIR, [by_account, by_address, SignInAttempt.id > last_success])
    ]
    if not source.is_known_device:
        limits += [(ACCOUNT, [by_account]), (ADDRESS, [by_address])]
    ends = [_wait_ends(session, limit, where, now=now) for limit, where in limits]
    return max((end for end in ends if end is not None), default=None)


def _wait_ends(
    session: Session, limit: Slowdown, where: list[ColumnElement[bool]], *, now: datetime
) -> datetime | None:
    failures, last = session.execute(
        select(func.count(), func.max(SignInAttempt.at)).where(
            *where,
            SignInAttempt.succeeded.is_(False),
            SignInAttempt.at > now - KEPT,
            # One of a clock that was ahead would keep everybody waiting until it comes.
            SignInAttempt.at < now + limit.longest,
        )
    ).one()
    wait = limit.wait(failures)
    # Without a wait the last one's time says nothing: it may be a moment later than this one's,
    # whose turn came second.
    return last + wait if last is not None and wait else None
