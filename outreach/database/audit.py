"""The record of who changed what: rows that nobody can alter afterwards."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from outreach.database.base import Base
from outreach.database.times import UtcDateTime

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
    object_id: Mapped[str] = mapped_column(String(60))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)


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
    """
    object_type, object_id = of
    session.add(
        AuditEvent(
            at=at,
            user_id=user_id,
            action=action,
            object_type=object_type,
            object_id=str(object_id),
            before=_as_json(before),
            after=_as_json(after),
        )
    )


def _as_json(facts: Facts | None) -> str | None:
    if facts is None:
        return None
    return json.dumps(dict(facts), ensure_ascii=False, sort_keys=True)
