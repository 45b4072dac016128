"""Review: what waits, what a decision does, and that it happens once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach import create_app
from outreach.accounts.rules import Reach, RoleName
from outreach.associations.models import Association
from outreach.connections.commands.review import AlreadyDecided, Reviewer, approve
from outreach.connections.models import ReportingRound, ReportVersion, VillageStatus
from outreach.connections.queries.review import QueueFilter, waiting
from outreach.connections.rules import ReportState, RoundState
from outreach.connections.states import OUTCOMES, REVIEWERS, Action, outcome
from outreach.database import data_version, transaction
from outreach.database.audit import AuditEvent
from outreach.extensions import db
from outreach.mail.models import OutboxMessage
from outreach.web.paging import Paging
from tests import factories
from tests.connections.making import HOLIDAY, Counts, approved, report, version
from tests.connections.pages import words
from tests.factories import NOW
from tests.settings import settings_for
from tests.signing_in import sign_in, token

ROUND_2025 = date(2025, 10, 1)


@pytest.fixture
def association(session: Session) -> Association:
    village = factories.village(session, "Åby", dwellings=100)
    made = factories.association(session, "Åby Fiber ek. för.", serving=[village])
    factories.contact(session, made, email="kontakt@example.org")
    earlier = factories.reporting_round(session, ROUND_2025)
    approved(session, made, earlier, counts=[(village, Counts(100, 80, 40, 30))])
    return made


@pytest.fixture
def submitted(session: Session, association: Association) -> ReportVersion:
    village = association.served[0].village
    this = factories.reporting_round(session)
    return version(
        session,
        report(session, association, this),
        counts=[(village, Counts(100, 80, 52, 30))],
        state=ReportState.SUBMITTED,
    )


@pytest.fixture
def staff(session: Session, client: FlaskClient) -> FlaskClient:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    return client


def _post(client: FlaskClient, path: str, *, form_on: str, **data: str | list[str]) -> TestResponse:
    return client.post(path, data={"csrf_token": token(client, form_on)} | data)


def _state(session: Session, of: ReportVersion) -> ReportState:
    session.expire_all()
    return session.get_one(ReportVersion, of.id).state


def test_the_queue_shows_the_figure_beside_the_one_before(
    staff: FlaskClient, submitted: ReportVersion
) -> None:
    page = staff.get("/review").text
    assert ("Åby Fiber ek. för." in page, ">52<" in page, ">40<" in page) == (True, True, True)


def test_a_village_with_two_kinds_of_dwellings_is_one_that_differs(
    session: Session, association: Association
) -> None:
    village = association.served[0].village
    made = report(session, association, factories.reporting_round(session))
    counts = [
        (village, Counts(100, 80, 52, 30)),
        (village, Counts(10, 4, 2, dwelling_type=HOLIDAY)),
    ]
    version(session, made, counts=counts, state=ReportState.SUBMITTED)
    reach = Reach(1, counties=frozenset({"10"}))
    (row,) = waiting(session, QueueFilter(), reach=reach, paging=Paging(1, 1))
    assert (row.villages, row.changed) == (1, 1)


def test_approving_publishes_the_new_figure(
    session: Session, staff: FlaskClient, submitted: ReportVersion
) -> None:
    before = data_version.current(session)
    answer = _post(staff, f"/review/{submitted.id}/approve", form_on=f"/review/{submitted.id}")
    status = session.scalars(
        select(VillageStatus).where(VillageStatus.reference_date == date(2026, 10, 1))
    ).all()
    assert answer.status_code == 303
    assert _state(session, submitted) is ReportState.APPROVED
    assert [row.connected for row in status if row.dwelling_type == "permanent"] == [52]
    assert data_version.current(session) > before


def test_the_version_approved_before_counts_until_the_new_one_is_approved(
    session: Session, staff: FlaskClient, submitted: ReportVersion
) -> None:
    newer = version(
        session,
        submitted.report,
        counts=[(submitted.counts[0].village, Counts(100, 80, 55, 30))],
        state=ReportState.SUBMITTED,
        number=2,
    )
    _post(staff, f"/review/{submitted.id}/approve", form_on=f"/review/{submitted.id}")
    assert _state(session, newer) is ReportState.SUBMITTED
    _post(staff, f"/review/{newer.id}/approve", form_on=f"/review/{newer.id}")
    assert (_state(session, submitted), _state(session, newer)) == (
        ReportState.SUPERSEDED,
        ReportState.APPROVED,
    )


def test_numbers_of_no_version_approve_nothing(
    session: Session, staff: FlaskClient, submitted: ReportVersion
) -> None:
    answer = _post(staff, "/review/approve", form_on="/review", version=["9" * 25, "²", "-1", ""])
    assert answer.status_code == 303
    assert _state(session, submitted) is ReportState.SUBMITTED


def test_returning_needs_a_note_and_keeps_what_was_typed(
    session: Session, staff: FlaskClient, submitted: ReportVersion
) -> None:
    page = f"/review/{submitted.id}"
    answer = _post(staff, f"{page}/return", form_on=page, note="   ")
    assert (answer.status_code, "Skriv vad föreningen ska titta på" in answer.text) == (422, True)
    long = _post(staff, f"{page}/return", form_on=page, note="x" * 2001)
    assert (long.status_code, "x" * 2001 in long.text) == (422, True)
    personal = _post(staff, f"{page}/return", form_on=page, note="Fråga 19121212-1212")
    assert (personal.status_code, "19121212-1212" in personal.text) == (422, True)
    assert _state(session, submitted) is ReportState.SUBMITTED


def test_a_returned_note_reaches_the_association_by_e_mail(
    session: Session, staff: FlaskClient, submitted: ReportVersion
) -> None:
    page = f"/review/{submitted.id}"
    _post(staff, f"{page}/return", form_on=page, note="Räknade ni\0 Norra vägen två gånger?")
    message = session.scalars(select(OutboxMessage)).one()
    assert _state(session, submitted) is ReportState.RETURNED
    assert message.recipient == "kontakt@example.org"
    assert "Räknade ni Norra vägen två gånger?" in (message.body or "")


def test_a_contact_without_an_account_gets_a_link_to_the_returned_report_at_once(
    session: Session, client: FlaskClient, staff: FlaskClient, submitted: ReportVersion
) -> None:
    page = f"/review/{submitted.id}"
    _post(staff, f"{page}/return", form_on=page, note="Stämmer det?")
    message = session.scalars(select(OutboxMessage)).one()
    lines = (message.body or "").splitlines()
    address = next(line for line in lines if line.startswith("http://localhost/l/"))
    browser = client.application.test_client()
    form = browser.get(address.removeprefix("http://localhost"), follow_redirects=True)
    assert ("Stämmer det?" in form.text, 'value="52"' in form.text) == (True, True)
    assert message.is_secret


def test_who_signed_in_to_report_is_sent_there_and_not_given_a_link(
    session: Session, staff: FlaskClient, association: Association, submitted: ReportVersion
) -> None:
    reporter = factories.user(
        session, RoleName.ASSOCIATION_REPORTER, associations=(association.id,)
    )
    submitted.submitted_by_id = reporter.id
    page = f"/review/{submitted.id}"
    _post(staff, f"{page}/return", form_on=page, note="Stämmer det?")
    message = session.scalars(select(OutboxMessage)).one()
    assert (message.recipient, message.is_secret) == (reporter.email, False)
    assert f"http://localhost/reports/{association.id}/2026-10-01" in (message.body or "")


def test_the_association_is_written_to_in_its_own_language(
    session: Session, staff: FlaskClient, association: Association, submitted: ReportVersion
) -> None:
    association.locale = "en"
    page = f"/review/{submitted.id}"
    _post(staff, f"{page}/return", form_on=page, note="Please look again.")
    message = session.scalars(select(OutboxMessage)).one()
    assert message.subject == "Your report for Åby Fiber ek. för. needs another look"


def test_staff_hear_that_a_closed_round_has_to_be_opened_for_what_they_return(
    session: Session, staff: FlaskClient, submitted: ReportVersion
) -> None:
    closed = session.scalars(
        select(ReportingRound).where(ReportingRound.reference_date == date(2026, 10, 1))
    ).one()
    closed.state, closed.closed_at = RoundState.CLOSED, NOW
    page = f"/review/{submitted.id}"
    _post(staff, f"{page}/return", form_on=page, note="Stämmer det?")
    assert "Låt dem rapportera sent" in words(staff.get("/review"))


def test_a_second_decision_changes_nothing_and_says_so(
    session: Session, staff: FlaskClient, submitted: ReportVersion
) -> None:
    page = f"/review/{submitted.id}"
    first = token(staff, page)
    staff.post(f"{page}/approve", data={"csrf_token": first})
    second = staff.post(f"{page}/return", data={"csrf_token": first, "note": "För sent"})
    assert (second.status_code, _state(session, submitted)) == (409, ReportState.APPROVED)


def test_all_without_warnings_are_approved_and_the_others_wait(
    session: Session, staff: FlaskClient, submitted: ReportVersion
) -> None:
    village = factories.village(session, "Öby")
    other = factories.association(session, "Öby Fiber", serving=[village])
    warned = version(
        session,
        report(session, other, submitted.report.round),
        counts=[(village, Counts(100, 10, 5, 1))],
        state=ReportState.SUBMITTED,
    )
    warned.warnings = 1
    session.flush()
    ids = [str(submitted.id), str(warned.id)]
    _post(staff, "/review/approve", form_on="/review", version=ids)
    assert (_state(session, submitted), _state(session, warned)) == (
        ReportState.APPROVED,
        ReportState.SUBMITTED,
    )


def test_another_countys_report_is_not_found(
    session: Session, client: FlaskClient, submitted: ReportVersion
) -> None:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("07",)))
    page = f"/review/{submitted.id}"
    csrf = token(client, "/review/rounds")
    asked = [
        client.get(page),
        client.post(f"{page}/approve", data={"csrf_token": csrf}),
        client.post(f"{page}/return", data={"csrf_token": csrf, "note": "Nej"}),
    ]
    client.post("/review/approve", data={"csrf_token": csrf, "version": str(submitted.id)})
    assert [answer.status_code for answer in asked] == [404, 404, 404]
    assert _state(session, submitted) is ReportState.SUBMITTED
    assert "Åby Fiber" not in client.get("/review").text


def test_reading_the_queue_costs_the_same_however_many_wait(
    session: Session,
    staff: FlaskClient,
    submitted: ReportVersion,
    statements: Callable[[Callable[[], object]], int],
) -> None:
    staff.get("/review")
    few = statements(lambda: staff.get("/review"))
    for number in range(12):
        village = factories.village(session, f"By {number}")
        of = factories.association(session, f"Förening {number}", serving=[village])
        version(
            session,
            report(session, of, submitted.report.round),
            counts=[(village, Counts(100, 10, 5, 1))],
            state=ReportState.SUBMITTED,
        )
    assert statements(lambda: staff.get("/review")) == few


@pytest.mark.parametrize("role", [*RoleName, "public"])
@pytest.mark.parametrize("state", ReportState)
@pytest.mark.parametrize("action", Action)
def test_only_a_submitted_version_can_be_decided_and_only_by_reviewers(
    role: str, state: ReportState, action: Action
) -> None:
    reviews = role in {"administrator", "regional_staff"}
    expected = {
        (ReportState.SUBMITTED, Action.APPROVE): ReportState.APPROVED,
        (ReportState.SUBMITTED, Action.RETURN): ReportState.RETURNED,
    }.get((state, action))
    assert outcome(state, action, role=role) == (expected if reviews else None)


def test_the_table_of_decisions_has_no_other_rows() -> None:
    assert (len(OUTCOMES), REVIEWERS) == (2, {"administrator", "regional_staff"})


def test_of_twenty_approvals_at_once_one_succeeds(own_database: str, tmp_path: Path) -> None:
    app = create_app(settings_for(own_database, folder=tmp_path))
    with app.app_context(), transaction(db.session):
        session = db.session()
        village = factories.village(session)
        of = factories.association(session, serving=[village])
        waiting = version(
            session,
            report(session, of, factories.reporting_round(session)),
            counts=[(village, Counts(100, 80, 52, 30))],
            state=ReportState.SUBMITTED,
        ).id

    def decide(_: int) -> bool:
        with app.app_context():
            try:
                with transaction(db.session):
                    by = Reviewer(Reach(roles=frozenset({RoleName.ADMINISTRATOR})), NOW)
                    approve(db.session(), waiting, by=by, carry_forward_months=24)
            except AlreadyDecided:
                return False
            return True

    with ThreadPoolExecutor(20) as pool:
        succeeded = sum(pool.map(decide, range(20)))
    with app.app_context():
        rows = db.session.scalar(
            select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "approve")
        )
        db.session.remove()
        db.engine.dispose()
    assert (succeeded, rows) == (1, 1)
