"""Kept bytes in front of a real database: one question a request, and never staler than it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from outreach import create_app
from outreach.connections.models import VillageStatus
from outreach.database import data_version, transaction
from outreach.extensions import db
from tests import factories
from tests.gap.rows import DAY, sum_up, town_and_country
from tests.settings import settings_for

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def processes(own_database: str, tmp_path: Path) -> Iterator[tuple[Flask, Flask]]:
    """Two programs on one database, as two web processes are."""
    apps = tuple(create_app(settings_for(own_database, folder=tmp_path)) for _ in range(2))
    with apps[0].app_context(), transaction(db.session):
        town_and_country(db.session())
        data_version.bump(db.session(), at=factories.NOW)
    yield apps[0], apps[1]
    for app in apps:
        with app.app_context():
            db.engine.dispose()


def passed(app: Flask, homes: int) -> None:
    """Approve another number of homes passed in the country village."""
    with app.app_context(), transaction(db.session):
        session = db.session()
        row = (
            session.query(VillageStatus)
            .filter_by(reference_date=DAY, settlement_class="outside")
            .one()
        )
        row.homes_passed = homes
        session.flush()
        sum_up(session)
        data_version.bump(session, at=factories.NOW)


def gap_shown(app: Flask) -> str:
    html = app.test_client().get("/gap").text
    return next(text for text in ("−40,0", "−10,0", "−30,0") if text in html)


def test_every_process_shows_a_change_from_the_first_request_after_it(
    processes: tuple[Flask, Flask],
) -> None:
    one, other = processes
    assert (gap_shown(one), gap_shown(other)) == ("−40,0", "−40,0")
    passed(one, 160)
    assert (gap_shown(other), gap_shown(one)) == ("−10,0", "−10,0")
    passed(other, 120)
    assert (gap_shown(one), gap_shown(other)) == ("−30,0", "−30,0")


def test_a_visitor_costs_no_statement_but_the_version_asked_of_the_driver_itself(
    processes: tuple[Flask, Flask],
) -> None:
    app, _ = processes
    addresses = ("/gap", "/", "/gap/villages.geojson", "/gap/villages.csv")
    for address in addresses:
        app.test_client().get(address)
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        for address in addresses:
            assert app.test_client().get(address).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert sent == []


def test_what_few_use_is_not_imported_before_somebody_does(
    own_database: str, tmp_path: Path
) -> None:
    program = """
import sys
from dataclasses import replace
from pathlib import Path
from outreach import create_app
from tests.settings import settings_for
app = create_app(settings_for(sys.argv[1], folder=Path(sys.argv[2])))
client = app.test_client()
for address in ("/health", "/gap", "/gap/values.json", "/places", "/sign-in"):
    client.get(address)
late = {"matplotlib", "openpyxl", "qrcode", "icalendar", "alembic", "weasyprint", "scipy"}
assert not late & sys.modules.keys(), "imported at the start"
"""
    done = subprocess.run(
        [sys.executable, "-c", program, own_database, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
