"""What was acknowledged is stored exactly once, and no mail is sent twice, whoever is killed.

Forty reporters submit at once while gunicorn's workers and the job worker are killed.
"""

import os
import re
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from http.client import HTTPException
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Select, func, select

from outreach import create_app
from outreach.accounts.rules import RoleName
from outreach.connections.models import ConnectionCount, ConnectionReport, ReportVersion
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.database.transaction import reading
from outreach.extensions import db
from outreach.mail.commands import enqueue
from outreach.mail.models import MessageState, OutboxMessage
from outreach.mail.queue import queue_of, wake_mailer
from outreach.mail.rules import NewMessage
from outreach.settings import Settings
from tests import factories
from tests.connections.making import expected
from tests.mail.server import Mailbox, serving
from tests.servers import gunicorn, workers
from tests.settings import settings_for
from tests.signing_in import cookie_name, signed_in_cookie
from tests.workers import environment_of, working

REPORTERS = 40
KILLS = 4
PATIENCE_SECONDS = 60
SENT_BEFORE_THE_KILL = 8
ROUND = "2026-10-01"

pytestmark = pytest.mark.server


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody with a sign-in and one association, whose figure is nobody else's."""

    cookie: str
    association_id: int
    connected: int


@dataclass(frozen=True, slots=True)
class Region:
    """A served region whose reporters have been written to and have not reported."""

    app: Flask
    settings: Settings
    address: str
    pid: int
    reporters: list[Reporter]
    mailbox: Mailbox


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server slow enough for somebody to die in the middle of the post."""
    with serving(Mailbox(seconds_each=0.1)) as found:
        yield found


@pytest.fixture
def region(own_database: str, tmp_path: Path, mailbox: Mailbox) -> Iterator[Region]:
    settings = replace(settings_for(own_database, folder=tmp_path), smtp_url=mailbox.url)
    app = create_app(settings)
    with app.app_context():
        reporters = _prepared(cookie_name(app))
        db.session.remove()
        db.engine.dispose()
    environment = environment_of(settings) | {
        "OUTREACH_INSTANCE": str(tmp_path),
        "OUTREACH_SECURE_COOKIES": "0",
        "OUTREACH_SECOND_FACTOR": "optional",
    }
    with gunicorn("wsgi:app", first="/health", environment=environment) as server:
        yield Region(app, settings, server.address, server.pid, reporters, mailbox)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _prepared(cookie: str) -> list[Reporter]:
    """Forty associations with a reporter and a contact, who has a message in the outbox.

    It is of a kind that stays owed; a reminder would be withdrawn when the report has come.
    """
    reporters, session = [], db.session()
    with transaction(session):
        its_round = factories.reporting_round(session)
        for number in range(REPORTERS):
            village = factories.village(session, f"By {number}")
            of = factories.association(session, f"Förening {number}", serving=[village])
            address = f"contact{number}@example.org"
            factories.contact(session, of, email=address)
            enqueue(session, NewMessage("test", address, "Hej", "Hej"), now=utc_now())
            expected(session, of, its_round, village)
            person = factories.user(session, RoleName.ASSOCIATION_REPORTER, associations=(of.id,))
            reporters.append(
                Reporter(f"{cookie}={signed_in_cookie(session, person)}", of.id, 30 + number)
            )
    return reporters


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
        except (OSError, HTTPException):  # also an answer that was cut off in its middle
            answer = (0, "", "")
        if answer[0] not in {0, 500, 502, 503} or time.monotonic() > deadline:
            return answer
        time.sleep(0.1)


def _fields(page: str, *, connected: int) -> dict[str, str]:
    """The form's hidden fields and counts, the counts filled in."""
    form = page[page.index("data-report") :]
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        if name is None or 'type="checkbox"' in tag:
            continue
        count = re.search(r'data-count="(\w+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        counts = {
            "dwellings": "100",
            "homes_passed": "80",
            "connected": str(connected),
            "active": "20",
        }
        found[name.group(1)] = counts[count.group(1)] if count else value.group(1) if value else ""
    return found


