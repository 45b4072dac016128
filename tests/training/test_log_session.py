"""Sessions are stored exactly once, by those whose they are, and never over a newer version."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach, RoleName
from outreach.associations.commands.recording import Author
from outreach.database.audit import AuditEvent
from outreach.database.versions import StaleEdit
from outreach.oversight.queries.scope import visible
from outreach.rules import RuleBroken
from outreach.training.commands.sessions import (
    KeyReused,
    cancel_session,
    change_session,
    log_session,
)
from outreach.training.rules import AgeGroup, Counted, SessionState, Sex, Who
from outreach.training.session_models import SessionCount, TrainingSession
from tests import factories
from tests.training.logging import entry, logged, logger_of

OLD = (Counted(Who.LEARNERS, AgeGroup.FROM_65, Sex.ALL, 9),)


def test_the_same_session_sent_again_is_the_same_record(session: Session) -> None:
    organisation, village = factories.organisation(session), factories.village(session)
    by, key = logger_of(session, organisation), str(uuid4())
    sent = entry(organisation.id, village.code, counted=OLD)
    ids = {log_session(session, sent, key=key, by=by).id for _ in range(3)}
    assert len(ids) == 1
    assert session.scalar(select(func.count(TrainingSession.id))) == 1
    events = session.scalars(select(AuditEvent.action)).all()
    assert events == ["created"]


def test_it_stays_the_same_record_after_a_change(session: Session) -> None:
    organisation, village = factories.organisation(session), factories.village(session)
    by, key = logger_of(session, organisation), str(uuid4())
    sent = entry(organisation.id, village.code)
    made = log_session(session, sent, key=key, by=by)
    change_session(session, made.id, replace(sent, head_count=8), version=1, by=by)
    assert log_session(session, sent, key=key, by=by).id == made.id
    assert made.head_count == 8


def test_a_key_with_another_content_is_refused_and_the_first_stands(session: Session) -> None:
    organisation, village = factories.organisation(session), factories.village(session)
    by, key = logger_of(session, organisation), str(uuid4())
    sent = entry(organisation.id, village.code)
    log_session(session, sent, key=key, by=by)
    with pytest.raises(KeyReused):
        log_session(session, replace(sent, head_count=8), key=key, by=by)
    assert session.scalars(select(TrainingSession.head_count)).all() == [7]


def test_keys_belong_to_their_user(session: Session) -> None:
    organisation, village = factories.organisation(session), factories.village(session)
    one, other, key = logger_of(session, organisation), logger_of(session, organisation), uuid4()
    sent = entry(organisation.id, village.code)
    first = log_session(session, sent, key=str(key), by=one)
    assert log_session(session, sent, key=str(key), by=other).id != first.id


def test_a_refused_session_does_not_use_its_key_up(session: Session) -> None:
    organisation, village = factories.organisation(session), factories.village(session)
    by, key = logger_of(session, organisation), str(uuid4())
    sent = entry(organisation.id, village.code)
    with pytest.raises(RuleBroken):
        log_session(session, replace(sent, head_count=None), key=key, by=by)
    assert log_session(session, sent, key=key, by=by).head_count == 7


def test_nobody_logs_for_a_foreign_organisation(session: Session) -> None:
    own, foreign = factories.organisation(session), factories.organisation(session, "Annan")
    by = logger_of(session, own)
    village = factories.village(session)
    with pytest.raises(RuleBroken, match="organisation: choose"):
        log_session(session, entry(foreign.id, village.code), key=str(uuid4()), by=by)


def test_staff_log_for_their_county_and_change_nothing_of_another(session: Session) -> None:
    organisation = factories.organisation(session)
    held = logged(session, organisation, logger_of(session, organisation))
    roles = frozenset({RoleName.REGIONAL_STAFF})
    here = Author(Reach(None, roles, counties=frozenset({"10"})), factories.NOW)
    there = Author(Reach(None, roles, counties=frozenset({"07"})), factories.NOW)
    assert held.village is not None
    wanted = entry(organisation.id, held.village.code, head_count=9)
    assert change_session(session, held.id, wanted, version=1, by=there) is None
    changed = change_session(session, held.id, wanted, version=1, by=here)
    assert changed is not None
    assert changed.head_count == 9


@pytest.mark.parametrize("version", [None, 1, 3])
def test_an_edit_of_another_version_is_refused(session: Session, version: int | None) -> None:
    organisation, village = factories.organisation(session), factories.village(session)
    by = logger_of(session, organisation)
    held = logged(session, organisation, by, village_code=village.code)
    wanted = entry(organisation.id, village.code, head_count=8)
    change_session(session, held.id, wanted, version=1, by=by)
    with pytest.raises(StaleEdit):
        change_session(session, held.id, replace(wanted, head_count=9), version=version, by=by)
    assert held.head_count == 8


def test_an_edit_sent_again_after_its_answer_was_lost_is_no_conflict(session: Session) -> None:
    organisation, village = factories.organisation(session), factories.village(session)
    by = logger_of(session, organisation)
    held = logged(session, organisation, by, village_code=village.code)
    wanted = entry(organisation.id, village.code, counted=OLD)
    for _ in range(2):
        change_session(session, held.id, wanted, version=1, by=by)
    assert (held.version, held.learners) == (2, 9)


def test_a_changed_breakdown_is_a_new_version_on_record(session: Session) -> None:
    organisation, village = factories.organisation(session), factories.village(session)
    by = logger_of(session, organisation)
    held = logged(session, organisation, by, village_code=village.code, counted=OLD)
    fewer = (Counted(Who.LEARNERS, AgeGroup.FROM_65, Sex.ALL, 8),)
    wanted = entry(organisation.id, village.code, counted=fewer)
    change_session(session, held.id, wanted, version=1, by=by)
    assert (held.version, held.learners) == (2, 8)
    assert session.scalars(select(SessionCount.people)).all() == [8]
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "changed")).one()
    assert event.after == '{"counted": "learners/65_79/all=8", "learners": 8}'


def test_a_planned_session_is_called_off_and_planned_again(session: Session) -> None:
    organisation = factories.organisation(session)
    by = logger_of(session, organisation)
    held = logged(
        session, organisation, by, state=SessionState.PLANNED, head_count=None, waiting_list=4
    )
    cancel_session(session, held.id, version=1, by=by)
    assert held.state is SessionState.CANCELLED
    cancel_session(session, held.id, version=2, by=by)
    assert held.state is SessionState.PLANNED


def test_what_was_held_is_not_called_off(session: Session) -> None:
    organisation = factories.organisation(session)
    by = logger_of(session, organisation)
    held = logged(session, organisation, by)
    with pytest.raises(RuleBroken, match="held_already"):
        cancel_session(session, held.id, version=1, by=by)


def test_staff_read_the_changes_of_their_countys_sessions(session: Session) -> None:
    organisation = factories.organisation(session)
    logged(session, organisation, logger_of(session, organisation))
    roles = frozenset({RoleName.REGIONAL_STAFF})
    seen = {
        county: session.scalars(
            select(AuditEvent.object_type).where(visible(Reach(None, roles, frozenset({county}))))
        ).all()
        for county in ("10", "07")
    }
    assert seen == {"10": ["training_session"], "07": []}
