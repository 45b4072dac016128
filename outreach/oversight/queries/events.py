"""The record of changes, filtered and page by page from the newest."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.database.audit import APART, AuditEvent, AuditPersonal, Side
from outreach.database.ordering import contains
from outreach.database.snapshot import in_portions
from outreach.oversight.queries.gone import last_names
from outreach.oversight.queries.objects import Key, Named, names_of
from outreach.oversight.queries.scope import of_associations, visible

PAGE_SIZE = 50
REFERENCES = {
    "association": "association",
    "association_id": "association",
    "contact": "association_contact",
    "contact_id": "association_contact",
    "round": "reporting_round",
    "round_id": "reporting_round",
    "organisation_id": "organisation",
    "programme_id": "programme",
    "village_id": "village_by_id",
    "version_id": "report_version",
    "assignee_id": "user",
    "of_user_id": "user",
    "link": "report_link",
}
"""Fields that hold the number of another object, with its kind."""


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events to show; an empty part asks for all. `until` is the first moment after."""

    person: str = ""
    kind: str = ""
    object_id: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None
    association_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One field's value before and after; None where there was none. Emptied values are erased."""

    field: str
    before: str | None
    after: str | None
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to what, when. `by` is None for what the program did."""

    id: int
    at: datetime
    by: str | None
    action: str
    kind: str
    object_id: str
    changes: tuple[Change, ...]
    named: Named | None = None


def events(
    session: Session,
    wanted: EventFilter,
    *,
    reach: Reach,
    before: int | None = None,
    size: int = PAGE_SIZE,
) -> list[Event]:
    """The newest events within reach that are older than `before`.

    Three statements, and up to three more where something no longer exists.
    """
    query = _found(wanted, reach)
    if before is not None:
        query = query.where(AuditEvent.id < before)
    return _read(session, session.execute(query.limit(size)).all())


def all_events(session: Session, wanted: EventFilter, *, reach: Reach) -> Iterator[Event]:
    """Every event found, the newest first, as they are read."""
    return in_portions(session, _read, _found(wanted, reach))


def _found(wanted: EventFilter, reach: Reach) -> Select[*tuple[object, ...]]:
    return (
        select(
            AuditEvent.id,
            AuditEvent.at,
            User.name.label("by"),
            AuditEvent.action,
            AuditEvent.object_type,
            AuditEvent.object_id,
            AuditEvent.before,
            AuditEvent.after,
        )
        .outerjoin(User, User.id == AuditEvent.user_id)
        .where(visible(reach), *_conditions(wanted))
        .order_by(AuditEvent.id.desc())
    )


def _read(session: Session, rows: Sequence[Row[*tuple[object, ...]]]) -> list[Event]:
    apart = _personal(session, [row.id for row in rows])
    changes = {row.id: _changes(row.before, row.after, apart.get(row.id, {})) for row in rows}
    keys = {key for found in changes.values() for change in found for key in _mentioned(change)}
    keys |= {(row.object_type, row.object_id) for row in rows}
    names = names_of(session, keys)
    names |= last_names(session, keys - names.keys())
    return [
        Event(
            row.id,
            row.at,
            row.by,
            row.action,
            row.object_type,
            row.object_id,
            tuple(_by_name(change, names) for change in changes[row.id]),
            names.get((row.object_type, row.object_id)),
        )
        for row in rows
    ]


def _conditions(wanted: EventFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.person:
        yield contains(User.name, wanted.person)
    for column, text in (
        (AuditEvent.object_type, wanted.kind),
        (AuditEvent.object_id, wanted.object_id),
        (AuditEvent.action, wanted.action),
    ):
        if text:
            yield column == text
    if wanted.since is not None:
        yield AuditEvent.at >= wanted.since
    if wanted.until is not None:
        yield AuditEvent.at < wanted.until
    if wanted.association_id is not None:
        yield of_associations(select(Association.id).where(Association.id == wanted.association_id))


_Apart = Mapping[tuple[Side, str], str | None]


def _personal(
    session: Session, event_ids: Collection[int]
) -> dict[int, dict[tuple[Side, str], str | None]]:
    rows = session.execute(
        select(
            AuditPersonal.event_id, AuditPersonal.side, AuditPersonal.field, AuditPersonal.value
        ).where(AuditPersonal.event_id.in_(event_ids))
    )
    found: dict[int, dict[tuple[Side, str], str | None]] = defaultdict(dict)
    for row in rows:
        found[row.event_id][row.side, row.field] = row.value
    return found


def _changes(before: str | None, after: str | None, apart: _Apart) -> tuple[Change, ...]:
    old, new = json.loads(before or "{}"), json.loads(after or "{}")
    told = [name for name in {**old, **new} if (old.get(name), new.get(name)) != (None, None)]
    return tuple(_change(name, old.get(name), new.get(name), apart) for name in told)


def _key(field: str, value: str | None) -> Key | None:
    """The object whose number a field holds."""
    kind = REFERENCES.get(field)
    return (kind, value) if kind and value and value.isascii() and value.isdigit() else None


def _mentioned(change: Change) -> Iterator[Key]:
    for value in (change.before, change.after):
        key = _key(change.field, value)
        if key is not None:
            yield key


def _by_name(change: Change, names: Mapping[Key, Named]) -> Change:
    """The change with what its numbers stand for, as far as that still exists."""

    def said(value: str | None) -> str | None:
        key = _key(change.field, value)
        named = names.get(key) if key else None
        return value if named is None else named.name or str(named.day)

    return replace(change, before=said(change.before), after=said(change.after))


def _change(name: str, old: object, new: object, apart: _Apart) -> Change:
    values = {Side.BEFORE: old, Side.AFTER: new}
    shown = {
        side: apart.get((side, name)) if value == APART else _text(value)
        for side, value in values.items()
    }
    is_erased = any(value == APART and shown[side] is None for side, value in values.items())
    return Change(name, shown[Side.BEFORE], shown[Side.AFTER], is_erased)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
