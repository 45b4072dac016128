"""Store training sessions: each exactly once, and no edit over a newer one."""

import hashlib
import json
from dataclasses import asdict
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from outreach.associations.commands.recording import (
    Author,
    Fact,
    Subject,
    refuse_broken,
    store_change,
    store_creation,
)
from outreach.database.versions import check_version
from outreach.days import swedish_day
from outreach.rules import RuleBroken
from outreach.training.commands.past import as_it_stands
from outreach.training.commands.session_parts import apply, facts_of
from outreach.training.past_models import PastSession
from outreach.training.queries.choosing import Place, place_of, programme_fits
from outreach.training.queries.organisations import organisation
from outreach.training.queries.reaching import reachable_session, session_with_key
from outreach.training.rules import SessionEntry, SessionState, checked_key, field_of
from outreach.training.session_models import TrainingSession

_ASIDE = ("details_are_meant", "is_uncounted")
"""Answers to what the form asks; the session itself is the same whatever they are."""


class KeyReused(Exception):
    """The key was used by this person for another session before; the first one stands."""


def log_session(
    session: Session,
    entry: SessionEntry,
    *,
    key: str,
    by: Author,
    series_key: str | None = None,
) -> TrainingSession:
    """Store a session once; the same content with the same key gives the one stored before.

    `key` is a UUID that the client made, and counts for its user alone. A refused session does
    not use it up. Raises KeyReused, or RuleBroken: a rule of the entry, `choose` for an
    organisation, place or programme that is not the author's to choose.
    """
    refuse_broken(entry.broken_rules(today=swedish_day(by.at)))
    place = _choices(session, entry, by=by)
    made = TrainingSession(
        uid=str(uuid4()),
        client_key=checked_key(key),
        content_hash=hash_of(entry),
        stored_hash=hash_of(entry),
        series_key=series_key,
        created_by_id=by.reach.user_id,
        created_at=by.at,
        updated_at=by.at,
    )
    apply(made, entry, place=place)
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as error:
        return _stored_before(session, entry, key=made.client_key, by=by, error=error)
    store_creation(session, _subject(made), facts=facts_of(made), by=by)
    session.flush()
    return made


def change_session(
    session: Session,
    session_id: int,
    entry: SessionEntry,
    *,
    version: int | None,
    by: Author,
) -> TrainingSession | None:
    """Change a session, or log one that was planned; None outside the author's reach.

    `version` is the one the edit was begun on. An older one is refused, unless what is stored is
    already what the edit asks for: the answer to an edit may be lost and the edit sent again.
    Raises StaleEdit, or RuleBroken as for a new one.
    """
    held = reachable_session(session, session_id, reach=by.reach)
    if held is None:
        return None
    if version is not None and version < held.version and held.stored_hash == hash_of(entry):
        return held
    check_version(version, stored=held.version)
    refuse_broken(entry.broken_rules(today=swedish_day(by.at)))
    place = _choices(session, entry, by=by)
    before, past = facts_of(held), as_it_stands(held, until=by.at)
    apply(held, entry, place=place)
    _touch(session, held, past, before=before, stored_hash=hash_of(entry))
    store_change(session, _subject(held), before=before, after=facts_of(held), by=by)
    session.flush()
    return held


def cancel_session(
    session: Session, session_id: int, *, version: int | None, by: Author
) -> TrainingSession | None:
    """Call a planned session off, or plan it again; None outside reach. Raises StaleEdit.

    RuleBroken `held_already` for one that took place.
    """
    held = reachable_session(session, session_id, reach=by.reach)
    if held is None:
        return None
    check_version(version, stored=held.version)
    if held.state is SessionState.HELD:
        raise RuleBroken("state", "held_already")
    before, past = facts_of(held), as_it_stands(held, until=by.at)
    is_planned = held.state is SessionState.PLANNED
    held.state = SessionState.CANCELLED if is_planned else SessionState.PLANNED
    _touch(session, held, past, before=before, stored_hash=uuid4().hex)
    store_change(session, _subject(held), before=before, after=facts_of(held), by=by)
    session.flush()
    return held


def hash_of(entry: SessionEntry) -> str:
    """The fingerprint of what is logged."""
    content = {name: value for name, value in asdict(entry).items() if name not in _ASIDE}
    content["counted"] = sorted((field_of(row), row.people) for row in entry.counted)
    content["topics"] = sorted(entry.topics)
    content["checks"] = sorted((c.area, str(c.before), str(c.after)) for c in entry.checks)
    text = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _stored_before(
    session: Session, entry: SessionEntry, *, key: str, by: Author, error: IntegrityError
) -> TrainingSession:
    earlier = session_with_key(session, key, user_id=by.reach.user_id)
    if earlier is None:
        raise error
    if earlier.content_hash != hash_of(entry):
        raise KeyReused from error
    return earlier


def _choices(session: Session, entry: SessionEntry, *, by: Author) -> Place:
    held = organisation(session, by.reach, organisation_id=entry.organisation_id)
    if held is None:
        raise RuleBroken("organisation", "choose")
    fits = entry.programme_id is None or programme_fits(
        session, entry.programme_id, county_code=held.county_code
    )
    if not fits:
        raise RuleBroken("programme", "choose")
    place = place_of(session, village_code=entry.village_code, venue_id=entry.venue_id)
    if place is None:
        raise RuleBroken("place", "choose")
    return place


def _subject(held: TrainingSession) -> Subject:
    return Subject("training_session", held.id)


def _touch(
    session: Session,
    held: TrainingSession,
    past: PastSession,
    *,
    before: dict[str, Fact],
    stored_hash: str,
) -> None:
    """Parts stand in other tables: without this the session's version would stay.

    What the log said until now is kept, where it says something else from now on.
    """
    held.stored_hash = stored_hash
    if before != facts_of(held):
        held.updated_at = past.known_to
        session.add(past)
