"""The pages of reporting rounds: planned, opened, followed, called, closed, frozen."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.accounts.rules import RoleName
from outreach.connections.models import ExpectedPair, LockException, ReportingRound, RoundRefusal
from outreach.connections.rounds import presets, whole_percent
from outreach.connections.rules import ReportState, RoundState
from outreach.database.times import utc_now
from outreach.days import end_of_day
from outreach.extensions import db
from tests import factories
from tests.connections.making import Counts, expected, report, version
from tests.connections.pages import signed_in_reporter, words
from tests.factories import NOW
from tests.signing_in import sign_in, token

FULL = Counts(100, 80, 60, 40)
REASON = "Kassören är sjuk"


class Desk:
    """Staff of Blekinge with a round in which one of two associations has reported."""

    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.client, self.session = client, session
        self.villages = [factories.village(session, name) for name in ("Aby", "Bro", "Ceda")]
        self.done = factories.association(session, "Klara", serving=self.villages[:1])
        self.late = factories.association(session, "Sena", serving=self.villages[1:])
        self.round = factories.reporting_round(session, due=date(2026, 12, 1))
        expected(session, self.done, self.round, *self.villages[:1])
        expected(session, self.late, self.round, *self.villages[1:])
        of = report(session, self.done, self.round)
        version(session, of, counts=[(self.villages[0], FULL)], state=ReportState.APPROVED)
        factories.contact(session, self.late, email="sena@example.org")
        self.staff = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
        sign_in(client, self.staff)

    @property
    def path(self) -> str:
        """The round's page."""
        return f"/review/rounds/{self.round.id}"

    def of(self, association_id: int) -> str:
        """An association's page in the round."""
        return f"{self.path}/associations/{association_id}"

    def post(self, path: str, *, seen: str | None = None, **fields: str) -> TestResponse:
        """Send a form of the round's page, or of the page `seen`."""
        fields["csrf_token"] = token(self.client, seen or self.path)
        return self.client.post(path, data=fields)

    def put(self, state: RoundState) -> None:
        """The round in another state."""
        self.round.state = state
        self.round.closed_at = NOW if state in {RoundState.CLOSED, RoundState.FROZEN} else None
        self.round.frozen_at = NOW if state is RoundState.FROZEN else None
        self.session.flush()

    def state(self) -> RoundState | None:
        """The state that is stored."""
        query = select(ReportingRound.state).where(ReportingRound.id == self.round.id)
        return self.session.scalar(query)


@pytest.fixture
def desk(client: FlaskClient) -> Desk:
    return Desk(client, db.session())


def test_the_page_counts_villages_received_on_time_and_approved(desk: Desk) -> None:
    said = words(desk.client.get(desk.path))
    assert "Inkomna 33\N{NO-BREAK SPACE}% 1 av 3 orter" not in said  # words() joins all spaces
    assert "Inkomna 33 % 1 av 3 orter" in said
    assert "Godkända 33 % 1 av 3 orter" in said
    assert "Att ringa 1 förening" in said
    assert "2 orter återstår" in said
    assert "Blekinge län 3 1 33 % 1 0 1 0" in said
    assert "Karlskrona 3 1 33 % 1 0 1 0" in said


def test_the_list_of_who_to_call_has_the_contact_and_nobody_else(desk: Desk) -> None:
    said = words(desk.client.get(f"{desk.path}/associations?show=call"))
    assert "Sena Anna Ask sena@example.org Ingen rapport 0 av 2" in said
    assert "Klara" not in said
    assert "Klara Ingen kontaktperson Godkänd 1 av 1" in words(
        desk.client.get(f"{desk.path}/associations")
    )


def test_the_old_address_leads_to_the_list_of_the_open_round(desk: Desk) -> None:
    assert desk.client.get("/review/associations").location == f"{desk.path}/associations"
    desk.put(RoundState.CLOSED)
    assert desk.client.get("/review/associations").location == "/review/rounds"


def test_the_files_have_the_same_rows(desk: Desk) -> None:
    areas = desk.client.get(f"{desk.path}/municipalities-excel.csv").text.splitlines()
    assert areas[0].lstrip("\ufeff").startswith("Kod;Område;Väntade;Inkomna;I tid;Återsända")
    assert areas[1] == "10;Blekinge län;3;1;1;0;1;0;0,3333333333333333;0,3333333333333333"
    assert areas[2] == "1080;Karlskrona;3;1;1;0;1;0;0,3333333333333333;0,3333333333333333"
    called = desk.client.get(f"{desk.path}/associations-excel.csv?show=call").text.splitlines()
    assert called[1:] == ["Sena;Karlskrona;Ingen rapport;2;0;0;0;;Anna Ask;sena@example.org;"]


