"""Survey answers from a file: looked at, stored once, taken back, and never kept."""

import io
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from outreach.accounts.rules import RoleName
from outreach.database.times import utc_now
from outreach.exchange.commands.runs import empty_files
from outreach.exchange.models import ImportRow, ImportRun
from outreach.exchange.rules import RunState
from outreach.exchange.working import work_on_all
from outreach.maturity.models import SurveyAnswer, SurveyBatchAnswer, SurveyReceipt
from outreach.maturity.queries.rounds import RoundRow
from outreach.measures.maturity import Level
from tests import factories
from tests.connections.pages import words
from tests.exchange.making import book, csv
from tests.maturity.making import closed, survey_round
from tests.signing_in import sign_in, token

HEADER = ("about/kommun", "about/age", "i1", "k1", "c1", "s1", "p1", "_uuid")


class Desk:
    """Somebody at the region with a round open, and what they send."""

    def __init__(self, session: Session, client: FlaskClient) -> None:
        self.session, self.client = session, client
        sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
        factories.municipality(session)
        self.round: RoundRow = survey_round(session)
        self.page = f"/maturity/rounds/{self.round.id}/import"

    def send(self, content: bytes, name: str = "svar.csv") -> TestResponse:
        data = {"csrf_token": token(self.client, self.page), "file": (io.BytesIO(content), name)}
        return self.client.post(self.page, data=data, follow_redirects=True)

    def press(self, action: str, **values: object) -> str:
        run = self.session.scalars(select(func.max(ImportRun.id))).one()
        page = f"/imports/{run}"
        data = {"csrf_token": token(self.client, page), **values}
        return words(self.client.post(f"{page}/{action}", data=data, follow_redirects=True))

    @property
    def stored(self) -> list[Level]:
        return list(self.session.scalars(select(SurveyAnswer.level)))


@pytest.fixture
def desk(session: Session, client: FlaskClient) -> Desk:
    return Desk(session, client)


def row(uuid: str, *ticks: int, age: str = "25-44") -> tuple[object, ...]:
    return ("Karlskrona", age, *(ticks or (1, 1, 1, 1, 1)), uuid)


def test_staff_look_before_they_store_the_good_rows(desk: Desk) -> None:
    page = words(desk.send(csv(HEADER, row("a"), row("b", age="gammal"), row("a"))))
    assert "about/age: Åldern är ingen av grupperna" in page
    assert "Samma svar står redan på rad 2." in page
    assert desk.stored == []
    assert "1 svar sparades." in desk.press("confirm")
    assert desk.stored == [Level.basic]


def test_the_faulty_cell_is_marked_in_the_file(desk: Desk) -> None:
    desk.send(csv(HEADER, row("a"), row("b", age="gammal")))
    run = desk.session.scalars(select(func.max(ImportRun.id))).one()
    sheet = load_workbook(io.BytesIO(desk.client.get(f"/imports/{run}/faults").data)).active
    assert sheet is not None
    noted = {cell.coordinate for line in sheet.iter_rows() for cell in line if cell.comment}
    assert noted == {"B3"}


def test_of_a_file_nothing_is_kept_once_it_is_imported(desk: Desk) -> None:
    desk.send(csv(HEADER, row("a"), row("b", age="gammal")))
    desk.press("confirm")
    assert desk.session.scalars(select(ImportRun.content)).one() == b""
    kept = desk.session.execute(select(ImportRow.cells, ImportRow.texts)).all()
    assert {tuple(one) for one in kept} == {("[]", "{}")}


def test_of_a_dropped_file_nothing_is_kept(desk: Desk) -> None:
    desk.send(csv(HEADER, row("a")))
    assert "Filen är borttagen." in desk.press("drop")
    assert desk.session.scalars(select(ImportRun.content)).one() == b""
    assert desk.session.scalars(select(ImportRow.texts)).one() == "{}"


def test_a_later_export_of_the_form_adds_only_what_is_new(desk: Desk) -> None:
    desk.send(csv(HEADER, row("a"), row("b")))
    desk.press("confirm")
    page = words(desk.send(csv(HEADER, row("b"), row("c"), row("a"))))
    assert "Lagrat tidigare 2" in page
    desk.press("confirm")
    assert len(desk.stored) == 3


