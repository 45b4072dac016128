"""Whether an association may report now: by the round's state and its lock exceptions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import create_app
from outreach.accounts.rules import Reach, RoleName
from outreach.connections.commands.submit import Submission, WindowClosed, submit
from outreach.connections.models import LockException, ReportingRound, ReportVersion
from outreach.connections.queries.report_head import report_head
from outreach.connections.queries.window import Window, reporting_window
from outreach.connections.rules import CountEntry, CountFigures, ReportEntry, RoundState
from outreach.database import transaction
from outreach.extensions import db
from outreach.measures.classes import DwellingType
from tests import factories
from tests.factories import NOW
from tests.settings import settings_for

HOUR = timedelta(hours=1)
EVERYTHING = Reach(roles=frozenset({RoleName.ADMINISTRATOR}))


def _round(session: Session, state: RoundState) -> ReportingRound:
    made = factories.reporting_round(session)
    made.state = state
    made.closed_at = NOW if state in {RoundState.CLOSED, RoundState.FROZEN} else None
    made.frozen_at = NOW if state is RoundState.FROZEN else None
    session.flush()
    return made


def _exception(
    session: Session, in_round: ReportingRound, association_id: int, *, until: datetime
) -> LockException:
    made = LockException(
        round_id=in_round.id,
        association_id=association_id,
        reason="the treasurer was ill",
        granted_at=NOW - HOUR,
        until=until,
    )
    session.add(made)
    session.flush()
    return made


@pytest.mark.parametrize("state", RoundState)
def test_only_an_open_round_takes_reports_from_everybody(
    session: Session, state: RoundState
) -> None:
    of = factories.association(session)
    window = reporting_window(session, _round(session, state).id, of.id, at=NOW)
    assert window == Window(is_open=state is RoundState.OPEN, state=state)


@pytest.mark.parametrize("state", [RoundState.CLOSED, RoundState.FROZEN])
def test_an_exception_opens_a_closed_round_for_its_association_until_its_time(
    session: Session, state: RoundState
) -> None:
    late, other = factories.association(session, "Sen"), factories.association(session, "Annan")
    its_round = _round(session, state)
    _exception(session, its_round, late.id, until=NOW + HOUR)
    assert reporting_window(session, its_round.id, late.id, at=NOW).until == NOW + HOUR
    assert not reporting_window(session, its_round.id, late.id, at=NOW + HOUR).is_open
    assert not reporting_window(session, its_round.id, other.id, at=NOW).is_open


def test_an_exception_that_was_ended_opens_nothing(session: Session) -> None:
    of, its_round = factories.association(session), _round(session, RoundState.CLOSED)
    _exception(session, its_round, of.id, until=NOW + HOUR).ended_at = NOW
    session.flush()
    assert not reporting_window(session, its_round.id, of.id, at=NOW).is_open


def test_an_exception_does_not_open_a_round_that_is_only_planned(session: Session) -> None:
    of, its_round = factories.association(session), _round(session, RoundState.PLANNED)
    _exception(session, its_round, of.id, until=NOW + HOUR)
    assert not reporting_window(session, its_round.id, of.id, at=NOW).is_open


def _submitted(session: Session, association_id: int, village_id: int) -> None:
    head = report_head(
        session, association_id, reference_date=date(2026, 10, 1), reach=EVERYTHING, at=NOW
    )
    assert head is not None
    count = CountEntry(village_id, DwellingType("permanent"), CountFigures(100, 80, 60))
    key = f"key-{association_id}"
    user = factories.user(session)
    submission = Submission(key=key, content_hash=key, base_number=0, user_id=user.id, at=NOW)
    submit(session, head, ReportEntry((count,)), submission=submission)


def test_submitting_after_the_form_was_opened_and_the_round_closed_is_refused(
    session: Session,
) -> None:
    village = factories.village(session)
    of = factories.association(session, serving=[village])
    its_round = _round(session, RoundState.CLOSED)
    with pytest.raises(WindowClosed):
        _submitted(session, of.id, village.id)
    assert session.scalar(select(func.count(ReportVersion.id))) == 0
    _exception(session, its_round, of.id, until=NOW + HOUR)
    _submitted(session, of.id, village.id)
    assert session.scalar(select(func.count(ReportVersion.id))) == 1


def test_no_report_slips_in_while_the_round_is_closed(own_database: str, tmp_path: Path) -> None:
    app = create_app(settings_for(own_database, folder=tmp_path))
    with app.app_context(), transaction(db.session):
        session = db.session()
        its_round = factories.reporting_round(session)
        round_id = its_round.id
        ids = []
        for number in range(12):
            village = factories.village(session, f"By {number}")
            of = factories.association(session, f"Förening {number}", serving=[village])
            ids.append((of.id, village.id))
    with ThreadPoolExecutor(7) as pool:
        answers = [pool.submit(_submit, app, *one) for one in ids[:6]]
        closing = pool.submit(_close, app, round_id)
        answers += [pool.submit(_submit, app, *one) for one in ids[6:]]
        seen_at_closing = closing.result()
        stored = sum(answer.result() for answer in answers)
    with app.app_context():
        db.engine.dispose()
    assert stored == seen_at_closing


def _submit(app: Flask, association_id: int, village_id: int) -> bool:
    with app.app_context():
        try:
            with transaction(db.session):
                _submitted(db.session(), association_id, village_id)
        except WindowClosed:
            return False
        return True


def _close(app: Flask, round_id: int) -> int:
    """Close the round; how many versions there were at that moment."""
    with app.app_context(), transaction(db.session):
        its_round = db.session().get_one(ReportingRound, round_id, with_for_update=True)
        its_round.state, its_round.closed_at = RoundState.CLOSED, NOW
        db.session().flush()
        return db.session().scalar(select(func.count(ReportVersion.id))) or 0
