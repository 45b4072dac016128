"""Change or call off what is to come of a series: all of it, or nothing."""

from collections.abc import Iterable, Mapping

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
    """Store a new entry for each session to come that is planned; how many there were.

    Each is a change of its own, with its version and its record. Raises StaleEdit if any of the
    series has changed since it was seen, and RuleBroken as a change of one does.
    """
    planned = _as_seen(session, series_key, seen=seen, by=by, state=SessionState.PLANNED)
    for one in planned:
        if one.id not in entries:
            raise StaleEdit
        change_session(session, one.id, entries[one.id], version=one.version, by=by)
    return len(planned)


def cancel_series(session: Session, series_key: str, *, again: bool, seen: Seen, by: Author) -> int:
    """Call off all that is planned of what is to come, or plan `again` what was called off."""
    state = SessionState.CANCELLED if again else SessionState.PLANNED
    found = _as_seen(session, series_key, seen=seen, by=by, state=state)
    for one in found:
        cancel_session(session, one.id, version=one.version, by=by)
    return len(found)


def of_state(rows: Iterable[Coming], state: SessionState) -> list[Coming]:
    """Those of a state."""
    return [one for one in rows if one.state is state]


def _as_seen(
    session: Session, series_key: str, *, seen: Seen, by: Author, state: SessionState
) -> list[Coming]:
    coming = coming_in_series(session, series_key, today=swedish_day(by.at), reach=by.reach)
    if {one.id: one.version for one in coming} != dict(seen):
        raise StaleEdit
    return of_state(coming, state)
