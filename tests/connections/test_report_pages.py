"""The reporter's pages: filled in, sent, refused, restored, and never another association's."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.accounts.rules import RoleName
from outreach.associations.models import Association
from outreach.connections.models import ConnectionCount, ReportDraft, ReportVersion
from outreach.connections.rules import ReportState, RoundState
from outreach.database.audit import AuditEvent
from outreach.places.models import Village
from tests import factories
from tests.connections.making import HOLIDAY, Counts, approved, report, version
from tests.connections.pages import fields, reporter_of, signed_in_reporter, words
from tests.factories import NOW
from tests.signing_in import sign_in

REFERENCE = date(2026, 10, 1)


class Desk:
    """A reporter with two villages, of which one was reported last year, at an open form."""

    def __init__(self, session: Session, client: FlaskClient) -> None:
        self.session, self.client = session, client
        self.aby = factories.village(session, "Åby", dwellings=100)
        self.bro = factories.village(session, "Bro", dwellings=50)
        self.association = factories.association(session, serving=[self.aby, self.bro])
        earlier = factories.reporting_round(session, date(2025, 10, 1))
        approved(session, self.association, earlier, counts=[(self.aby, Counts(100, 80, 60, 40))])
        self.round = factories.reporting_round(session, REFERENCE)
        self.user = signed_in_reporter(client, session, self.association)
        self.path = f"/reports/{self.association.id}/{REFERENCE}"

    def name(self, field: str, place: Village | None = None) -> str:
        return f"v{(place or self.aby).id}-permanent-{field}"

    def texts(self, place: Village | None = None, **typed: str) -> dict[str, str]:
        return {self.name(field, place): text for field, text in typed.items()}

    def opened(self) -> dict[str, str]:
        return fields(self.client.get(self.path).get_data(as_text=True))

    def send(self, texts: dict[str, str], *, to: str = "") -> TestResponse:
        return self.client.post(self.path + to, data=self.opened() | texts)

    def versions(self) -> int:
        return (
            self.session.scalar(
                select(func.count(ReportVersion.id)).where(
                    ReportVersion.submitted_by_id.is_not(None)
                )
            )
            or 0
        )

    def drafts(self) -> int:
        return self.session.scalar(select(func.count()).select_from(ReportDraft)) or 0


@pytest.fixture
def desk(session: Session, client: FlaskClient) -> Desk:
    return Desk(session, client)


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
    desk.client.post(desk.path, data=form | desk.texts(connected="60"))
    answer = desk.client.post(desk.path, data=form | desk.texts(connected="61"))
    assert (answer.status_code, desk.versions()) == (409, 1)
    assert fields(answer.text)["submission_key"] != form["submission_key"]


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("connected", "12,5", "Skriv ett heltal, utan decimaler."),
        ("connected", "-4", "Ett antal kan inte vara mindre än 0."),
        ("connected", "10^12", "Skriv ut hela talet"),
        ("connected", "1000000000000", "Talet är för stort"),
        ("connected", "många", "Skriv ett heltal med siffror"),
        ("connected", "1.000", "utan punkt eller komma"),
        ("connected", "٤٠", "siffrorna 0–9"),
        ("homes_passed", "101", "Registret har 100 hushåll här"),
    ],
)
def test_bad_figures_are_explained_and_kept_and_not_stored(
    desk: Desk, field: str, text: str, said: str
) -> None:
    answer = desk.send(desk.texts(**{field: text}))
    assert (answer.status_code, desk.versions()) == (422, 0)
    assert said in words(answer)
    assert fields(answer.text)[desk.name(field)] == text
    assert "<title>Fel:" in answer.text


def test_more_connected_than_passed_is_refused(desk: Desk) -> None:
    answer = desk.send(desk.texts(homes_passed="60", connected="61"))
    assert answer.status_code == 422
    assert "Kan inte vara fler än de 60 som kan anslutas." in words(answer)


def test_a_thousand_with_a_space_is_a_thousand(desk: Desk) -> None:
    texts = desk.texts(dwellings="1 234", connected="60", reason="Ny stadsdel")
    assert desk.send(texts).status_code == 303
    assert (
        desk.session.scalars(
            select(ConnectionCount.dwellings).order_by(ConnectionCount.id.desc())
        ).first()
        == 1234
    )


def test_a_decrease_opens_the_field_for_a_reason(desk: Desk) -> None:
    answer = desk.send(desk.texts(connected="50"))
    assert answer.status_code == 422
    assert "Färre än förra gången: 60, nu 50." in words(answer)
    sent = fields(answer.text) | desk.texts(reason="Tio hus rivna")
    assert desk.client.post(desk.path, data=sent).status_code == 303


def test_a_refused_form_keeps_its_key_and_a_draft(desk: Desk) -> None:
    form = desk.opened()
    answer = desk.client.post(desk.path, data=form | desk.texts(connected="x"))
    assert fields(answer.text)["submission_key"] == form["submission_key"]
    assert desk.opened()[desk.name("connected")] == "x"


def test_a_refusal_is_on_record(desk: Desk) -> None:
    desk.send(desk.texts(connected="x"))
    event = desk.session.scalars(
        select(AuditEvent).where(AuditEvent.action == "submission_refused")
    ).one()
    assert (event.user_id, event.object_id) == (desk.user.id, str(desk.association.id))


def test_another_associations_village_is_refused_whole(desk: Desk) -> None:
    stray = factories.village(desk.session, "Annans by")
    answer = desk.send(desk.texts(connected="60") | desk.texts(stray, connected="1"))
    assert (answer.status_code, desk.versions()) == (422, 0)


def test_another_association_is_not_found(desk: Desk) -> None:
    other = factories.association(desk.session, "Annan")
    path = f"/reports/{other.id}/{REFERENCE}"
    form = desk.opened() | desk.texts(unchanged="1")
    answers = [
        desk.client.get(path),
        desk.client.post(path, data=form),
        desk.client.post(f"{path}/draft", data=form),
        desk.client.post(f"{path}/draft/take-over", data=form | {"of": str(desk.user.id)}),
        desk.client.post(f"{path}/draft/discard", data=form),
        desk.client.get(f"/reports/{other.id}/history"),
        desk.client.get(f"/reports/{other.id}/history.csv"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 7
    assert (desk.versions(), desk.drafts()) == (0, 0)


@pytest.mark.parametrize("day", ["2026-10-02", "igår", "2026-W40-4", "20261001", "2026-13-01"])
def test_a_day_without_a_round_is_not_found(desk: Desk, day: str) -> None:
    assert desk.client.get(f"/reports/{desk.association.id}/{day}").status_code == 404


def test_a_form_without_its_token_comes_back_as_typed(desk: Desk) -> None:
    form = desk.opened() | desk.texts(connected="60")
    del form["csrf_token"]
    answer = desk.client.post(desk.path, data=form)
    assert (answer.status_code, desk.versions()) == (400, 0)
    again = fields(answer.text)
    assert again[desk.name("connected")] == "60"
    assert desk.client.post(desk.path, data=again).status_code == 303


def test_a_form_sent_after_the_sign_in_ran_out_keeps_the_figures(desk: Desk) -> None:
    form = desk.opened() | desk.texts(connected="60")
    stranger = desk.client.application.test_client()
    answer = stranger.post(desk.path, data=form)
    assert answer.status_code == 401
    assert f'name="{desk.name("connected")}" value="60"' in answer.text
    assert "inget har gått förlorat" in words(answer)


def test_a_script_is_told_that_the_sign_in_ran_out(desk: Desk) -> None:
    stranger = desk.client.application.test_client()
    answer = stranger.post(f"{desk.path}/draft", json={}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]["reason"]) == (401, "signed_out")


def test_a_body_too_large_is_refused(desk: Desk) -> None:
    answer = desk.send({"comment": "x" * 2_100_000})
    assert (answer.status_code, desk.versions()) == (413, 0)


def test_a_form_that_does_not_say_what_it_was_opened_on_is_refused(desk: Desk) -> None:
    form = desk.opened() | desk.texts(connected="60")
    del form["base_number"]
    answer = desk.client.post(desk.path, data=form)
    assert (answer.status_code, desk.versions()) == (422, 0)
    assert fields(answer.text)[desk.name("connected")] == "60"


@pytest.mark.parametrize("key", ["", "x", "A" * 32, "' OR 1=1"])
def test_a_form_without_a_key_of_ours_is_refused(desk: Desk, key: str) -> None:
    answer = desk.send(desk.texts(connected="60") | {"submission_key": key})
    assert (answer.status_code, desk.versions()) == (422, 0)
    assert desk.client.post(desk.path, data=fields(answer.text)).status_code == 303


def test_a_closed_round_takes_no_report(desk: Desk) -> None:
    form = desk.opened() | desk.texts(connected="60")
    desk.round.state, desk.round.closed_at = RoundState.CLOSED, NOW
    answer = desk.client.post(desk.path, data=form)
    assert (answer.status_code, desk.versions()) == (422, 0)


def test_a_draft_is_kept_as_typed_and_restored_with_its_time(desk: Desk) -> None:
    answer = desk.send(desk.texts(connected="tolv"), to="/draft")
    assert (answer.status_code, answer.location) == (303, desk.path)
    page = desk.client.get(desk.path)
    assert fields(page.text)[desk.name("connected")] == "tolv"
    assert "Ditt utkast från" in words(page)


def test_a_script_keeps_the_draft_and_hears_the_time(desk: Desk) -> None:
    form = desk.opened()
    answer = desk.client.post(
        f"{desk.path}/draft",
        json={"base_number": 0, "texts": desk.texts(connected="7")},
        headers={"Accept": "application/json", "X-CSRFToken": form["csrf_token"]},
    )
    assert answer.status_code == 200
    assert answer.json["said"].startswith("Utkast sparat ")
    assert desk.opened()[desk.name("connected")] == "7"


@pytest.mark.parametrize(
    "body",
    ["[]", "{}", '{"base_number": "1", "texts": {}}', '{"base_number": 0, "texts": {"a": 1}}', "x"],
)
def test_a_draft_of_another_shape_is_refused(desk: Desk, body: str) -> None:
    answer = desk.client.post(
        f"{desk.path}/draft",
        data=body,
        content_type="application/json",
        headers={"Accept": "application/json", "X-CSRFToken": desk.opened()["csrf_token"]},
    )
    assert (answer.status_code, desk.drafts()) == (422, 0)


def test_all_unchanged_is_one_button_without_a_script(desk: Desk) -> None:
    desk.send(desk.texts(desk.bro, connected="5") | {"fill": "unchanged"}, to="/draft")
    form = desk.opened()
    assert form[desk.name("unchanged")] == "1"
    assert form[desk.name("connected", desk.bro)] == "5"
    assert desk.client.post(desk.path, data=form).status_code == 303


def test_a_draft_can_be_thrown_away(desk: Desk) -> None:
    desk.send(desk.texts(connected="7"), to="/draft")
    desk.send({}, to="/draft/discard")
    assert desk.drafts() == 0


def test_a_colleague_sees_the_draft_and_goes_on_with_it(desk: Desk) -> None:
    desk.send(desk.texts(connected="58"), to="/draft")
    colleague = reporter_of(desk.session, desk.association)
    client = desk.client.application.test_client()
    sign_in(client, colleague)
    page = client.get(desk.path)
    assert f"{desk.user.name} har ett utkast" in words(page)
    token = fields(page.text)["csrf_token"]
    client.post(f"{desk.path}/draft/take-over", data={"csrf_token": token, "of": str(desk.user.id)})
    assert fields(client.get(desk.path).text)[desk.name("connected")] == "58"


def _submitted_by_a_colleague(desk: Desk, counts: Counts) -> None:
    made = report(desk.session, desk.association, desk.round)
    colleague = reporter_of(desk.session, desk.association)
    stored = version(desk.session, made, counts=[(desk.aby, counts)], state=ReportState.SUBMITTED)
    stored.submitted_by_id = colleague.id
    desk.session.flush()


def test_two_people_at_one_report_see_both_versions_and_lose_nothing(desk: Desk) -> None:
    form = desk.opened() | desk.texts(connected="61") | desk.texts(desk.bro, connected="9")
    _submitted_by_a_colleague(desk, Counts(100, 80, 65, 40))
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
    _submitted_by_a_colleague(desk, Counts(100, 80, 62, 40))
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
    form = desk.opened() | desk.texts(connected="61")
    del form["base_number"]
    _submitted_by_a_colleague(desk, Counts(100, 80, 65, 40))
    assert desk.client.post(desk.path, data=form).status_code == 409


def test_a_returned_report_opens_with_its_figures_and_the_note(desk: Desk) -> None:
    _submitted_by_a_colleague(desk, Counts(100, 80, 65, 40))
    stored = desk.session.scalars(
        select(ReportVersion).where(ReportVersion.state == ReportState.SUBMITTED)
    ).one()
    stored.state, stored.decision_note = ReportState.RETURNED, "Kontrollera Åby, tack."
    page = desk.client.get(desk.path)
    assert "Kontrollera Åby, tack." in words(page)
    assert fields(page.text)[desk.name("connected")] == "65"


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


def test_a_draft_shows_on_the_way_in(desk: Desk) -> None:
    desk.send(desk.texts(connected="7"), to="/draft")
    assert "Fortsätt med utkastet" in words(desk.client.get("/reports"))


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


def test_a_comment_too_long_is_refused_and_kept(desk: Desk) -> None:
    answer = desk.send(desk.texts(connected="60") | {"comment": "x" * 2001})
    assert answer.status_code == 422
    assert "Skriv högst 2 000 tecken" in words(answer).replace("\xa0", " ")
    assert len(fields(answer.text)["comment"]) == 2001


def test_comments_and_unreadable_figures_can_be_chosen_between(desk: Desk) -> None:
    form = desk.opened() | desk.texts(connected="61") | {"comment": "Min"}
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


def test_the_token_of_another_session_opens_no_other_associations_form(desk: Desk) -> None:
    other = factories.association(desk.session, "Annan")
    answer = desk.client.post(f"/reports/{other.id}/{REFERENCE}", data={"connected": "1"})
    assert answer.status_code == 404


def test_a_script_is_told_that_its_token_is_outdated(desk: Desk) -> None:
    answer = desk.client.post(f"{desk.path}/draft", json={}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]["reason"]) == (400, "csrf")


def test_a_draft_too_large_is_refused(desk: Desk) -> None:
    texts = {f"v{number}-permanent-reason": "x" * 4000 for number in range(140)}
    answer = desk.client.post(
        f"{desk.path}/draft",
        json={"base_number": 0, "texts": texts},
        headers={"Accept": "application/json", "X-CSRFToken": desk.opened()["csrf_token"]},
    )
    assert (answer.status_code, desk.drafts()) == (413, 0)
    assert desk.send(texts).status_code == 422
    assert desk.drafts() == 0


def test_taking_over_a_draft_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert desk.send({"of": "999999"}, to="/draft/take-over").status_code == 404
    assert desk.send({"of": "x"}, to="/draft/take-over").status_code == 404
