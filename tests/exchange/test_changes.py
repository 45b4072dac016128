"""What a file would change is shown before it is imported, and what was undone is said to be."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from outreach.accounts.rules import RoleName
from outreach.connections.models import ReportVersion
from outreach.connections.rules import ReportState
from tests import factories
from tests.connections.making import Counts, expected, report, version
from tests.connections.pages import words
from tests.exchange.making import HEADER, Desk, xlsx
from tests.signing_in import sign_in

NONE = "– uppgift saknas"
UNDONE = datetime(2026, 11, 27, 16, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (("Åby", 100, 90, 70, 40), "100 90 var 80 70 var 60 40"),
        (("Åby", None, 90, 70, 45), "100 90 var 80 70 var 60 45 var 40"),
        (("Åby", 100, 80, 60, None), "100 80 60 – uppgift saknas var 40"),
        (("Åby", None, None, None, None, "ja"), "100 80 60 40"),
        (("Bro", None, 0, 0), f"50 var {NONE} 0 var {NONE} 0 var {NONE} {NONE}"),
    ],
    ids=["changed", "dwellings of the register", "left blank", "ticked", "nothing known before"],
)
def test_each_figure_stands_beside_the_one_approved_last(
    desk: Desk, row: tuple[object, ...], shown: str
) -> None:
    assert f" Ny {shown}" in desk.said(desk.send(xlsx(HEADER, row)))


def test_what_the_report_says_already_is_what_a_figure_is_held_against(desk: Desk) -> None:
    of = report(desk.session, desk.association, desk.round)
    counts = [(desk.aby, Counts(100, 85, 65, None))]
    version(desk.session, of, counts=counts, state=ReportState.SUBMITTED)
    said = desk.said(desk.send(xlsx(HEADER, ("Åby", 100, 85, 70, 40))))
    assert "Ändrad 100 85 70 var 65 40 var – uppgift saknas" in said


def test_refused_rows_stand_as_they_were_written(desk: Desk) -> None:
    said = desk.said(desk.send(xlsx(HEADER, ("Bro", None, 60, "sjutti"))))
    assert said.count("var") == 0
    assert "60 sjutti" in said


def test_after_the_import_the_rows_stand_without_what_was(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, ("Åby", 100, 90, 70, 40)))
    assert "var 80" not in words(desk.press(address, "confirm"))


def test_showing_what_changes_costs_the_same_whatever_the_rows(
    desk: Desk, statements: Callable[[Callable[[], object]], int]
) -> None:
    for number in range(20):
        village = factories.village(desk.session, f"By {number}", dwellings=50)
        expected(desk.session, desk.association, desk.round, village)
    few, many = (
        desk.send(xlsx(HEADER, *[(f"By {number}", 50, 40, 30) for number in range(rows)]))
        for rows in (2, 20)
    )
    assert statements(lambda: desk.client.get(few)) == statements(lambda: desk.client.get(many))


def test_the_staff_of_the_county_read_of_the_import_in_the_record(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, ("Åby", 100, 90, 70, 40)))
    desk.press(address, "confirm")
    desk.press(address, "undo")
    for county, is_theirs in (("10", True), ("07", False)):
        staff = factories.user(desk.session, RoleName.REGIONAL_STAFF, counties=(county,))
        sign_in(desk.client, staff)
        file = desk.client.get("/changes.csv?kind=import_run").text
        said = ("Fil togs emot", "Fil lästes in", "Import ångrades")
        assert [what in file for what in said] == [is_theirs] * 3


def test_an_undone_import_is_said_to_be_wherever_its_reports_are_named(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, ("Åby", 100, 90, 70, 40)))
    desk.press(address, "confirm")
    desk.press(address, "undo")
    made = desk.session.scalars(
        select(ReportVersion).where(ReportVersion.withdrawn_at.is_not(None))
    ).one()
    made.withdrawn_at = UNDONE
    desk.session.flush()
    taken_back = f"Återtagen 27 november 2026 17:05, {desk.user.name}."
    receipt = words(desk.client.get(f"/reports/receipts/{made.receipt}"))
    assert "Den här rapporten är återtagen" in receipt
    assert taken_back in receipt
    assert "Tack!" not in receipt
    history = f"/reports/{desk.association.id}/history"
    assert taken_back in words(desk.client.get(history))
    one = f"/reports/{desk.association.id}/{desk.round.reference_date}/versions/{made.number}"
    assert taken_back in words(desk.client.get(one))
    assert desk.client.get(f"{history}.csv").text.splitlines()[1].endswith(",2026-11-27")
    assert f"{made.receipt} Återtagen" in words(desk.client.get(address))
    assert "Du tog tillbaka den" in words(desk.client.get(address))