def _report(region: Region, reporter: Reporter) -> tuple[int, str]:
    """Submit one report, twice as a double click does; the answer that was acknowledged."""
    url = f"{region.address}/reports/{reporter.association_id}/{ROUND}"
    _, page, _ = _patiently(url, reporter.cookie)
    fields = _fields(page, connected=reporter.connected)
    first = _patiently(url, reporter.cookie, fields)
    second = _patiently(url, reporter.cookie, fields)
    assert first[2] == second[2]
    return first[0], first[2]


def _kill_workers(pid: int, stop: threading.Event) -> int:
    """Kill one worker after another, as the kernel does when memory runs out."""
    killed = 0
    while killed < KILLS and not stop.wait(0.7):
        alive = workers(pid)
        if alive:
            os.kill(alive[0], signal.SIGKILL)
            killed += 1
    return killed


def _post_all(region: Region) -> int:
    """Send the messages by a worker that is killed in the middle, and by the one after it."""
    _wake(region)
    with working(region.settings, ends_by=signal.SIGKILL):
        _until(lambda: len(region.mailbox.received) >= SENT_BEFORE_THE_KILL)
    before = len(region.mailbox.received)
    _wake(region)
    with working(region.settings):
        # What the dead worker had in its hands is known to nobody, and so is not sent again.
        _until(lambda: _waiting(region) == 0)
    return before


def _wake(region: Region) -> None:
    with region.app.app_context():
        wake_mailer()
    # The queue keeps a connection for each thread.
    queue_of(region.app).close()


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _waiting(region: Region) -> int:
    return _asked(region, _messages(MessageState.QUEUED))


def _asked(region: Region, query: Select[int]) -> int:
    """A number out of the database, read apart from everything else."""
    with region.app.app_context():
        try:
            with reading(db.session()):
                return db.session.scalar(query) or 0
        finally:
            db.session.remove()


def _messages(*states: MessageState) -> Select[int]:
    return select(func.count(OutboxMessage.id)).where(OutboxMessage.state.in_(states))


def _stored(region: Region) -> list[tuple[int, str, int | None]]:
    """Every count of every version: whose it is, its receipt, and how many are connected."""
    query = (
        select(ConnectionReport.association_id, ReportVersion.receipt, ConnectionCount.connected)
        .join(ReportVersion, ReportVersion.report_id == ConnectionReport.id)
        .outerjoin(ConnectionCount, ConnectionCount.version_id == ReportVersion.id)
        .order_by(ConnectionReport.association_id, ReportVersion.id)
    )
    with region.app.app_context():
        found = [(row[0], row[1], row[2]) for row in db.session.execute(query)]
        db.session.remove()
    return found


def test_forty_reports_at_once_are_there_once_and_no_mail_is_sent_twice(region: Region) -> None:
    stop = threading.Event()
    with ThreadPoolExecutor(REPORTERS + 2) as pool:
        killing = pool.submit(_kill_workers, region.pid, stop)
        posting = pool.submit(_post_all, region)
        answers = list(pool.map(lambda one: _report(region, one), region.reporters))
        stop.set()
        killed, sent_before_the_kill = killing.result(), posting.result()
    assert {status for status, _ in answers} == {303}
    acknowledged = [
        (one.association_id, location.rsplit("/", 1)[1], one.connected)
        for one, (_, location) in zip(region.reporters, answers, strict=True)
    ]
    assert killed > 0
    # One version each, under the receipt that its own reporter was given, with their own figure.
    assert _stored(region) == acknowledged
    received = region.mailbox.recipients
    lost = REPORTERS - len(received)
    assert SENT_BEFORE_THE_KILL <= sent_before_the_kill < REPORTERS
    assert len(set(received)) == len(received)
    # At most the one message that the worker was handing over when it died.
    assert lost <= 1
    assert _asked(region, _messages(MessageState.SENT, MessageState.CLAIMED)) == REPORTERS