def test_a_round_is_planned_then_opened_with_its_pairs(desk: Desk) -> None:
    answer = desk.post(
        "/review/rounds", reference_date="2027-04-01", due_date="2027-06-01", then="plan"
    )
    planned = answer.location
    assert "Ingen väntas rapportera än" in words(desk.client.get(planned))
    opened = desk.post(f"{planned}/state", seen=planned, action="open")
    assert (opened.status_code, opened.location) == (303, planned)
    made = int(planned.rsplit("/", 1)[1])
    pairs = desk.session.execute(
        select(ExpectedPair.association_id, ExpectedPair.village_id)
        .where(ExpectedPair.round_id == made)
        .order_by(ExpectedPair.village_id)
    )
    aby, bro, ceda = (village.id for village in desk.villages)
    assert [tuple(pair) for pair in pairs] == [
        (desk.done.id, aby),
        (desk.late.id, bro),
        (desk.late.id, ceda),
    ]


def test_the_form_proposes_the_date_that_is_asked_for(desk: Desk) -> None:
    last = presets(utc_now().date())[-1].reference_date.isoformat()
    assert f'value="{last}"' in desk.client.get(f"/review/rounds?reference_date={last}").text
    assert desk.client.get("/review/rounds?reference_date=x").status_code == 200


@pytest.mark.parametrize(
    ("today", "dates"),
    [
        (date(2026, 11, 24), [date(2026, 10, 1), date(2027, 4, 1), date(2027, 10, 1)]),
        (date(2026, 4, 1), [date(2026, 4, 1), date(2026, 10, 1), date(2027, 4, 1)]),
        (date(2026, 1, 1), [date(2025, 10, 1), date(2026, 4, 1), date(2026, 10, 1)]),
    ],
)
def test_the_presets_are_the_latest_date_that_has_come_and_the_two_after(
    today: date, dates: list[date]
) -> None:
    assert [entry.reference_date for entry in presets(today)] == dates


def test_a_planned_round_can_be_removed(desk: Desk) -> None:
    desk.put(RoundState.PLANNED)
    desk.session.query(ExpectedPair).delete()
    empty = factories.reporting_round(desk.session, date(2027, 4, 1), due=date(2027, 6, 1))
    empty.state = RoundState.PLANNED
    desk.session.flush()
    path = f"/review/rounds/{empty.id}"
    assert desk.post(f"{path}/state", seen=path, action="discard").location == "/review/rounds"
    assert desk.client.get(path).status_code == 404


def test_a_round_is_closed_opened_again_and_frozen_for_good(desk: Desk) -> None:
    steps = [
        ({"action": "close"}, 303, RoundState.CLOSED),
        ({"action": "reopen"}, 303, RoundState.OPEN),
        ({"action": "freeze", "confirm": "yes"}, 409, RoundState.OPEN),
        ({"action": "close"}, 303, RoundState.CLOSED),
        ({"action": "freeze"}, 422, RoundState.CLOSED),
        ({"action": "freeze", "confirm": "yes"}, 303, RoundState.FROZEN),
        ({"action": "reopen"}, 409, RoundState.FROZEN),
    ]
    csrf = token(desk.client, desk.path)
    for fields, status, state in steps:
        answer = desk.client.post(f"{desk.path}/state", data=fields | {"csrf_token": csrf})
        assert (fields, answer.status_code, desk.state()) == (fields, status, state)


def test_an_unknown_action_is_a_bad_request(desk: Desk) -> None:
    assert desk.post(f"{desk.path}/state", action="burn").status_code == 400


def test_the_last_day_moves_and_a_wrong_day_is_kept_with_its_message(desk: Desk) -> None:
    assert desk.post(f"{desk.path}/due-date", due_date="2026-12-24").status_code == 303
    assert desk.round.due_date == date(2026, 12, 24)
    wrong = desk.post(f"{desk.path}/due-date", due_date="2026-02-31")
    assert wrong.status_code == 422
    assert 'value="2026-02-31"' in wrong.text
    assert "Skriv datumet som år-månad-dag" in words(wrong)


def test_a_village_is_expected_and_then_not_with_a_reason_each(desk: Desk) -> None:
    page, extra = desk.of(desk.done.id), str(desk.villages[1].id)
    found = desk.client.get(f"{page}?q=bro").text
    assert "Bro, Karlskrona" in found
    assert f'action="{page}/expect?q=bro"' in found
    refused = desk.post(f"{page}/expect?q=bro", seen=page, village=extra, expect_reason=" ")
    assert (refused.status_code, "Skriv några ord om varför" in words(refused)) == (422, True)
    assert f'<option value="{extra}" selected>Bro, Karlskrona' in refused.text
    assert desk.post(f"{page}/expect", seen=page, village="", expect_reason="x").status_code == 422
    sent = desk.post(f"{page}/expect", seen=page, village=extra, expect_reason=REASON)
    assert (sent.status_code, sent.location) == (303, page)
    assert REASON in words(desk.client.get(page))
    form = desk.client.get(f"/reports/{desk.done.id}/2026-10-01").text
    assert "Bro" in form
    gone = desk.post(f"{page}/expect-not", seen=page, removed=extra, remove_reason="Såld")
    assert gone.status_code == 303
    assert REASON not in words(desk.client.get(page))
    nothing = desk.post(f"{page}/expect-not", seen=page, removed="", remove_reason="Såld")
    assert nothing.status_code == 422


