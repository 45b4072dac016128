"""The record of who changed what: rows that nobody can alter afterwards.

Names, e-mail addresses and phone numbers stand apart (docs/adr/0005), where they can be emptied and
nothing else can be done to them.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import ForeignKey, Index, String, Text, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from outreach.database.base import Base, text_enum
from outreach.database.times import UtcDateTime

_LONGEST_ID = 60
APART = "*"
"""What stands in a row where the value is personal and kept apart."""
PERSONAL = frozenset({"email", "phone"})
PERSONAL_OF = dict.fromkeys(
    ("association_contact", "organisation_contact", "user"), PERSONAL | {"name"}
)
"""Fields with personal values: those of any object, and further ones of people."""

Facts: TypeAlias = Mapping[str, str | int | float | bool | None]


class AuditEvent(Base):
    """One change or refusal. Triggers on both databases refuse UPDATE and DELETE."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_object", "object_type", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    action: Mapped[str] = mapped_column(String(60))
    object_type: Mapped[str] = mapped_column(String(60))
    object_id: Mapped[str] = mapped_column(String(_LONGEST_ID))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)

    personal: Mapped[list["AuditPersonal"]] = relationship()


class Side(StrEnum):
    """Before the change or after it."""

    BEFORE = "before"
    AFTER = "after"


class AuditPersonal(Base):
    """One personal value of an event. Triggers refuse everything but emptying it."""

    __tablename__ = "audit_personal"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"), index=True)
    side: Mapped[Side] = mapped_column(text_enum(Side, name="side"))
    field: Mapped[str] = mapped_column(String(60))
    value: Mapped[str | None] = mapped_column(Text)


def record(
    session: Session,
    action: str,
    *,
    of: tuple[str, str | int],
    user_id: int | None,
    at: datetime,
    before: Facts | None = None,
    after: Facts | None = None,
) -> None:
    """Note one change in the transaction that makes it.

    `of` is (object type, object id). `user_id` is None for what the program or the command line
    did. `before` and `after` hold only what changed, and never personal data of participants.
    Names and addresses of users and contacts among them are stored apart.
    """
    object_type, object_id = of
    session.add(
        AuditEvent(
            at=at,
            user_id=user_id,
            action=action,
            object_type=object_type,
            object_id=str(object_id),
            before=_as_json(before, object_type),
            after=_as_json(after, object_type),
            personal=[
                *_apart(Side.BEFORE, before, object_type),
                *_apart(Side.AFTER, after, object_type),
            ],
        )
    )


def record_file(session: Session, action: str, name: str, *, at: datetime, after: Facts) -> None:
    """Note in one event what a file of many rows has changed, by the end of its name."""
    record(session, action, of=("file", name[-_LONGEST_ID:]), user_id=None, at=at, after=after)


def empty_personal(session: Session, object_type: str, *, object_id: int) -> int:
    """Empty the personal values in all events of an object, for good; how many.

    The caller puts that on record. The events themselves stay as they are.
    """
    events = select(AuditEvent.id).where(
        AuditEvent.object_type == object_type, AuditEvent.object_id == str(object_id)
    )
    done = session.execute(
        update(AuditPersonal)
        .where(AuditPersonal.event_id.in_(events), AuditPersonal.value.is_not(None))
        .values(value=None)
        .returning(AuditPersonal.id),
        execution_options={"synchronize_session": False},
    )
    return len(done.all())


def _personal_fields(object_type: str) -> frozenset[str]:
    return PERSONAL_OF.get(object_type, PERSONAL)


def _apart(side: Side, facts: Facts | None, object_type: str) -> list[AuditPersonal]:
    fields = _personal_fields(object_type)
    return [
        AuditPersonal(side=side, field=name, value=str(value))
        for name, value in (facts or {}).items()
        if name in fields and value is not None
    ]


def _as_json(facts: Facts | None, object_type: str) -> str | None:
    if facts is None:
        return None
    fields = _personal_fields(object_type)
    written = {
        name: APART if name in fields and value is not None else value
        for name, value in facts.items()
    }
    return json.dumps(written, ensure_ascii=False, sort_keys=True)
