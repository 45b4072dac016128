"""A small region for the test of a whole round, served with its worker and its mail server."""

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import monotonic, sleep

from flask import Flask
from playwright.sync_api import Browser

from outreach import create_app
from outreach.accounts.rules import RoleName
from outreach.connections.models import ReportingRound
from outreach.connections.rules import RoundState
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from tests import databases, factories
from tests.browser.conftest import Site
from tests.browser.people import Person
from tests.connections.making import Counts, approved
from tests.mail.server import Mailbox, serving
from tests.servers import gunicorn
from tests.settings import settings_for
from tests.signing_in import cookie_name, signed_in_cookie
from tests.workers import environment_of, working

YEAR = utc_now().year
REFERENCE = date(YEAR - 1, 10, 1)
LINKED, BY_SHEET, LATE = "Skärgårdens Fiber", "Åsbygdens Byanät", "Norrbygdens Fiber"
VILLAGES = {
    LINKED: ("Torhamn", "Hästholmen"),
    BY_SHEET: ("Åby", "Östra Åby", "Västra Åby", "Bro"),
    LATE: ("Norrby",),
}
LAST_TIME = Counts(100, 60, 40, 30)
_LINK = re.compile(r"http://localhost(/l/[\w-]{32})\s")


@dataclass(frozen=True, slots=True)
class Region:
    """Three associations that reported a year before; the cookies of staff and of one reporter."""

    site: Site
    mailbox: Mailbox
    cookies: dict[str, tuple[str, str]]

    def visitor(self, chromium: Browser, who: str | None = None, *, width: int = 1440) -> Person:
        """Somebody with a browser: `staff`, the `reporter`, or without a sign-in."""
        person = Person(chromium, self.site, width=width)
        if who is not None:
            name, value = self.cookies[who]
            address = self.site.address
            person.context.add_cookies([{"name": name, "value": value, "url": address}])
        return person

    def links_of(self, email: str, *, letters: int) -> list[str]:
        """The personal links in somebody's letters, the oldest first, once so many have come."""
        _until(lambda: self.mailbox.recipients.count(email) >= letters)
        bodies = [
            message.get_content() for message in self.mailbox.received if message["To"] == email
        ]
        assert len(bodies) == letters
        return [link for body in bodies for link in _LINK.findall(body)]


@contextmanager
def served(template_url: str, folder: Path) -> Iterator[Region]:
    """The region on a database of its own, with gunicorn, the job worker and a mail server."""
    url = databases.copy_of(template_url, folder)
    with serving(Mailbox()) as mailbox:
        settings = replace(settings_for(url, folder=folder), smtp_url=mailbox.url)
        cookies = _prepared(create_app(settings))
        environment = databases.environment(url, folder) | environment_of(settings)
        with (
            working(settings, ends_by=signal.SIGKILL),
            gunicorn("wsgi:app", first="/health", environment=environment) as server,
        ):
            yield Region(Site(server.address, environment, server.pid), mailbox, cookies)
    databases.drop(url)


def _prepared(app: Flask) -> dict[str, tuple[str, str]]:
    with app.app_context():
        session = db.session()
        with transaction(session):
            before = factories.reporting_round(session, REFERENCE.replace(year=YEAR - 2))
            ids = {}
            for name, villages in VILLAGES.items():
                places = [factories.village(session, each, dwellings=100) for each in villages]
                of = factories.association(session, name, serving=places)
                factories.contact(session, of, email=address_of(name))
                approved(session, of, before, counts=[(place, LAST_TIME) for place in places])
                ids[name] = of.id
            _end(before)
            staff = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
            reporter = factories.user(
                session, RoleName.ASSOCIATION_REPORTER, associations=(ids[BY_SHEET],)
            )
            cookies = {
                who: (cookie_name(app), signed_in_cookie(session, user))
                for who, user in (("staff", staff), ("reporter", reporter))
            }
        db.session.remove()
        db.engine.dispose()
    return cookies


def _end(before: ReportingRound) -> None:
    before.state, before.closed_at = RoundState.CLOSED, utc_now()


def address_of(association: str) -> str:
    """The address of an association's only contact."""
    return {LINKED: "anna@example.org", BY_SHEET: "bo@example.org", LATE: "cia@example.org"}[
        association
    ]


def _until(is_so: Callable[[], bool], *, seconds: float = 45) -> None:
    deadline = monotonic() + seconds
    while not is_so():
        assert monotonic() < deadline
        sleep(0.05)
