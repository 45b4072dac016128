"""Flag a reported value for follow-up, and note what came of it."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from outreach.connections.commands.review import AlreadyDecided, Reviewer
from outreach.connections.flag_models import ValueFlag
from outreach.connections.flag_rules import FlagEntry
from outreach.connections.models import ConnectionCount
from outreach.database.audit import record
from outreach.rules import RuleBroken


def raise_flag(session: Session, version_id: int, entry: FlagEntry, *, by: Reviewer) -> int:
    """Flag one value of a version; the flag's id. It decides nothing about the version.

    The caller has found the version, and the assignee, within the reviewer's reach. Raises
    RuleBroken for a value that the version does not state.
    """
    stated = session.scalar(
        select(ConnectionCount).where(
            ConnectionCount.version_id == version_id,
            ConnectionCount.village_id == entry.village_id,
            ConnectionCount.dwelling_type == entry.dwelling_type,
        )
    )
    if stated is None or getattr(stated, entry.field.value) is None:
        raise RuleBroken("value", "value_missing")
    flag = ValueFlag(
        version_id=version_id,
        village_id=entry.village_id,
        dwelling_type=entry.dwelling_type,
        field=entry.field,
        note=entry.note,
        assignee_id=entry.assignee_id,
        raised_by_id=by.reach.user_id,
        raised_at=by.at,
    )
    session.add(flag)
    session.flush()
    record(
        session,
        "flag",
        of=("value_flag", flag.id),
        user_id=by.reach.user_id,
        at=by.at,
        after={
            "version_id": version_id,
            "village_id": entry.village_id,
            "dwelling_type": entry.dwelling_type.value,
            "field": entry.field.value,
            "note": entry.note,
            "assignee_id": entry.assignee_id,
        },
    )
    return flag.id


def resolve_flag(session: Session, flag_id: int, *, resolution: str, by: Reviewer) -> None:
    """Note what came of a flag and close it, once. Raises AlreadyDecided."""
    changed = session.execute(
        update(ValueFlag)
        .where(ValueFlag.id == flag_id, ValueFlag.resolved_at.is_(None))
        .values(resolution=resolution, resolved_by_id=by.reach.user_id, resolved_at=by.at)
        .returning(ValueFlag.id),
        execution_options={"synchronize_session": False},
    ).all()
    if not changed:
        raise AlreadyDecided(flag_id)
    session.expire_all()
    record(
        session,
        "resolve_flag",
        of=("value_flag", flag_id),
        user_id=by.reach.user_id,
        at=by.at,
        before={"resolution": None},
        after={"resolution": resolution},
    )
