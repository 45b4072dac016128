"""The audit record: written with the change, final for everybody."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, object_session

from outreach.database.audit import AuditEvent, AuditPersonal, Side, empty_personal, record

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


@pytest.fixture
def personal(session: Session) -> AuditPersonal:
    record(
        session,
        "created",
        of=("association_contact", 3),
        user_id=None,
        at=NOON,
        after={"name": "Anna Ask", "duty": "kassör", "phone": None},
    )
    session.flush()
    return session.query(AuditPersonal).one()


def test_personal_values_stand_apart_from_the_event(personal: AuditPersonal) -> None:
    event = personal_event(personal)
    assert event.after == '{"duty": "kassör", "name": "*", "phone": null}'
    assert (personal.side, personal.field, personal.value) == (Side.AFTER, "name", "Anna Ask")


def test_a_village_s_name_is_not_personal(event: AuditEvent) -> None:
    assert event.personal == []


def test_personal_values_can_be_emptied_for_good(session: Session, personal: AuditPersonal) -> None:
    assert empty_personal(session, "association_contact", object_id=4) == 0
    assert empty_personal(session, "association_contact", object_id=3) == 1
    assert empty_personal(session, "association_contact", object_id=3) == 0
    session.expire_all()
    assert (personal.value, personal_event(personal).action) == (None, "created")


@pytest.mark.parametrize(
    "values", [{"value": "Bo Berg"}, {"field": "phone"}, {"side": "before"}, {"event_id": 0}]
)
def test_nothing_else_can_be_done_to_them(
    session: Session, personal: AuditPersonal, values: dict[str, object]
) -> None:
    with pytest.raises(DBAPIError, match="audit rows are final"):
        session.execute(update(AuditPersonal).values(values))


def test_emptying_and_changing_at_once_is_refused(
    session: Session, personal: AuditPersonal
) -> None:
    with pytest.raises(DBAPIError, match="audit rows are final"):
        session.execute(update(AuditPersonal).values(value=None, field="phone"))


def test_personal_values_cannot_be_deleted(session: Session, personal: AuditPersonal) -> None:
    with pytest.raises(DBAPIError, match="audit rows are final"):
        session.execute(delete(AuditPersonal))


def personal_event(of: AuditPersonal) -> AuditEvent:
    session = object_session(of)
    assert session is not None
    return session.get_one(AuditEvent, of.event_id)
