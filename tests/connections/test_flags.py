"""Reported figures flagged for follow-up: raised, shown to staff only, resolved once."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.accounts.models import User
from outreach.accounts.rules import RoleName
from outreach.connections.flag_models import ValueFlag
from outreach.connections.models import ReportVersion
from outreach.connections.rules import CountField, ReportState
from outreach.database.audit import AuditEvent
from tests import factories
from tests.connections.making import PERMANENT, Counts, report, version
from tests.factories import NOW
from tests.signing_in import sign_in, token


@pytest.fixture
def submitted(session: Session) -> ReportVersion:
    village = factories.village(session, "Åby")
    made = factories.association(session, "Åby Fiber", serving=[village])
    return version(
        session,
        report(session, made, factories.reporting_round(session)),
        counts=[(village, Counts(100, 80, 52, None))],
        state=ReportState.SUBMITTED,
    )


@pytest.fixture
def colleague(session: Session) -> User:
    return factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))


@pytest.fixture
def staff(session: Session, client: FlaskClient) -> FlaskClient:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    return client


def _key(of: ReportVersion, field: str = "connected") -> str:
    return f"{of.counts[0].village_id}-permanent-{field}"


def _add(client: FlaskClient, of: ReportVersion, **typed: str) -> TestResponse:
    page = f"/review/{of.id}"
    return client.post(f"{page}/flags", data={"csrf_token": token(client, page)} | typed)


def _flag(session: Session, of: ReportVersion, note: str = "Ring och fråga") -> ValueFlag:
    made = ValueFlag(
        version_id=of.id,
        village_id=of.counts[0].village_id,
        dwelling_type=PERMANENT,
        field=CountField.CONNECTED,
        note=note,
        raised_at=NOW,
    )
    session.add(made)
    session.flush()
    return made


def test_a_flag_stands_in_the_review_the_list_and_the_villages_history(
    session: Session, staff: FlaskClient, submitted: ReportVersion, colleague: User
) -> None:
    answer = _add(
        staff,
        submitted,
        value=_key(submitted),
        flag_note="Stämmer 52?",
        assignee=str(colleague.id),
    )
    flag = session.scalars(select(ValueFlag)).one()
    assert (answer.status_code, flag.field, flag.note) == (303, CountField.CONNECTED, "Stämmer 52?")
    assert flag.assignee_id == colleague.id
    village = submitted.counts[0].village
    for page in (f"/review/{submitted.id}", "/review/flags", f"/places/villages/{village.code}"):
        assert "Stämmer 52?" in staff.get(page).text, page
    assert f"Följs upp av {colleague.name}" in staff.get("/review/flags").text
    assert session.scalars(select(AuditEvent.action).where(AuditEvent.action == "flag")).all()


def test_a_flag_decides_nothing(
    session: Session, staff: FlaskClient, submitted: ReportVersion
) -> None:
    _add(staff, submitted, value=_key(submitted), flag_note="Hm")
    session.expire_all()
    assert session.get_one(ReportVersion, submitted.id).state is ReportState.SUBMITTED


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"flag_note": "Behåll mig", "value": ""}, "Välj en siffra som finns i rapporten."),
        ({"flag_note": "Behåll mig", "value": "1-x"}, "Välj en siffra som finns i rapporten."),
        ({"flag_note": "Behåll mig", "assignee": "99999"}, "Välj någon i listan."),
        ({"flag_note": " "}, "Skriv några ord."),
        ({"flag_note": "811218-9876"}, "personnummer"),
    ],
)
def test_what_cannot_be_flagged_is_said_and_nothing_typed_is_lost(
    session: Session,
    staff: FlaskClient,
    submitted: ReportVersion,
    typed: dict[str, str],
    message: str,
) -> None:
    answer = _add(staff, submitted, **({"value": _key(submitted)} | typed))
    assert (answer.status_code, message in answer.text) == (422, True)
    assert typed["flag_note"] in answer.text
    assert session.scalars(select(ValueFlag)).all() == []


def test_a_figure_that_was_left_blank_cannot_be_flagged(
    staff: FlaskClient, submitted: ReportVersion
) -> None:
    answer = _add(staff, submitted, value=_key(submitted, "active"), flag_note="Tomt")
    assert answer.status_code == 422


def test_a_flag_is_resolved_once_and_with_a_note(
    session: Session, staff: FlaskClient, submitted: ReportVersion
) -> None:
    flag = _flag(session, submitted)
    csrf = token(staff, "/review/flags")
    address = f"/review/flags/{flag.id}/resolve"
    empty = staff.post(address, data={"csrf_token": csrf, "resolution": " "})
    done = staff.post(address, data={"csrf_token": csrf, "resolution": "De räknade\0 om"})
    again = staff.post(address, data={"csrf_token": csrf, "resolution": "Nej"})
    assert (empty.status_code, done.status_code, again.status_code) == (422, 303, 409)
    session.expire_all()
    assert session.get_one(ValueFlag, flag.id).resolution == "De räknade om"
    assert "De räknade om" in staff.get("/review/flags?show=resolved").text
    assert "Ring och fråga" not in staff.get("/review/flags").text


def test_another_countys_flag_is_not_found(
    session: Session, client: FlaskClient, submitted: ReportVersion
) -> None:
    flag = _flag(session, submitted)
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("07",)))
    csrf = token(client, "/review/rounds")
    typed = {"csrf_token": csrf, "resolution": "x", "flag_note": "x", "value": _key(submitted)}
    asked = [f"/review/flags/{flag.id}/resolve", f"/review/{submitted.id}/flags"]
    assert [client.post(path, data=typed).status_code for path in asked] == [404, 404]
    assert "Ring och fråga" not in client.get("/review/flags").text


def test_the_reporter_does_not_see_the_flag(
    session: Session, client: FlaskClient, submitted: ReportVersion
) -> None:
    _flag(session, submitted)
    reporter = factories.user(
        session,
        RoleName.ASSOCIATION_REPORTER,
        associations=(submitted.report.association_id,),
    )
    sign_in(client, reporter)
    page = client.get(f"/places/villages/{submitted.counts[0].village.code}").text
    assert ("Åby Fiber" in page, "Ring och fråga" in page) == (True, False)


def test_reading_the_list_costs_the_same_however_many_wait(
    session: Session,
    staff: FlaskClient,
    submitted: ReportVersion,
    statements: Callable[[Callable[[], object]], int],
) -> None:
    _flag(session, submitted)
    staff.get("/review/flags")
    few = statements(lambda: staff.get("/review/flags"))
    for number in range(12):
        _flag(session, submitted, f"Nummer {number}")
    assert statements(lambda: staff.get("/review/flags")) == few
