"""When the program looks in the wrong place the reader tells it, and what is told is remembered."""

import csv
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.accounts.rules import Reach, RoleName
from outreach.connections.models import ReportVersion
from outreach.connections.rules import ReportSource
from outreach.database.times import utc_now
from outreach.exchange.commands.runs import empty_files
from outreach.exchange.models import ColumnMemory, ImportRow, ImportRun
from outreach.exchange.queries.memory import memory_of
from outreach.exchange.rules import Column, RunState
from tests import factories
from tests.connections.pages import words
from tests.exchange.making import HEADER, Desk, book, xlsx
from tests.signing_in import sign_in, token

ROW = ("Åby", 100, 80, 62, 40)


def _tell(desk: Desk, run: str, step: str, **fields: str) -> str:
    """Send one of the forms on an import's page; what the page then says."""
    data = {"csrf_token": token(desk.client, run), **fields}
    assert desk.client.post(f"{run}/{step}", data=data).status_code == 303
    return words(desk.client.get(run))


def _tallied(desk: Desk, run: str) -> dict[str, str]:
    html = desk.client.get(run).get_data(as_text=True)
    found = re.findall(r'data-outcome="(\w+)"><dt>[^<]*</dt><dd>([^<]*)<', html)
    return dict(found)


def test_the_sheet_and_the_header_row_can_be_told(desk: Desk) -> None:
    old = [HEADER, ("Åby", 100, 80, 60, 40)]
    new = [("Årets siffror",), ("ort", "bostäder", "passerade", "anslutna"), ROW[:4]]
    run = desk.send(book({"2025": old, "2026": new}))
    assert "bladet ”2025”, under rad 1." in words(desk.client.get(run))
    page = _tell(desk, run, "header", sheet="1", header_row="2")
    assert "bladet ”2026”, under rad 2." in page
    assert "62" in page
    assert _tallied(desk, run)["new"] == "1"


def test_a_sheet_without_a_header_is_told_column_by_column(desk: Desk) -> None:
    run = desk.send(xlsx(ROW))
    page = _tell(desk, run, "header", sheet="0", header_row="0")
    assert "Kolumn D" in page
    _tell(desk, run, "columns", village="0", dwellings="1", homes_passed="2", connected="3")
    assert _tallied(desk, run)["new"] == "1"
    assert desk.session.scalars(select(ColumnMemory)).all() == []


def test_a_column_that_may_hold_what_is_missing_is_pointed_out_until_told_about(
    desk: Desk,
) -> None:
    run = desk.send(xlsx(("Ort", "Kan anslutas", "Anslutna i år"), ("Åby", 90, 70)))
    page = words(desk.client.get(run))
    assert "Finns inte i filen: Hushåll, Anslutna, Aktiva abonnemang." in page
    assert "Kolumner som inte används: Anslutna i år." in page
    page = _tell(desk, run, "columns", village="0", homes_passed="1")
    assert "Har en kolumn blivit över?" not in page


def test_a_sheet_whose_counts_are_all_found_has_no_column_overlooked(desk: Desk) -> None:
    run = desk.send(xlsx((*HEADER, "Anteckning"), (*ROW, None, None, "ring Kalle")))
    assert "Har en kolumn blivit över?" not in words(desk.client.get(run))


@pytest.mark.parametrize("row", ["", "x", "-1", "99999999"])
def test_a_row_that_is_no_row_changes_nothing(desk: Desk, row: str) -> None:
    run = desk.send(xlsx(HEADER, ROW))
    page = _tell(desk, run, "header", sheet="0", header_row=row)
    assert "Skriv numret på raden" in page
    assert _tallied(desk, run)["new"] == "1"


def test_a_row_or_sheet_that_the_file_does_not_have_asks_for_the_columns(desk: Desk) -> None:
    run = desk.send(xlsx(HEADER, ROW))
    assert "Kolumn A" in _tell(desk, run, "header", sheet="7", header_row="500")


