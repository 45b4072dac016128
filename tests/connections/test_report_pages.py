"""The reporter's pages: filled in, sent, refused, restored, and never another association's."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.associations.models import Association
from outreach.connections.models import ConnectionCount, LockException, ReportVersion
from outreach.connections.rules import ReportState, RoundState
from outreach.database.times import utc_now
from tests import factories
from tests.connections.desk import REFERENCE, Desk, submitted_by_a_colleague
from tests.connections.making import HOLIDAY, Counts, approved, report, version
from tests.connections.pages import fields, signed_in_reporter, words
from tests.factories import NOW
from tests.signing_in import sign_in


def test_the_way_in_says_what_is_to_be_done(desk: Desk) -> None:
    page = desk.client.get("/reports")
    assert "Rapportera senast den 1 december 2026" in words(page)
    assert f'href="{desk.path}"' in page.text


def test_a_reporter_without_a_round_is_told_so(session: Session, client: FlaskClient) -> None:
    signed_in_reporter(client, session, factories.association(session))
    assert "inte öppnat någon omgång" in words(client.get("/reports"))


def test_the_short_address_leads_to_the_open_round(desk: Desk) -> None:
    response = desk.client.get(f"/reports/{desk.association.id}")
    assert (response.status_code, response.location) == (303, desk.path)


def test_the_form_shows_each_last_approved_figure_and_its_date(desk: Desk) -> None:
    said = words(desk.client.get(desk.path))
    assert "Oförändrat sedan 1 oktober 2025" in said
    assert [f"senast {n}" in said for n in (100, 80, 60, 40)] == [True] * 4
    assert "Första rapporten" in said  # of Bro


def test_a_report_goes_in_and_is_answered_with_a_receipt(desk: Desk) -> None:
    response = desk.send(desk.texts(unchanged="1") | desk.texts(desk.bro, connected="0"))
    assert response.status_code == 303
    stored = desk.session.scalars(
        select(ReportVersion).where(ReportVersion.submitted_by_id == desk.user.id)
    ).one()
    assert response.location == f"/reports/receipts/{stored.receipt}"
    said = words(desk.client.get(response.location))
    assert stored.receipt in said
    assert "Regionen granskar" in said


def test_a_double_click_is_one_version_and_one_receipt(desk: Desk) -> None:
    form = desk.opened() | desk.texts(unchanged="1")
    answers = [desk.client.post(desk.path, data=form) for _ in range(2)]
    assert {answer.location for answer in answers} == {answers[0].location}
    assert desk.versions() == 1


def test_the_same_form_sent_again_after_the_approval_gives_the_same_receipt(desk: Desk) -> None:
    form = desk.opened() | desk.texts(connected="61", homes_passed="80")
    first = desk.client.post(desk.path, data=form)
    stored = desk.session.scalars(
        select(ReportVersion).where(ReportVersion.submitted_by_id == desk.user.id)
    ).one()
    stored.state = ReportState.APPROVED
    again = desk.client.post(desk.path, data=form)
    assert (again.status_code, again.location) == (303, first.location)


def test_the_same_key_with_other_figures_is_a_conflict_and_the_first_stands(desk: Desk) -> None:
    form = desk.opened()
    desk.client.post(desk.path, data=form | desk.texts(homes_passed="80", connected="60"))
    answer = desk.client.post(desk.path, data=form | desk.texts(homes_passed="80", connected="61"))
    assert (answer.status_code, desk.versions()) == (409, 1)
    assert fields(answer.text)["submission_key"] != form["submission_key"]


def test_two_people_at_one_report_see_both_versions_and_lose_nothing(desk: Desk) -> None:
    form = (
        desk.opened()
        | desk.texts(homes_passed="80", connected="61")
        | desk.texts(desk.bro, connected="9")
    )
    submitted_by_a_colleague(desk, Counts(100, 80, 65, 40))
    answer = desk.client.post(desk.path, data=form)
    assert answer.status_code == 409
    said = words(answer)
    assert "Din: 61" in said
    assert "Inskickad: 65" in said
    chosen = fields(answer.text)
    assert chosen[desk.name("connected")] == "61"
    assert chosen[desk.name("connected", desk.bro)] == "9"
    assert chosen["base_number"] == "1"
    assert desk.client.post(desk.path, data=chosen).status_code == 303
    numbers = desk.session.scalars(select(ReportVersion.number).order_by(ReportVersion.id)).all()
    assert numbers[-2:] == [1, 2]


def test_where_only_the_other_changed_something_theirs_is_chosen(desk: Desk) -> None:
    submitted_by_a_colleague(desk, Counts(100, 80, 62, 40))
    form = desk.opened() | desk.texts(desk.bro, connected="9")
    made = report(desk.session, desk.association, desk.round)
    version(
        desk.session,
        made,
        counts=[(desk.aby, Counts(100, 80, 70, 40))],
        state=ReportState.SUBMITTED,
        number=2,
    )
    answer = desk.client.post(desk.path, data=form)
    chosen = fields(answer.text)
    assert (answer.status_code, chosen[desk.name("connected")]) == (409, "70")
    assert chosen[desk.name("connected", desk.bro)] == "9"


def test_a_form_without_a_base_beside_a_version_is_a_conflict(desk: Desk) -> None:
    form = desk.opened() | desk.texts(homes_passed="80", connected="61")
    del form["base_number"]
    submitted_by_a_colleague(desk, Counts(100, 80, 65, 40))
    assert desk.client.post(desk.path, data=form).status_code == 409


def test_a_returned_report_opens_with_its_figures_and_the_note(desk: Desk) -> None:
    submitted_by_a_colleague(desk, Counts(100, 80, 65, 40))
    stored = desk.session.scalars(
        select(ReportVersion).where(ReportVersion.state == ReportState.SUBMITTED)
    ).one()
    stored.state, stored.decision_note = ReportState.RETURNED, "Kontrollera Åby, tack."
    page = desk.client.get(desk.path)
    assert "Kontrollera Åby, tack." in words(page)
    assert fields(page.text)[desk.name("connected")] == "65"


def test_who_may_correct_after_the_round_closed_sees_until_when(desk: Desk) -> None:
    submitted_by_a_colleague(desk, Counts(100, 80, 65, 40))
    desk.round.state, desk.round.closed_at = RoundState.CLOSED, NOW
    now = utc_now()
    desk.session.add(
        LockException(
            round_id=desk.round.id,
            association_id=desk.association.id,
            reason="Räknefel",
            granted_at=now,
            until=now + timedelta(days=3),
        )
    )
    said = words(desk.client.get(desk.path))
    assert ("Du får rapportera till" in said, "Rapporten har kommit in" in said) == (True, True)


def test_a_closed_form_does_not_invite_to_fill_in(desk: Desk) -> None:
    assert '<div class="report__quick">' in desk.client.get(desk.path).text
    desk.round.state, desk.round.closed_at = RoundState.CLOSED, NOW
    desk.session.flush()
    assert '<div class="report__quick" hidden>' in desk.client.get(desk.path).text


def test_villages_of_one_name_are_told_apart_by_their_codes(desk: Desk) -> None:
    desk.bro.name = desk.aby.name
    desk.session.flush()
    said = words(desk.client.get(desk.path))
    assert [f"Åby ({place.code})" in said for place in (desk.aby, desk.bro)] == [True, True]


def test_an_association_without_villages_is_told_what_to_do(
    session: Session, client: FlaskClient
) -> None:
    association = factories.association(session)
    factories.reporting_round(session, REFERENCE)
    signed_in_reporter(client, session, association)
    page = client.get(f"/reports/{association.id}/{REFERENCE}")
    assert "Inga orter det här datumet" in words(page)


def test_staff_enter_a_report_for_an_association_and_are_named(desk: Desk) -> None:
    staff = factories.user(desk.session, RoleName.REGIONAL_STAFF, counties=("10",))
    client = desk.client.application.test_client()
    sign_in(client, staff)
    page = client.get(desk.path)
    assert "Du rapporterar åt föreningen" in words(page)
    client.post(desk.path, data=fields(page.text) | desk.texts(unchanged="1"))
    stored = desk.session.scalars(
        select(ReportVersion.submitted_by_id).order_by(ReportVersion.id.desc())
    ).first()
    assert stored == staff.id


def test_staff_of_another_county_find_nothing(desk: Desk) -> None:
    factories.county(desk.session, "07", "Kronobergs län")
    staff = factories.user(desk.session, RoleName.REGIONAL_STAFF, counties=("07",))
    client = desk.client.application.test_client()
    sign_in(client, staff)
    assert client.get(desk.path).status_code == 404


def test_a_receipt_is_its_associations_own(desk: Desk, association: Association) -> None:
    location = desk.send(desk.texts(unchanged="1")).location
    client = desk.client.application.test_client()
    signed_in_reporter(client, desk.session, association)
    assert client.get(location).status_code == 404


def test_the_receipt_leads_on_to_the_next_association(
    session: Session, client: FlaskClient
) -> None:
    village = factories.village(session)
    first, second = (
        factories.association(session, name, serving=[village]) for name in ("Aby", "Bby")
    )
    factories.reporting_round(session, REFERENCE)
    signed_in_reporter(client, session, first, second)
    path = f"/reports/{first.id}/{REFERENCE}"
    sent = fields(client.get(path).text) | {f"v{village.id}-permanent-connected": "5"}
    said = words(client.get(client.post(path, data=sent).location))
    assert "Nästa: Bby" in said


@pytest.fixture
def association(session: Session) -> Association:
    return factories.association(session, "Någon annan")


def test_the_form_asks_the_same_number_of_questions_however_many_villages(
    desk: Desk, statements: Callable[[Callable[[], object]], int]
) -> None:
    desk.client.get(desk.path)
    few = statements(lambda: desk.client.get(desk.path))
    serving = [factories.village(desk.session, f"By {number}") for number in range(10)]
    larger = factories.association(desk.session, "Stor", serving=serving)
    signed_in_reporter(desk.client, desk.session, larger)
    path = f"/reports/{larger.id}/{REFERENCE}"
    assert statements(lambda: desk.client.get(path)) == few


@pytest.mark.parametrize(
    ("state", "due", "said", "button"),
    [
        (ReportState.RETURNED, None, "Regionen skriver: Se över", "Rätta rapporten"),
        (ReportState.SUBMITTED, None, "Regionen granskar den", "Visa eller rätta"),
        (ReportState.APPROVED, None, "Godkänd och publicerad", "Visa eller rätta"),
        (None, date(2026, 11, 1), "Det går fortfarande att rapportera", "Rapportera nu"),
    ],
)
def test_the_way_in_says_where_each_report_stands(
    desk: Desk, state: ReportState | None, due: date | None, said: str, button: str
) -> None:
    if state is not None:
        made = report(desk.session, desk.association, desk.round)
        counts = [(desk.aby, Counts(100, 80, 60, 40))]
        version(desk.session, made, counts=counts, state=state).decision_note = "Se över"
    if due is not None:
        desk.round.due_date = due
    shown = words(desk.client.get("/reports"))
    assert said in shown
    assert button in shown


def test_without_a_round_the_short_address_leads_nowhere(
    session: Session, client: FlaskClient, association: Association
) -> None:
    signed_in_reporter(client, session, association)
    assert client.get(f"/reports/{association.id}").status_code == 404


def test_holiday_homes_that_were_reported_are_asked_for_again(desk: Desk) -> None:
    cabins = Counts(30, 20, 10, dwelling_type=HOLIDAY)
    earlier = factories.reporting_round(desk.session, date(2026, 4, 1))
    approved(desk.session, desk.association, earlier, counts=[(desk.aby, cabins)])
    page = desk.client.get(desk.path)
    assert "Karlskrona, fritidshus" in words(page)
    sent = fields(page.text) | {f"v{desk.aby.id}-holiday-unchanged": "1"}
    assert desk.client.post(desk.path, data=sent).status_code == 303
    stored = desk.session.scalars(
        select(ConnectionCount).order_by(ConnectionCount.id.desc())
    ).first()
    assert stored is not None
    assert (stored.dwelling_type, stored.connected) == (HOLIDAY, 10)


def test_comments_and_unreadable_figures_can_be_chosen_between(desk: Desk) -> None:
    form = desk.opened() | desk.texts(homes_passed="80", connected="61") | {"comment": "Min"}
    made = report(desk.session, desk.association, desk.round)
    stored = version(
        desk.session,
        made,
        counts=[(desk.aby, Counts(100, 80, 65, 40))],
        state=ReportState.SUBMITTED,
    )
    stored.comment = "Deras"
    desk.session.flush()
    said = words(desk.client.post(desk.path, data=form))
    assert "Din: Min" in said
    assert "Inskickad: Deras" in said
