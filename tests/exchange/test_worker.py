"""The real worker imports 20 000 rows: seen from outside, killed in the middle, stored once.

Letters go out meanwhile, each of them once.
"""

import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from shapely.geometry import Point
from sqlalchemy import func, insert, select, update

from outreach import create_app
from outreach.accounts.rules import RoleName
from outreach.associations.models import Association, ServedVillage
from outreach.associations.rules import AssociationStatus, LegalForm
from outreach.connections.models import ConnectionCount, ReportVersion
from outreach.database import transaction
from outreach.database.spatial import stored
from outreach.database.times import utc_now
from outreach.database.transaction import reading
from outreach.exchange.commands.importing import queue
from outreach.exchange.commands.runs import WORK, Upload, receive
from outreach.exchange.jobs import TASK
from outreach.exchange.models import ImportRun
from outreach.exchange.queries.rows import tally
from outreach.exchange.queries.runs import Run, run_by_id
from outreach.exchange.rules import RunState, Tally
from outreach.extensions import db
from outreach.mail.commands import enqueue
from outreach.mail.queue import queue_of, wake_mailer, wake_worker
from outreach.mail.rules import NewMessage
from outreach.places.models import Village
from outreach.settings import Settings
from tests import factories
from tests.clients import ready_for_tests
from tests.exchange.making import xlsx
from tests.mail.server import Mailbox, serving
from tests.settings import settings_for
from tests.workers import working

ASSOCIATIONS, VILLAGES_EACH, FAULTY = 95, 200, 1000
GOOD = ASSOCIATIONS * VILLAGES_EACH
MOST_MEGABYTES = 300


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with serving(Mailbox()) as open_mailbox:
        yield open_mailbox


@pytest.fixture
def settings(own_database: str, tmp_path: Path, mailbox: Mailbox) -> Settings:
    return replace(settings_for(own_database, folder=tmp_path), smtp_url=mailbox.url)


@pytest.fixture
def importing(settings: Settings) -> Iterator[Flask]:
    app = ready_for_tests(create_app(settings))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    queue_of(app).huey.storage.close()


def _villages() -> tuple[int, int]:
    """Many associations with many villages; who imports, and the round."""
    session = db.session()
    factories.municipality(session)
    point = stored(Point(500_000, 6_240_000))
    villages = [
        {"code": f"1080-by-{n}", "name": f"By {n}", "municipality_code": "1080", "point": point,
         "source": "test"}
        for n in range(GOOD)
    ]  # fmt: skip
    session.execute(insert(Village), villages)
    associations = [
        {"name": f"Fiber {n}", "legal_form": LegalForm.ECONOMIC_ASSOCIATION, "version": 1,
         "status": AssociationStatus.OPERATING, "county_code": "10", "created_at": factories.NOW}
        for n in range(ASSOCIATIONS)
    ]  # fmt: skip
    session.execute(insert(Association), associations)
    ids = list(session.scalars(select(Village.id).order_by(Village.id)))
    whose = list(session.scalars(select(Association.id).order_by(Association.id)))
    served = [
        {"association_id": whose[at // VILLAGES_EACH], "village_id": village_id,
         "valid_from": date(2015, 1, 1), "version": 1}
        for at, village_id in enumerate(ids)
    ]  # fmt: skip
    session.execute(insert(ServedVillage), served)
    round_id = factories.reporting_round(session).id
    user = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
    return user.id, round_id


def _file() -> bytes:
    rows = [(f"1080-by-{n}", 100, 90, 80) for n in range(GOOD)]
    faulty = [(f"1080-by-{n}", 1, 90, 80) for n in range(GOOD, GOOD + FAULTY)]
    return xlsx(("Ortskod", "Hushåll", "Kan anslutas", "Anslutna"), *rows, *faulty)


def _until(run_id: int, is_so: Callable[[Run], bool], *, seconds: float = 150) -> Run:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        # A poll that took SQLite's write lock would keep the worker out.
        with reading(db.session()):
            run = run_by_id(db.session(), run_id)
        if is_so(run):
            return run
        time.sleep(0.05)
    raise AssertionError(f"the import stands at {run.state}, {run.rows_done} rows")


def _write_to(address: str) -> None:
    """As when somebody asks for a new password."""
    with transaction(db.session()):
        enqueue(db.session(), NewMessage("notice", address, "Hej", "Text\n"), now=utc_now())
    wake_mailer()


def _state_when_received(mailbox: Mailbox, address: str, run_id: int) -> RunState:
    """Where the import stands as the letter comes."""
    return _until(run_id, lambda _: address in mailbox.recipients).state


def _forget_claim(run_id: int) -> None:
    """As if the time had passed after which a silent worker counts as lost."""
    with transaction(db.session()):
        db.session.execute(
            update(ImportRun)
            .where(ImportRun.id == run_id)
            .values(claimed_at=utc_now() - WORK.lost_after - timedelta(seconds=1))
        )
    wake_worker(TASK)


def _peak_megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


@pytest.mark.server
def test_a_sheet_of_20_000_rows_survives_killed_workers_and_is_stored_once(
    importing: Flask, settings: Settings, mailbox: Mailbox
) -> None:
    with transaction(db.session()):
        user_id, round_id = _villages()
        upload = Upload("stor.xlsx", _file(), round_id, None, "sv")
        run_id = receive(db.session(), upload, user_id=user_id, at=utc_now())
    wake_worker(TASK)
    with working(settings, ends_by=signal.SIGKILL):
        _until(run_id, lambda run: 0 < run.rows_done < GOOD)
        _write_to("anna@example.org")
        state = _state_when_received(mailbox, "anna@example.org", run_id)
        assert state is RunState.EXAMINING
    _write_to("bo@example.org")
    _forget_claim(run_id)
    with working(settings, ends_by=signal.SIGKILL) as process:
        _until(run_id, lambda run: run.state is RunState.EXAMINED)
        assert tally(db.session(), run_id) == Tally(new=GOOD, refused=FAULTY)
        with transaction(db.session()):
            queue(db.session(), run_id)
        wake_worker(TASK)
        _until(run_id, lambda run: run.state is RunState.IMPORTING)
        assert _peak_megabytes(process.pid) < MOST_MEGABYTES
    _forget_claim(run_id)
    with working(settings, ends_by=signal.SIGKILL) as process:
        _until(run_id, lambda run: run.state is RunState.IMPORTED)
        assert _peak_megabytes(process.pid) < MOST_MEGABYTES
    assert mailbox.recipients == ["anna@example.org", "bo@example.org"]
    session = db.session()
    assert session.scalar(select(func.count(ReportVersion.id))) == ASSOCIATIONS
    assert session.scalar(select(func.count(ConnectionCount.id))) == GOOD
    assert run_by_id(session, run_id).rows_done == GOOD + FAULTY
