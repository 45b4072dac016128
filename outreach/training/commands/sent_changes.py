"""Take in changes of sessions from devices, exactly once, and let a person pick between two."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from outreach.associations.commands.recording import Author, refuse_broken
from outreach.database.audit import record
from outreach.database.versions import StaleEdit
from outreach.days import swedish_day
from outreach.training import sent_rules
from outreach.training.commands.sessions import KeyReused, change_session
from outreach.training.queries.reaching import reachable_session
from outreach.training.queries.sent_changes import change_with_key
from outreach.training.rules import SessionEntry
from outreach.training.sent_models import SentChange
from outreach.training.sent_rules import ChangeState, SentRecord


def receive_change(
    session: Session, sent: SentRecord, entry: SessionEntry, *, by: Author
) -> SentChange | None:
    """Store a change, or hold it where the session has changed since; None outside reach.

    The same change sent again gives what became of it the first time. Raises KeyReused, and
    RuleBroken, which leaves the key free.
    """
    user_id = by.reach.user_id
    if user_id is None or sent.session_id is None or sent.base_version is None:
        return None
    if reachable_session(session, sent.session_id, reach=by.reach) is None:
        return None
    refuse_broken(entry.broken_rules(today=swedish_day(by.at)))
    change = SentChange(
        user_id=user_id,
        key=sent.key,
        content_hash=sent.content_hash,
        session_id=sent.session_id,
        base_version=sent.base_version,
        state=ChangeState.STORED,
        sent_at=by.at,
    )
    try:
        with session.begin_nested():
            session.add(change)
            session.flush()
    except IntegrityError as error:
        earlier = change_with_key(session, sent.key, user_id=user_id)
        if earlier is None:
            raise
        if earlier.content_hash != sent.content_hash:
            raise KeyReused from error
        return earlier
    _store_or_hold(session, change, sent, entry, by=by)
    return change


def settle(
    session: Session,
    change_id: int,
    entry: SessionEntry,
    *,
    session_id: int,
    version: int | None,
    picked: frozenset[str],
    by: Author,
) -> bool:
    """Store what a person picked from two versions; False where nothing waits.

    `entry` is the whole session as picked, `picked` the names of the fields taken from the
    version that was held. Raises StaleEdit and RuleBroken as any change does.
    """
    if reachable_session(session, session_id, reach=by.reach) is None:
        return False
    held = session.scalars(
        select(SentChange)
        .where(
            SentChange.id == change_id,
            SentChange.session_id == session_id,
            SentChange.state == ChangeState.HELD,
        )
        .with_for_update()
    ).one_or_none()
    if held is None:
        return False
    changed = change_session(session, session_id, entry, version=version, by=by)
    if changed is None:
        return False
    held.state = ChangeState.SETTLED
    held.fields = held.base = None
    held.settled_by_id, held.settled_at = by.reach.user_id, by.at
    held.stored_version = changed.version
    record(
        session,
        "versions_settled",
        of=("training_session", session_id),
        user_id=by.reach.user_id,
        at=by.at,
        after={"picked": " ".join(sorted(picked)) or None},
    )
    session.flush()
    return True


def _store_or_hold(
    session: Session, change: SentChange, sent: SentRecord, entry: SessionEntry, *, by: Author
) -> None:
    try:
        with session.begin_nested():
            changed = change_session(
                session, change.session_id, entry, version=change.base_version, by=by
            )
    except StaleEdit:
        _hold(session, change, sent, by=by)
        return
    change.stored_version = None if changed is None else changed.version
    session.flush()


def _hold(session: Session, change: SentChange, sent: SentRecord, *, by: Author) -> None:
    change.state = ChangeState.HELD
    change.fields = sent_rules.written(sent.fields)
    change.base = None if sent.base is None else sent_rules.written(sent.base)
    record(
        session,
        "version_held",
        of=("training_session", change.session_id),
        user_id=by.reach.user_id,
        at=by.at,
        after={"begun_on_version": change.base_version},
    )
    session.flush()