def test_who_will_not_answer_is_not_called_until_it_is_withdrawn(desk: Desk) -> None:
    page = desk.of(desk.late.id)
    sent = desk.post(f"{page}/no-answer", seen=page, no_answer_reason="Vill inte")
    assert sent.status_code == 303
    assert "Vill inte" in words(desk.client.get(page))
    assert "Ingen att ringa" in words(desk.client.get(f"{desk.path}/associations?show=call"))
    assert "Sena" in words(desk.client.get(f"{desk.path}/associations?show=refused"))
    assert "Karlskrona 3 1 33 % 1 0 1 2" in words(desk.client.get(desk.path))
    assert desk.post(f"{page}/no-answer/withdraw", seen=page).status_code == 303
    assert desk.session.scalars(select(RoundRefusal.withdrawn_at)).one() is not None


def test_a_late_association_reports_in_a_closed_round_until_the_exception_is_ended(
    desk: Desk,
) -> None:
    desk.put(RoundState.CLOSED)
    page, form = desk.of(desk.late.id), f"/reports/{desk.late.id}/2026-10-01"
    until = (utc_now().date() + timedelta(days=3)).isoformat()
    assert "Skicka in rapporten" not in words(desk.client.get(form))
    unreadable = desk.post(f"{page}/late", seen=page, until="snart", late_reason=REASON)
    assert (unreadable.status_code, REASON in words(unreadable)) == (422, True)
    sent = desk.post(f"{page}/late", seen=page, until=until, late_reason=REASON)
    assert sent.status_code == 303
    assert "Skicka in rapporten" in words(desk.client.get(form))
    assert "får rapportera till" in words(desk.client.get(f"{desk.path}/associations"))
    reporter = desk.client.application.test_client()
    signed_in_reporter(reporter, desk.session, desk.late)
    assert "Du får fortfarande rapportera siffrorna" in words(reporter.get("/reports"))
    assert desk.post(f"{page}/late/end", seen=page).status_code == 303
    assert "Skicka in rapporten" not in words(desk.client.get(form))
    assert desk.session.scalars(select(LockException.ended_at)).one() is not None


def test_nothing_is_expected_anew_in_a_frozen_round(desk: Desk) -> None:
    page = desk.of(desk.late.id)
    csrf = token(desk.client, page)
    desk.put(RoundState.FROZEN)
    fields = {"csrf_token": csrf, "village": str(desk.villages[0].id), "expect_reason": REASON}
    assert desk.client.post(f"{page}/expect", data=fields).status_code == 409


@pytest.mark.parametrize("path", ["", "/expect", "/late", "/no-answer"])
def test_an_association_of_another_county_is_not_found(desk: Desk, path: str) -> None:
    foreign = factories.association(desk.session, "Andra", county_code="07")
    page = desk.of(foreign.id)
    answer = desk.post(f"{page}{path}") if path else desk.client.get(page)
    assert answer.status_code == 404
    assert "Andra" not in words(desk.client.get(f"{desk.path}/associations"))


def test_a_round_that_does_not_exist_is_not_found(desk: Desk) -> None:
    assert desk.client.get("/review/rounds/2000000").status_code == 404
    assert desk.client.get("/review/rounds/99999999999").status_code == 404


def test_the_pages_ask_the_same_number_of_questions_however_many_associations(
    desk: Desk, statements: Callable[[Callable[[], object]], int]
) -> None:
    pages = [desk.path, f"{desk.path}/associations", "/review/rounds"]
    for page in pages:
        desk.client.get(page)
    few = [statements(lambda page=page: desk.client.get(page)) for page in pages]
    for number in range(8):
        village = factories.village(desk.session, f"By {number}")
        other = factories.association(desk.session, f"Förening {number}", serving=[village])
        expected(desk.session, other, desk.round, village)
        factories.contact(desk.session, other)
    many = [statements(lambda page=page: desk.client.get(page)) for page in pages]
    assert many == few


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(298, 299, 0.99), (299, 299, 1.0), (31, 20_142, 0.01), (0, 3, 0.0), (0, 0, None)],
)
def test_only_everything_is_shown_as_all_and_only_nothing_as_none(
    part: int, whole: int, share: float | None
) -> None:
    assert whole_percent(part, whole) == share


def test_a_report_after_the_last_day_is_marked_for_the_reviewer(desk: Desk) -> None:
    of = report(desk.session, desk.late, desk.round)
    stated = [(desk.villages[1], FULL)]
    waiting = version(
        desk.session,
        of,
        counts=stated,
        state=ReportState.SUBMITTED,
        at=end_of_day(desk.round.due_date),
    )
    assert "efter sista dagen" in words(desk.client.get("/review"))
    assert "Inskickad efter sista dagen" in words(desk.client.get(f"/review/{waiting.id}"))
    assert "Karlskrona 3 2 66 % 1 0 1 0" in words(desk.client.get(desk.path))
