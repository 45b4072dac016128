"""A frozen round is a record: the same bytes for ever, and what was corrected since beside it."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.connections.commands.publish import rebuild
from outreach.connections.models import ReportVersion, VillageStatus
from outreach.connections.queries.corrections import effects_of
from outreach.connections.record_models import RoundCorrection, RoundRecord
from outreach.connections.rules import ReportState, RoundState
from outreach.places.models import VillageClass
from tests import factories
from tests.connections.making import Counts, approved, report, version
from tests.connections.pages import words
from tests.factories import NOW
from tests.signing_in import sign_in, token

OCTOBER, APRIL = date(2026, 10, 1), date(2027, 4, 1)


class Archive:
    """Staff of Blekinge with a closed round in which an association has reported two villages."""

    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.client, self.session = client, session
        self.villages = [factories.village(session, name) for name in ("Aby", "Bro")]
        self.association = factories.association(session, "Norra Fiber", serving=self.villages)
        self.round = factories.reporting_round(session, OCTOBER, due=date(2026, 12, 1))
        counts = [(self.villages[0], Counts(100, 80, 60, 40)), (self.villages[1], Counts(50, 9, 3))]
        approved(session, self.association, self.round, counts=counts)
        self.round.state, self.round.closed_at = RoundState.CLOSED, NOW
        rebuild(session, carry_forward_months=24, at=NOW)
        staff = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
        sign_in(client, staff)

    @property
    def path(self) -> str:
        """The round's page."""
        return f"/review/rounds/{self.round.id}"

    def freeze(self) -> None:
        """Freeze the round on its page."""
        fields = {"action": "freeze", "confirm": "yes", "csrf_token": token(self.client, self.path)}
        assert self.client.post(f"{self.path}/state", data=fields).status_code == 303

    def record(self) -> bytes:
        """The record as downloaded."""
        return self.client.get(f"{self.path}/record/10.json").data

    def correct(self, *, connected: int, number: int = 2) -> ReportVersion:
        """A corrected version of the report that waits for review."""
        of = report(self.session, self.association, self.round)
        counts = [
            (self.villages[0], Counts(100, 80, connected, 40)),
            (self.villages[1], Counts(50, 9, 3)),
        ]
        return version(self.session, of, counts=counts, state=ReportState.SUBMITTED, number=number)

    def approve(self, waiting: ReportVersion) -> None:
        """Approve it on its page."""
        path = f"/review/{waiting.id}"
        fields = {"csrf_token": token(self.client, path)}
        assert self.client.post(f"{path}/approve", data=fields).status_code == 303


@pytest.fixture
def archive(client: FlaskClient, session: Session) -> Archive:
    return Archive(client, session)


def test_freezing_stores_villages_sums_and_reports_with_their_passports(archive: Archive) -> None:
    archive.freeze()
    record = json.loads(archive.record())
    assert record["round"]["reference_date"] == "2026-10-01"
    assert record["definition_version"] == "1"
    assert [
        (one["name"], one["state"], one["dwellings"], one["homes_passed"], one["connected"])
        for one in record["villages"]
    ] == [("Aby", "reported", 100, 80, 60), ("Bro", "reported", 50, 9, 3)]
    [whole] = [
        one
        for one in record["sums"]
        if (one["area_code"], one["settlement_class"]) == ("10", "all")
    ]
    assert (whole["coverage_numerator"], whole["coverage_denominator"]) == (89, 150)
    assert (whole["activation_numerator"], whole["activation_villages"]) == (40, 1)
    assert (whole["villages"], whole["covered_villages"], whole["oldest_report"]) == (
        2,
        2,
        "2026-10-01",
    )
    assert [(one["association"], one["connected"]) for one in record["reports"]] == [
        ("Norra Fiber", 60),
        ("Norra Fiber", 3),
    ]


def test_the_hash_on_the_page_is_that_of_the_file(archive: Archive) -> None:
    archive.freeze()
    page = words(archive.client.get(f"{archive.path}/record"))
    assert hashlib.sha256(archive.record()).hexdigest() in page


def test_the_record_stays_byte_for_byte_whatever_happens_later(archive: Archive) -> None:
    archive.freeze()
    path = f"{archive.path}/record/10"
    names = ("villages", "sums", "reports")
    before = archive.record(), [archive.client.get(f"{path}/{name}.csv").data for name in names]
    archive.approve(archive.correct(connected=65))
    archive.villages[0].name = "Åby"
    archive.association.name = "Norra Byanät"
    archive.session.add(
        VillageClass(
            village_id=archive.villages[0].id,
            delimitation_year=2026,
            valid_from=date(2026, 1, 1),
            settlement_class="tatort",
            source="SCB",
        )
    )
    rebuild(archive.session, carry_forward_months=24, at=NOW)
    archive.session.commit()
    now = archive.session.scalar(
        select(VillageStatus.connected).where(VillageStatus.village_id == archive.villages[0].id)
    )
    assert now == 65
    after = archive.record(), [archive.client.get(f"{path}/{name}.csv").data for name in names]
    assert after == before


