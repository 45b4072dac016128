"""A minute by link on a telephone: few taps, light pages, and a secret that nothing writes down."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy.orm import Session

from outreach import create_app
from outreach.connections.models import ExpectedPair, ReportingRound
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from tests import databases, factories
from tests.browser.conftest import Watched
from tests.connections.linking import give
from tests.connections.making import Counts, approved
from tests.servers import gunicorn
from tests.settings import settings_for

pytestmark = pytest.mark.browser

MOST_TAPS = 6
HEAVIEST_BYTES = 80_000
VILLAGES = 30
TESTS = 4
# The database has no part in what pages and logs look like.
on_one_database = pytest.mark.parametrize("backend", ["spatialite"], indirect=True)


@dataclass(frozen=True, slots=True)
class Served:
    """A site with a link to a form of thirty villages, and what its server writes down."""

    address: str
    secret: str
    logs: tuple[Path, ...]

    @property
    def link(self) -> str:
        return f"{self.address}/l/{self.secret}"

    def written(self) -> str:
        return "".join(log.read_text() for log in self.logs)


@dataclass(frozen=True, slots=True)
class Site:
    """A server and the links that nobody has used yet."""

    address: str
    unused: list[str]
    logs: tuple[Path, ...]


@pytest.fixture(scope="module")
def links(template_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One server for all, with a link for each test."""
    folder = tmp_path_factory.mktemp("links")
    url = databases.copy_of(template_url, folder)
    secrets = _prepared(create_app(settings_for(url, folder=folder)))
    access_log = folder / "access.log"
    with gunicorn(
        "wsgi:app",
        first="/health",
        environment=databases.environment(url, folder),
        access_log=access_log,
    ) as server:
        yield Site(server.address, secrets, (access_log, server.log))
    databases.drop(url)


@pytest.fixture
def served(links: Site) -> Served:
    return Served(links.address, links.unused.pop(), links.logs)


def _prepared(app: Flask) -> list[str]:
    """Contacts' links to report this year's figures of thirty villages each."""
    with app.app_context():
        session = db.session()
        with transaction(session):
            last_year = factories.TODAY.replace(year=2025, month=10, day=1)
            before = factories.reporting_round(session, last_year)
            now = factories.reporting_round(session)
            secrets = [_link(session, before, now) for _ in range(TESTS)]
        db.session.remove()
        db.engine.dispose()
    return secrets


def _link(session: Session, before: ReportingRound, now: ReportingRound) -> str:
    places = [
        factories.village(session, f"Norra Skärgårdsbyn {number:02}", dwellings=100)
        for number in range(VILLAGES)
    ]
    association = factories.association(session, "Skärgårdens Fiber", serving=places)
    contact = factories.contact(session, association)
    counts = [(place, Counts(100, 60, 40, 30)) for place in places]
    approved(session, association, before, counts=counts)
    for place in places:
        pair = ExpectedPair(
            round_id=now.id,
            association_id=association.id,
            village_id=place.id,
            added_at=utc_now(),
        )
        session.add(pair)
    return give(session, association, contact, now)


class Telephone:
    """A narrow browser that counts what its owner does and what each page weighs."""

    def __init__(self, chromium: Browser, served: Served, *, scripts: bool = True) -> None:
        self.context: BrowserContext = chromium.new_context(
            base_url=served.address,
            locale="sv-SE",
            viewport={"width": 360, "height": 740},
            java_script_enabled=scripts,
        )
        self.watched = Watched(self.context)
        self.page: Page = self.context.new_page()
        self.acts = 0
        self.weights: list[int] = []
        self._sizes: list[int] = []
        self.page.on(
            "requestfinished", lambda request: self._sizes.append(_transferred(request.sizes()))
        )

    def act(self) -> Page:
        """Count one thing that a person does."""
        self.acts += 1
        return self.page

    def weigh(self) -> None:
        """Note what the page that is open has cost, headers and all."""
        self.page.wait_for_load_state("networkidle")
        self.weights.append(sum(self._sizes))
        self._sizes.clear()

    def leave(self) -> None:
        self.context.close()
        assert self.watched.complaints == []


def _transferred(sizes: dict[str, int]) -> int:
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def _field(place: str) -> str:
    return f"[data-village]:has-text('{place}') [data-count=connected]"


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_link_to_the_receipt(chromium: Browser, served: Served, *, scripts: bool) -> None:
    phone = Telephone(chromium, served, scripts=scripts)
    phone.act().goto(served.link)
    expect(phone.page).to_have_url(re.compile(f"{served.address}/l/report/"))
    phone.weigh()
    if not scripts:
        phone.act().locator("[data-village]:has-text('byn 07') [data-unchanged]").uncheck()
    phone.act().locator(_field("byn 07")).fill("41")
    phone.act().get_by_role("button", name="Skicka in rapporten").click()
    expect(phone.page.locator("h1")).to_have_text("Tack! Rapporten har kommit in.")
    phone.weigh()
    assert phone.acts <= MOST_TAPS
    assert max(phone.weights) <= HEAVIEST_BYTES, phone.weights
    row = phone.page.get_by_role("row", name="Norra Skärgårdsbyn 07")
    expect(row).to_contain_text("41")
    expect(phone.page.locator("td .status")).to_have_count(VILLAGES - 1)
    phone.leave()


@on_one_database
def test_the_secret_is_in_no_log_and_no_referrer(chromium: Browser, served: Served) -> None:
    phone = Telephone(chromium, served)
    referrers: list[str] = []
    phone.page.on("request", lambda request: referrers.append(request.headers.get("referer", "")))
    phone.page.goto(served.link)
    phone.weigh()
    phone.page.get_by_role("button", name="Skicka in rapporten").click()
    expect(phone.page.locator("h1")).to_have_text("Tack! Rapporten har kommit in.")
    phone.page.goto(f"{served.link[:-4]}xxxx")
    expect(phone.page.locator("h1")).to_have_text("Länken fungerar inte")
    phone.weigh()
    assert "GET /l/… HTTP/1.1" in served.written()
    assert served.secret[:-4] not in served.written()
    assert [address for address in referrers if served.secret[:-4] in address] == []
    phone.leave()


@on_one_database
def test_the_form_and_the_page_of_a_dead_link_are_accessible(
    chromium: Browser, served: Served
) -> None:
    phone = Telephone(chromium, served)
    for address in (served.link, f"{served.address}/l/{'x' * 32}"):
        phone.page.goto(address)
        found = Axe().run(phone.page).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
        width = phone.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360
    phone.leave()
