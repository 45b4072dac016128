"""Change or call off what is to come of a series: all of it, or nothing."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from outreach.associations.commands.recording import Author
from outreach.database.versions import StaleEdit
from outreach.days import swedish_day
from outreach.training.commands.sessions import cancel_session, change_session
from outreach.training.queries.series import Coming, coming_in_series
from outreach.training.rules import SessionEntry, SessionState

Seen = Mapping[int, int]
"""The version of each session that somebody had before their eyes."""


def change_series(
    session: Session,
    series_key: str,
    entries: Mapping[int, SessionEntry],
    *,
    seen: Seen,
    by: Author,
) -> int:
    """Store the new entries of planned sessions to come; how many there were.

    Each is a change of its own, with its version and its record. Raises StaleEdit if any of the
    series has changed since it was seen, and RuleBroken as a change of one does.
    """
    found = _as_seen(session, series_key, seen=seen, by=by, state=SessionState.PLANNED)
    planned = [one for one in found if one.id in entries]
    for one in planned:
        change_session(session, one.id, entries[one.id], version=one.version, by=by)
    return len(planned)


def cancel_series(
    session: Session, series_key: str, *, since: date | None, again: bool, seen: Seen, by: Author
) -> int:
    """Call off all that is planned from a day on, or plan `again` what was called off."""
    state = SessionState.CANCELLED if again else SessionState.PLANNED
    found = from_day(_as_seen(session, series_key, seen=seen, by=by, state=state), since)
    for one in found:
        cancel_session(session, one.id, version=one.version, by=by)
    return len(found)


def of_state(rows: Iterable[Coming], state: SessionState) -> list[Coming]:
    """Those of a state."""
    return [one for one in rows if one.state is state]


def from_day(rows: Iterable[Coming], since: date | None) -> list[Coming]:
    """Those of a day or later; all without a day."""
    return [one for one in rows if since is None or one.day >= since]


def _as_seen(
    session: Session, series_key: str, *, seen: Seen, by: Author, state: SessionState
) -> list[Coming]:
    coming = coming_in_series(session, series_key, today=swedish_day(by.at), reach=by.reach)
    if {one.id: one.version for one in coming} != dict(seen):
        raise StaleEdit
    return of_state(coming, state)