@pytest.mark.parametrize("ending", [".csv", "-excel.csv", ".xlsx", ".json"])
def test_its_tables_are_the_same_bytes_in_any_language_and_at_any_address(
    archive: Archive, ending: str
) -> None:
    archive.freeze()
    path = f"{archive.path}/record/10/sums{ending}"
    here = archive.client.get(path).data
    archive.client.set_cookie("language", "en", domain="localhost")
    elsewhere = archive.client.get(path, base_url="http://localhost:8443/").data
    assert here == elsewhere


def test_a_table_of_the_record_opens_in_excel_with_its_columns_in_order(archive: Archive) -> None:
    archive.freeze()
    text = archive.client.get(f"{archive.path}/record/10/villages-excel.csv").data.decode(
        "utf-8-sig"
    )
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert list(rows[0])[:3] == ["code", "name", "municipality_code"]
    assert [(row["name"], row["connected"], row["active"]) for row in rows] == [
        ("Aby", "60", "40"),
        ("Bro", "3", ""),
    ]


def test_a_correction_says_before_approval_which_frozen_rounds_it_would_change(
    archive: Archive,
) -> None:
    archive.freeze()
    page = words(archive.client.get(f"/review/{archive.correct(connected=65).id}"))
    assert "Frysta omgångar som detta skulle ändra" in page
    assert "1 ort, kan anslutas 80 → 80, anslutna 60 → 65 (+5)" in page


def test_once_approved_it_is_listed_at_the_round_and_on_its_own_page(archive: Archive) -> None:
    archive.freeze()
    waiting = archive.correct(connected=50)
    archive.approve(waiting)
    corrected = archive.session.scalars(select(RoundCorrection)).one()
    assert (corrected.villages, corrected.connected_before, corrected.connected_after) == (
        1,
        60,
        50,
    )
    assert "60 → 50 (−10)" in words(archive.client.get(f"{archive.path}/record"))
    page = words(archive.client.get(f"/review/{waiting.id}"))
    assert "Frysta omgångar som detta ändrade" in page
    history = words(archive.client.get(f"/reports/{archive.association.id}/history"))
    assert "Skiljer sig från den frysta omgången 1 oktober 2026" in history
    assert "anslutna 60 → 50 (−10)" in history


def test_a_later_frozen_round_that_the_figure_is_carried_to_changes_too(archive: Archive) -> None:
    archive.freeze()
    later = factories.reporting_round(archive.session, APRIL)
    later.state, later.closed_at, later.frozen_at = RoundState.FROZEN, NOW, NOW
    rebuild(archive.session, carry_forward_months=24, at=NOW)
    waiting = archive.correct(connected=65)
    effects = effects_of(archive.session, waiting.id, carry_forward_months=24)
    assert [(one.reference_date, one.connected.by) for one in effects] == [(OCTOBER, 5), (APRIL, 5)]
    # Six months on, the figure is too old to be carried forward.
    near = effects_of(archive.session, waiting.id, carry_forward_months=5)
    assert [one.reference_date for one in near] == [OCTOBER]


def test_a_correction_in_a_round_that_is_not_frozen_changes_no_record(archive: Archive) -> None:
    archive.approve(archive.correct(connected=65))
    assert archive.session.scalar(select(func.count()).select_from(RoundCorrection)) == 0
    assert archive.session.scalar(select(func.count()).select_from(RoundRecord)) == 0
    assert archive.client.get(f"{archive.path}/record").status_code == 404


def test_another_countys_staff_and_the_public_reach_no_record(
    archive: Archive, session: Session
) -> None:
    archive.freeze()
    elsewhere = factories.user(session, RoleName.REGIONAL_STAFF, counties=("07",))
    other = archive.client.application.test_client()
    assert other.get(f"{archive.path}/record/10.json").status_code == 303
    sign_in(other, elsewhere)
    assert other.get(f"{archive.path}/record/10.json").status_code == 404
    assert other.get(f"{archive.path}/record/10/villages.csv").status_code == 404
    assert "Inget är sparat" in words(other.get(f"{archive.path}/record"))


def test_the_page_of_a_record_asks_as_much_however_many_corrections_there_are(
    archive: Archive, statements: Callable[[Callable[[], object]], int]
) -> None:
    archive.freeze()
    archive.approve(archive.correct(connected=65))
    one = statements(lambda: archive.client.get(f"{archive.path}/record"))
    for number, connected in enumerate((66, 67, 68), start=3):
        archive.approve(archive.correct(connected=connected, number=number))
    assert statements(lambda: archive.client.get(f"{archive.path}/record")) == one


def test_a_table_that_no_record_has_is_not_found(archive: Archive) -> None:
    archive.freeze()
    assert archive.client.get(f"{archive.path}/record/10/other.csv").status_code == 404
