"""What was acknowledged is stored exactly once, also when workers are killed in the middle."""

import os
import re
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from outreach import create_app
from outreach.accounts.rules import RoleName
from outreach.connections.models import ReportVersion
from outreach.database import transaction
from outreach.extensions import db
from tests import factories
from tests.servers import gunicorn
from tests.settings import BASE, settings_for
from tests.signing_in import cookie_name, signed_in_cookie

REPORTERS = 20
KILLS = 4
PATIENCE_SECONDS = 60
ROUND = "2026-10-01"

pytestmark = pytest.mark.server


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody with a sign-in and one association."""

    cookie: str
    association_id: int


@dataclass(frozen=True, slots=True)
class Region:
    """A served region whose reporters have not reported."""

    address: str
    pid: int
    database_url: str
    reporters: list[Reporter]


@pytest.fixture
def region(own_database: str, tmp_path: Path) -> Iterator[Region]:
    settings = settings_for(own_database, folder=tmp_path)
    app = create_app(settings)
    with app.app_context():
        with transaction(db.session):
            session = db.session()
            factories.reporting_round(session)
            reporters = []
            for number in range(REPORTERS):
                village = factories.village(session, f"By {number}")
                of = factories.association(session, f"Förening {number}", serving=[village])
                person = factories.user(
                    session, RoleName.ASSOCIATION_REPORTER, associations=(of.id,)
                )
                reporters.append(Reporter(signed_in_cookie(session, person), of.id))
        db.session.remove()
        db.engine.dispose()
        name = cookie_name(app)
    environment = {
        "DATABASE_URL": own_database,
        "OUTREACH_INSTANCE": str(tmp_path),
        "OUTREACH_SECRET_KEY": BASE.secret_key,
        "OUTREACH_PASSWORD_SALT": BASE.password_salt,
        "OUTREACH_SECURE_COOKIES": "0",
        "OUTREACH_SECOND_FACTOR": "optional",
    }
    named = [Reporter(f"{name}={one.cookie}", one.association_id) for one in reporters]
    with gunicorn("wsgi:app", first="/health", environment=environment) as server:
        yield Region(server.address, server.pid, own_database, named)


def _ask(url: str, cookie: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Status, body and where it leads."""
    data = urllib.parse.urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(url, data=data, headers={"Cookie": cookie})
    try:
        with _opener.open(request, timeout=20) as answer:
            return answer.status, answer.read().decode(), ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers.get("Location", "")


def _patiently(url: str, cookie: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Ask again while the server is being killed, exactly the same, as a browser's reload does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            answer = _ask(url, cookie, form)
        except (urllib.error.URLError, ConnectionError, TimeoutError, OSError):
            answer = (0, "", "")
        if answer[0] not in {0, 500, 502, 503} or time.monotonic() > deadline:
            return answer
        time.sleep(0.1)


def _fields(page: str) -> dict[str, str]:
    """The form's hidden fields and counts, the counts filled in."""
    form = page[page.index("data-report") :]
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        if name is None or 'type="checkbox"' in tag:
            continue
        count = re.search(r'data-count="(\w+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        counts = {"dwellings": "100", "homes_passed": "80", "connected": "60", "active": "50"}
        found[name.group(1)] = counts[count.group(1)] if count else value.group(1) if value else ""
    return found


def _report(region: Region, reporter: Reporter) -> tuple[int, str]:
    """Submit one report, twice as a double click does; the answer that was acknowledged."""
    url = f"{region.address}/reports/{reporter.association_id}/{ROUND}"
    _, page, _ = _patiently(url, reporter.cookie)
    fields = _fields(page)
    first = _patiently(url, reporter.cookie, fields)
    second = _patiently(url, reporter.cookie, fields)
    assert first[2] == second[2]
    return first[0], first[2]


def _kill_workers(pid: int, stop: threading.Event) -> int:
    """Kill one worker after another, as the kernel does when memory runs out."""
    killed = 0
    while killed < KILLS and not stop.wait(0.7):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if children:
            os.kill(int(children[0]), signal.SIGKILL)
            killed += 1
    return killed


def _stored(region: Region, folder: Path) -> tuple[int, set[str]]:
    app = create_app(settings_for(region.database_url, folder=folder))
    with app.app_context():
        number = db.session.scalar(select(func.count()).select_from(ReportVersion)) or 0
        receipts = set(db.session.scalars(select(ReportVersion.receipt)))
        db.session.remove()
        db.engine.dispose()
    return number, receipts


def test_every_acknowledged_report_is_there_once(region: Region, tmp_path: Path) -> None:
    stop = threading.Event()
    with ThreadPoolExecutor(REPORTERS + 1) as pool:
        killing = pool.submit(_kill_workers, region.pid, stop)
        answers = list(pool.map(lambda one: _report(region, one), region.reporters))
        stop.set()
        killed = killing.result()
    number, receipts = _stored(region, tmp_path)
    acknowledged = {location.rsplit("/", 1)[1] for status, location in answers if status == 303}
    assert killed > 0
    assert (len(acknowledged), number, receipts) == (REPORTERS, REPORTERS, acknowledged)