def test_the_same_file_without_names_of_rows_is_stored_once(desk: Desk) -> None:
    content = csv(HEADER[:-1], row("")[:-1], row("")[:-1])
    for _ in range(2):
        desk.send(content)
        desk.press("confirm")
    assert len(desk.stored) == 2


def test_an_import_is_taken_back_and_can_be_sent_again(desk: Desk) -> None:
    desk.send(csv(HEADER, row("kept")))
    desk.press("confirm")
    desk.send(csv(HEADER, row("a"), row("b")))
    desk.press("confirm")
    assert "Importen är ångrad" in desk.press("undo")
    assert len(desk.stored) == 1
    desk.send(csv(HEADER, row("a"), row("b"), row("kept")))
    desk.press("confirm")
    assert len(desk.stored) == 3


def test_nothing_is_taken_back_from_a_published_round(desk: Desk) -> None:
    desk.send(csv(HEADER, row("a")))
    desk.press("confirm")
    closed(desk.session, desk.round)
    assert "inget kan tas tillbaka" in desk.press("undo")
    assert len(desk.stored) == 1
    assert desk.session.scalars(select(SurveyBatchAnswer.batch)).all() == []
    assert desk.session.scalars(select(SurveyReceipt.batch)).all() == [None]


def test_a_round_closed_in_the_meantime_takes_nothing(desk: Desk) -> None:
    desk.send(csv(HEADER, row("a")))
    closed(desk.session, desk.round)
    assert "Enkätomgången är stängd" in desk.press("confirm")
    assert desk.stored == []


def test_the_answers_are_found_on_another_sheet_below_a_title(desk: Desk) -> None:
    sheets = {
        "Läs mig": [("Exporterad",), ("i mars",)],
        "Svar": [("Enkäten 2026",), HEADER, row("a"), row("b")],
    }
    desk.send(book(sheets), "export.xlsx")
    desk.press("confirm")
    assert len(desk.stored) == 2


def test_columns_once_told_are_remembered(desk: Desk) -> None:
    content = csv(("Var", "Hur gammal", "Fråga 1"), ("Karlskrona", "80+", "1"))
    assert "Vilken kolumn är vilken?" in words(desk.send(content))
    page = desk.press("columns", column=["municipality", "age", "i1"])
    assert "Spara 1 svar" in page
    assert "Spara 1 svar" in words(desk.send(content))


def test_a_large_file_is_worked_on_by_the_worker(desk: Desk) -> None:
    content = csv(HEADER, *(row(f"row-{number:06}") for number in range(1_500)))
    assert "Läses" in words(desk.send(content))
    work_on_all(desk.session, clock=utc_now)
    desk.press("confirm")
    work_on_all(desk.session, clock=utc_now)
    assert desk.session.scalars(select(ImportRun.state)).one() is RunState.IMPORTED
    assert len(desk.stored) == 1_500


def test_a_file_that_cant_be_read_is_told(desk: Desk) -> None:
    assert desk.send(b"").status_code == 422
    assert "Filen går inte att läsa" in words(desk.send(b"PK\x03\x04broken"))


def test_a_file_that_nobody_decides_about_waits_a_day(desk: Desk) -> None:
    desk.send(csv(HEADER, row("a")))
    for hours, emptied in ((23, 0), (25, 1)):
        at = utc_now() + timedelta(hours=hours)
        assert empty_files(desk.session, before=at - timedelta(days=90), at=at) == emptied
    assert desk.session.scalars(select(ImportRow.id)).all() == []
    assert desk.session.scalars(select(ImportRun.content)).one() == b""


def test_others_files_are_not_found(desk: Desk, client: FlaskClient) -> None:
    desk.send(csv(HEADER, row("a")))
    run = desk.session.scalars(select(ImportRun.id)).one()
    other = factories.user(desk.session, RoleName.REGIONAL_STAFF, counties=("10",))
    stranger = client.application.test_client()
    sign_in(stranger, other)
    assert stranger.get(f"/imports/{run}").status_code == 404
