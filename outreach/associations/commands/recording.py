"""What every change of the register does: check, store, note who did it, and tell readers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.database import audit, data_version
from outreach.database.versions import flush_versioned
from outreach.rules import RuleBroken

Fact: TypeAlias = str | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change, with what they may reach, and when."""

    reach: Reach
    at: datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """What is changed, as the record of changes names it, and whether the public sees it."""

    object_type: str
    object_id: int
    is_public: bool = True


def refuse_broken(rules: Iterator[RuleBroken]) -> None:
    """Raise the first broken rule, if there is one."""
    for rule in rules:
        raise rule


def store_creation(
    session: Session, subject: Subject, *, facts: dict[str, Fact], by: Author
) -> None:
    """Note a new object, which the caller has flushed for its id."""
    present = {name: value for name, value in facts.items() if value is not None}
    _note(session, "created", subject=subject, by=by, before=None, after=present)


def store_removal(
    session: Session, subject: Subject, *, facts: dict[str, Fact], by: Author
) -> None:
    """Note an object that is deleted, with what tells later which it was."""
    _note(session, "removed", subject=subject, by=by, before=facts, after={})


def store_change(
    session: Session,
    subject: Subject,
    *,
    before: dict[str, Fact],
    after: dict[str, Fact],
    by: Author,
) -> bool:
    """Flush a change and note what differs; whether anything does. Raises StaleEdit."""
    flush_versioned(session)
    changed = [name for name in after if before.get(name) != after[name]]
    if not changed:
        return False
    _note(
        session,
        "changed",
        subject=subject,
        by=by,
        before={name: before.get(name) for name in changed},
        after={name: after[name] for name in changed},
    )
    return True


def _note(
    session: Session,
    action: str,
    *,
    subject: Subject,
    by: Author,
    before: Mapping[str, Fact] | None,
    after: Mapping[str, Fact],
) -> None:
    audit.record(
        session,
        action,
        of=(subject.object_type, subject.object_id),
        user_id=by.reach.user_id,
        at=by.at,
        before=None if before is None else _written(before),
        after=_written(after),
    )
    if subject.is_public:
        data_version.bump(session, at=by.at)


def _written(facts: Mapping[str, Fact]) -> dict[str, str | int | bool | None]:
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: Fact) -> str | int | bool | None:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value