def test_what_one_tells_serves_those_who_report_for_the_same_association(
    desk: Desk, client: FlaskClient, session: Session
) -> None:
    strange = xlsx(("Plats", "Hus", "Möjliga", "Kopplade"), ROW[:4])
    run = desk.send(strange)
    assert "Vilken kolumn är vilken?" in words(client.get(run))
    _tell(desk, run, "columns", village="0", dwellings="1", homes_passed="2", connected="3")
    colleague = factories.user(
        session, RoleName.ASSOCIATION_REPORTER, associations=(desk.association.id,)
    )
    sign_in(client, colleague)
    assert "Vilken kolumn är vilken?" not in words(client.get(desk.send(strange)))


def _told(session: Session, user: User, holds: Column) -> None:
    session.add(ColumnMemory(user_id=user.id, header="hus", holds=holds))
    session.flush()


def test_ones_own_word_goes_before_the_associations_and_that_before_the_countys(
    session: Session, desk: Desk
) -> None:
    reach = Reach(desk.user.id, associations=frozenset({desk.association.id}))
    stranger = factories.user(session, RoleName.REGIONAL_STAFF, counties=("07",))
    staff = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
    colleague = factories.user(
        session, RoleName.ASSOCIATION_REPORTER, associations=(desk.association.id,)
    )
    heard = []
    for user, holds in (
        (stranger, Column.REASON),
        (desk.user, Column.DWELLINGS),
        (staff, Column.ACTIVE),
        (colleague, Column.CONNECTED),
    ):
        _told(session, user, holds)
        heard.append(memory_of(session, reach).get("hus"))
    assert heard == [None, Column.DWELLINGS, Column.DWELLINGS, Column.DWELLINGS]
    session.query(ColumnMemory).filter_by(user_id=desk.user.id).delete()
    assert memory_of(session, reach) == {"hus": Column.CONNECTED}
    session.query(ColumnMemory).filter_by(user_id=colleague.id).delete()
    assert memory_of(session, reach) == {"hus": Column.ACTIVE}


def test_the_history_says_what_came_by_spreadsheet(desk: Desk, client: FlaskClient) -> None:
    run = desk.send(xlsx(HEADER, ROW))
    _tell(desk, run, "confirm")
    stored = desk.session.scalars(select(ReportVersion.source).order_by(ReportVersion.id.desc()))
    assert stored.first() is ReportSource.IMPORT
    history = f"/reports/{desk.association.id}/history"
    assert "via kalkylblad" in words(client.get(history))
    lines = csv.DictReader(client.get(f"{history}.csv").get_data(as_text=True).splitlines())
    assert [line["Källa"] for line in lines] == ["via kalkylblad", "via formuläret"]
    village = words(client.get(f"/places/villages/{desk.aby.code}"))
    assert "via kalkylblad" in village


def _age(session: Session, days: int) -> None:
    session.query(ImportRun).update({"created_at": utc_now() - timedelta(days=days)})


def _empty(session: Session) -> int:
    return empty_files(session, before=utc_now() - timedelta(days=90), at=utc_now())


def test_an_old_file_is_removed_and_what_was_imported_stays(
    desk: Desk, client: FlaskClient, session: Session
) -> None:
    run = desk.send(xlsx(HEADER, ROW))
    _tell(desk, run, "confirm")
    _age(session, 89)
    assert _empty(session) == 0
    _age(session, 91)
    assert (_empty(session), _empty(session)) == (1, 0)
    kept = session.execute(select(ImportRun.content, ImportRun.state)).one()
    assert tuple(kept) == (b"", RunState.IMPORTED)
    assert session.scalar(select(func.count(ImportRow.id))) == 0
    page = words(client.get(run))
    assert "Filen och dess rader togs bort" in page
    assert "Kvittonummer" in page
    assert client.get(f"{run}/faults").status_code == 404


def test_an_old_file_that_nobody_confirmed_is_dropped(
    desk: Desk, client: FlaskClient, session: Session
) -> None:
    run = desk.send(xlsx(HEADER, ROW))
    _age(session, 91)
    assert _empty(session) == 1
    assert session.scalars(select(ImportRun.state)).one() is RunState.CANCELLED
    assert "Inget har importerats" in words(client.get(run))


def test_a_file_that_is_being_worked_on_is_left_alone(desk: Desk, session: Session) -> None:
    desk.send(xlsx(HEADER, ROW))
    session.query(ImportRun).update({"state": RunState.EXAMINING})
    _age(session, 91)
    assert _empty(session) == 0
