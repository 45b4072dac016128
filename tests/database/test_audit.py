"""The audit record: written with the change, final for everybody."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from outreach.database.audit import AuditEvent, record

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def event(session: Session) -> AuditEvent:
    record(session, "renamed", of=("village", 7), user_id=None, at=NOON, after={"name": "Åryd"})
    session.flush()
    return session.query(AuditEvent).one()


def test_an_event_keeps_what_changed(event: AuditEvent) -> None:
    assert (event.object_id, event.after, event.at) == ("7", '{"name": "Åryd"}', NOON)


def test_an_event_cannot_be_changed(session: Session, event: AuditEvent) -> None:
    with pytest.raises(DBAPIError, match="audit rows are final"):
        session.execute(update(AuditEvent).values(action="nothing"))


def test_an_event_cannot_be_deleted(session: Session, event: AuditEvent) -> None:
    with pytest.raises(DBAPIError, match="audit rows are final"):
        session.execute(delete(AuditEvent))
