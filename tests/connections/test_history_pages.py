"""The history: every version, two compared, a file, and a panel on the village's page."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.associations.models import Association
from outreach.connections.models import ConnectionCount
from outreach.connections.rules import ReportState
from outreach.places.models import Village
from tests import factories
from tests.connections.making import Counts, expected, report, version
from tests.connections.pages import signed_in_reporter, words
from tests.signing_in import sign_in

REFERENCE = date(2026, 10, 1)


class Past:
    """A village with a returned first version and a submitted second one."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.village: Village = factories.village(session, "Åby")
        self.association: Association = factories.association(session, serving=[self.village])
        self.made = report(session, self.association, factories.reporting_round(session, REFERENCE))
        first = version(
            session,
            self.made,
            counts=[(self.village, Counts(100, 80, 60, 40))],
            state=ReportState.RETURNED,
        )
        first.decision_note = "Är 60 rätt?"
        self.second = version(
            session,
            self.made,
            counts=[(self.village, Counts(100, 80, 61, 40))],
            state=ReportState.SUBMITTED,
            number=2,
        )
        self.path = f"/reports/{self.association.id}"


@pytest.fixture
def past(session: Session, client: FlaskClient) -> Past:
    made = Past(session)
    signed_in_reporter(client, session, made.association)
    return made


def test_every_version_is_listed_with_its_state_and_note(past: Past, client: FlaskClient) -> None:
    said = words(client.get(f"{past.path}/history"))
    assert "Inskickad" in said
    assert "Återsänd" in said
    assert "Är 60 rätt?" in said


def test_a_version_stands_beside_the_one_before(past: Past, client: FlaskClient) -> None:
    said = words(client.get(f"{past.path}/{REFERENCE}/versions/2"))
    assert "Bredvid version 1" in said
    assert "61 var 60" in said


def test_the_first_version_stands_alone_unless_another_is_asked_for(
    past: Past, client: FlaskClient
) -> None:
    address = f"{past.path}/{REFERENCE}/versions/1"
    assert "var 61" not in words(client.get(address))
    assert "60 var 61" in words(client.get(f"{address}?with=2"))


def test_a_version_that_is_not_there_is_not_found(past: Past, client: FlaskClient) -> None:
    assert client.get(f"{past.path}/{REFERENCE}/versions/3").status_code == 404


def test_the_file_has_a_row_for_each_count(past: Past, client: FlaskClient) -> None:
    answer = client.get(f"{past.path}/history-excel.csv")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [row[:3] + row[7:11] for row in rows[1:]] == [
        ["2026-10-01", "2", "Inskickad", "100", "80", "61", "40"],
        ["2026-10-01", "1", "Återsänd", "100", "80", "60", "40"],
    ]


def test_a_reason_that_looks_like_a_formula_is_no_formula_in_the_file(
    past: Past, client: FlaskClient
) -> None:
    count = past.session.get(ConnectionCount, past.second.counts[0].id)
    assert count is not None
    count.reason = "=HYPERLINK(1)"
    assert ";'=HYPERLINK(1);" in client.get(f"{past.path}/history-excel.csv").text


def test_blank_figures_are_empty_in_the_file(past: Past, client: FlaskClient) -> None:
    past.second.counts[0].active = None
    assert ";100;80;61;;" in client.get(f"{past.path}/history-excel.csv").text


@pytest.mark.parametrize("address", ["history", "history.csv", f"{REFERENCE}/versions/2"])
def test_another_associations_history_is_not_found(
    past: Past, client: FlaskClient, address: str
) -> None:
    signed_in_reporter(client, past.session, factories.association(past.session, "Annan"))
    assert client.get(f"{past.path}/{address}").status_code == 404


def test_the_villages_page_shows_reports_to_its_reporters_and_staff_only(
    past: Past, client: FlaskClient
) -> None:
    address = f"/places/villages/{past.village.code}"
    assert "Rapporter, även opublicerade" in words(client.get(address))
    staff = factories.user(past.session, RoleName.REGIONAL_STAFF, counties=("10",))
    sign_in(client, staff)
    assert "Rapporter, även opublicerade" in words(client.get(address))
    signed_in_reporter(client, past.session, factories.association(past.session, "Annan"))
    assert "opublicerade" not in words(client.get(address))
    assert "opublicerade" not in words(client.application.test_client().get(address))


def test_the_history_asks_the_same_number_of_questions_however_long(
    past: Past, client: FlaskClient, statements: Callable[[Callable[[], object]], int]
) -> None:
    client.get(f"{past.path}/history")
    few = statements(lambda: client.get(f"{past.path}/history"))
    for number in range(3, 12):
        version(
            past.session,
            past.made,
            counts=[(past.village, Counts(100, 80, 60, 40))],
            state=ReportState.SUPERSEDED,
            number=number,
        )
    assert statements(lambda: client.get(f"{past.path}/history")) == few


def test_staff_see_who_has_reported(past: Past, client: FlaskClient) -> None:
    staff = factories.user(past.session, RoleName.REGIONAL_STAFF, counties=("10",))
    sign_in(client, staff)
    expected(past.session, past.association, past.made.round, past.village)
    said = words(client.get("/review/associations", follow_redirects=True))
    assert "Byns Fiber ek. för. Ingen kontaktperson Inkommen 1 av 1" in said


def test_reporters_do_not_open_the_staffs_list(past: Past, client: FlaskClient) -> None:
    assert client.get("/review/associations").status_code == 403
