"""From the file to the receipt, and back again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from outreach.connections.models import ConnectionCount, ReportVersion
from outreach.connections.rules import ReportState, RoundState
from outreach.database.audit import AuditEvent
from outreach.database.times import utc_now
from outreach.exchange.models import ImportRun
from outreach.exchange.rules import RunState
from tests import factories
from tests.connections.making import Counts, report, version
from tests.connections.pages import fields, reporter_of
from tests.exchange.making import HEADER, Desk, cells_of, csv, number, ods, xlsx
from tests.signing_in import sign_in

GOOD = ("Åby", None, 90, 70, 45, None, None)
BAD = ("Bro", None, 60, 70, None, None, None)  # 60 passed of the register's 50 dwellings


def test_a_sheet_is_looked_at_before_anything_is_imported(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, GOOD, BAD))
    assert desk.outcomes(address) == {2: "new", 3: "refused"}
    said = desk.said(address)
    assert "Importera 1 rätt rad" in said
    assert "Registret har 50 hushåll här" in said
    assert desk.versions() == []


def test_the_good_rows_become_a_submitted_version_and_the_refused_stay_out(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, GOOD, BAD))
    page = desk.press(address, "confirm")
    (made,) = desk.versions()
    assert made.receipt in page.text
    assert (made.state, made.number) == (ReportState.SUBMITTED, 1)
    counts = desk.session.scalars(select(ConnectionCount)).all()
    stored = [c for c in counts if c.version_id == made.id]
    assert [(c.village_id, c.dwellings, c.homes_passed, c.connected, c.active) for c in stored] == [
        (desk.aby.id, 100, 90, 70, 45)
    ]


def test_importing_nothing_leaves_all_as_it_was(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, GOOD, BAD))
    assert "Inget har importerats" in desk.press(address, "drop").text
    assert desk.versions() == []
    desk.press(address, "confirm")
    assert desk.versions() == []


def test_work_that_was_cut_off_says_so_and_what_to_do(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, GOOD))
    run = desk.session.get_one(ImportRun, number(address))
    run.state, run.claimed_at = RunState.IMPORTING, utc_now() - timedelta(minutes=1)
    desk.session.flush()
    assert "Det har inte kommit längre" not in desk.said(address)
    run.created_at = run.claimed_at = utc_now() - timedelta(minutes=3)
    desk.session.flush()
    assert "Det har inte kommit längre" in desk.said(address)


def test_pressing_twice_imports_once(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, GOOD))
    desk.press(address, "confirm")
    desk.press(address, "confirm")
    assert len(desk.versions()) == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (csv(HEADER, GOOD), "a.csv"),
        (csv(HEADER, GOOD, encoding="cp1252"), "a.csv"),
        (csv(HEADER, GOOD, delimiter="\t"), "a.txt"),
        (csv(HEADER, GOOD, delimiter=","), "a.csv"),
        (ods(HEADER, GOOD), "a.ods"),
        (xlsx(("Vår rapport",), (), HEADER, GOOD), "a.xlsx"),
    ],
    ids=["utf-8", "cp1252", "tabs", "commas", "ods", "title above"],
)
def test_what_kind_of_file_it_is_is_found_out(desk: Desk, content: bytes, name: str) -> None:
    assert list(desk.outcomes(desk.send(content, name)).values()) == ["new"]


@pytest.mark.parametrize("written", ["1 090", "1\N{NO-BREAK SPACE}090", "1090,0", 1090.0, "1090"])
def test_numbers_are_read_as_people_write_them(desk: Desk, written: object) -> None:
    address = desk.send(xlsx(HEADER, ("Åby", 1200, written, 70, 45, None, "Nybyggt")))
    desk.press(address, "confirm")
    (made,) = desk.versions()
    assert [count.homes_passed for count in made.counts] == [1090]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("Åby", None, "1.090", 70), "utan punkt eller komma"),
        (("Åby", None, 12.5, 7), "utan decimaler"),
        (("Åby", None, -4, None), "mindre än 0"),
        (("Åby", None, 90, 95), "fler än de 90"),
        (("Åby", None, 90, 50), "Färre än förra gången: 60, nu 50"),
        (("Åby", None, None, None, None, "kanske"), "Skriv ja eller nej"),
        (("Bro", None, None, None, None, "ja"), "ingen tidigare siffra"),
        (("Ångby", None, 1, 1), "det namnet eller den koden"),
        ((None, None, 1, 1), "framgår inte vilken ort"),
        (("Åby", None, 90, 70, 45, None, "19121212-1212 ringde"), "personnummer"),
    ],
)
def test_each_refusal_says_its_row_and_why(
    desk: Desk, row: tuple[object, ...], reason: str
) -> None:
    address = desk.send(xlsx(HEADER, row))
    assert desk.outcomes(address) == {2: "refused"}
    assert reason in desk.said(address)


def test_the_reason_is_in_the_readers_language(desk: Desk) -> None:
    desk.client.set_cookie("language", "en", domain="localhost")
    address = desk.send(xlsx(HEADER, BAD))
    assert "The register has 50 dwellings here" in desk.said(address)


def test_the_second_row_of_a_village_is_refused(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, GOOD, GOOD))
    assert desk.outcomes(address) == {2: "new", 3: "refused"}
    assert "Orten står redan på rad 2." in desk.said(address)


def test_villages_that_are_not_in_the_file_keep_what_the_report_says(desk: Desk) -> None:
    of = report(desk.session, desk.association, desk.round)
    counts = [(desk.aby, Counts(100, 80, 60, 40)), (desk.bro, Counts(50, 20, 10, 5))]
    version(desk.session, of, counts=counts, state=ReportState.SUBMITTED)
    address = desk.send(
        xlsx(HEADER, ("Åby", 100, 80, 61, 40, None, None), ("Bro", 50, 20, 10, 5, None, None))
    )
    assert desk.outcomes(address) == {2: "changed", 3: "unchanged"}
    desk.press(address, "confirm")
    (made,) = desk.versions()
    assert {count.village_id: count.connected for count in made.counts} == {
        desk.aby.id: 61,
        desk.bro.id: 10,
    }


def test_a_column_that_the_file_lacks_leaves_the_reports_figures_as_they_are(desk: Desk) -> None:
    of = report(desk.session, desk.association, desk.round)
    counts = [(desk.aby, Counts(100, 80, 60, 40)), (desk.bro, Counts(50, 20, 10, 5))]
    version(desk.session, of, counts=counts, state=ReportState.SUBMITTED)
    lacking = ("Ort", "Kan anslutas", "Anslutna")
    address = desk.send(xlsx(lacking, ("Åby", 80, 61), ("Bro", None, None)))
    assert desk.outcomes(address) == {2: "changed", 3: "empty"}
    desk.press(address, "confirm")
    (made,) = desk.versions()
    assert {(c.village_id, c.dwellings, c.connected, c.active) for c in made.counts} == {
        (desk.aby.id, 100, 61, 40),
        (desk.bro.id, 50, 10, 5),
    }


def test_a_sheet_that_would_leave_out_what_was_known_says_why(desk: Desk) -> None:
    address = desk.send(xlsx(("Ort", "Anslutna", "Orsak"), ("Åby", 61, None), ("Bro", 5, "Okänt")))
    assert desk.outcomes(address) == {2: "refused", 3: "new"}
    assert "80 senast, tomt nu." in desk.said(address)


def test_what_the_report_says_beyond_the_files_columns_is_held_against_the_rules(
    desk: Desk,
) -> None:
    of = report(desk.session, desk.association, desk.round)
    counts = [(desk.aby, Counts(100, 80, 60, 60))]
    version(desk.session, of, counts=counts, state=ReportState.SUBMITTED)
    address = desk.send(xlsx(("Ort", "Anslutna", "Orsak"), ("Åby", 55, "Fem hus rivna")))
    assert desk.outcomes(address) == {2: "refused"}
    assert "Aktiva abonnemang: Kan inte vara fler än de 55 anslutna." in desk.said(address)


def test_unchanged_in_the_sheet_is_unchanged_in_the_report(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, ("Åby", None, None, None, None, "Ja", None), ("Bro",)))
    assert desk.outcomes(address) == {2: "new", 3: "empty"}
    desk.press(address, "confirm")
    (made,) = desk.versions()
    assert [(count.is_unchanged, count.connected) for count in made.counts] == [(True, 60)]


def test_undoing_takes_all_back_and_lets_wait_again_what_waited(desk: Desk) -> None:
    of = report(desk.session, desk.association, desk.round)
    before = version(
        desk.session, of, counts=[(desk.bro, Counts(50, 20, 10, 5))], state=ReportState.SUBMITTED
    )
    address = desk.send(xlsx(HEADER, GOOD))
    desk.press(address, "confirm")
    assert "Importen är ångrad" in desk.press(address, "undo").text
    (made,) = desk.versions()
    assert made.withdrawn_at is not None
    states = {before.id: ReportState.SUBMITTED, made.id: ReportState.SUPERSEDED}
    stored = desk.session.scalars(select(ReportVersion).where(ReportVersion.report_id == of.id))
    assert {each.id: each.state for each in stored} == states
    form = fields(
        desk.client.get(f"/reports/{desk.association.id}/{desk.round.reference_date}").text
    )
    assert form[f"v{desk.bro.id}-permanent-connected"] == "10"
    assert (
        f"v{desk.aby.id}-permanent-connected" not in form
        or not form[f"v{desk.aby.id}-permanent-connected"]
    )


def test_after_undoing_a_report_can_be_submitted_again(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, GOOD))
    desk.press(address, "confirm")
    desk.press(address, "undo")
    again = desk.send(xlsx(HEADER, GOOD))
    desk.press(again, "confirm")
    assert [made.number for made in desk.versions()] == [1, 2]


def test_what_has_been_approved_since_is_not_undone(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, GOOD))
    desk.press(address, "confirm")
    (made,) = desk.versions()
    made.state = ReportState.APPROVED
    desk.session.flush()
    assert "går inte längre att ångra" in desk.press(address, "undo").text
    assert desk.state(address) == "imported"
    assert [each.state for each in desk.versions()] == [ReportState.APPROVED]


def test_who_reported_in_between_is_not_overwritten(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, GOOD))
    of = report(desk.session, desk.association, desk.round)
    version(
        desk.session, of, counts=[(desk.aby, Counts(100, 85, 65, 40))], state=ReportState.SUBMITTED
    )
    said = desk.press(address, "confirm").text
    assert "Någon har rapporterat under tiden" in said
    assert desk.versions() == []
    assert desk.outcomes(address) == {2: "changed"}


def test_a_round_that_has_closed_takes_no_file(desk: Desk) -> None:
    address = desk.send(xlsx(HEADER, GOOD))
    desk.round.state = RoundState.CLOSED
    desk.round.closed_at = factories.NOW
    desk.session.flush()
    desk.press(address, "confirm")
    assert desk.versions() == []
    assert desk.outcomes(address) == {2: "refused"}
    assert "Omgången är stängd för föreningen" in desk.said(address)


def test_a_reporter_cannot_reach_another_associations_villages_or_imports(desk: Desk) -> None:
    far = factories.village(desk.session, "Fjärran")
    other = factories.association(desk.session, "Annan", serving=[far])
    address = desk.send(xlsx(("Förening", *HEADER), (other.name, "Fjärran", 1, 1, 1)))
    assert desk.outcomes(address) == {2: "refused"}
    assert desk.post(xlsx(HEADER, GOOD), association=str(other.id)).status_code == 404
    sign_in(desk.client, reporter_of(desk.session, other))
    assert desk.client.get(address).status_code == 404
    assert desk.client.get(f"{address}/faults").status_code == 404


def test_the_audit_tells_of_the_file_and_the_import(desk: Desk) -> None:
    desk.press(desk.send(xlsx(HEADER, GOOD)), "confirm")
    actions = desk.session.scalars(
        select(AuditEvent.action).where(AuditEvent.user_id == desk.user.id)
    )
    assert [a for a in actions if a in {"import_received", "submitted", "imported"}] == [
        "import_received",
        "submitted",
        "imported",
    ]


def test_a_page_of_rows_costs_the_same_whatever_their_number(
    desk: Desk, statements: Callable[[Callable[[], object]], int]
) -> None:
    few, many = (
        desk.send(xlsx(HEADER, *[("Ångby", 1, 1, 1)] * rows)) + "?show=all" for rows in (2, 40)
    )
    assert statements(lambda: desk.client.get(few)) == statements(lambda: desk.client.get(many))


def test_the_marked_file_has_its_faults_where_they_are(desk: Desk) -> None:
    address = desk.send(csv(("Rubrik",), HEADER, BAD, ("=1+1", 1, 1, 1), GOOD))
    rows = cells_of(desk.client.get(f"{address}/faults").data)
    assert rows[2][0] == "Bro"
    assert "Registret har 50 hushåll här" in str(rows[2][7])
    assert [row[7] for row in rows][4] is None
