"""A real Chromium in front of a real gunicorn that serves the demonstration region."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests import databases
from tests.servers import gunicorn
from tests.signing_in import csrf_token

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PASSWORD = "demo-outreach-2026"
ADMINISTRATOR = "admin@demo.example"
STAFF = "staff@demo.example"
REPORTER = "reporter@demo.example"
LOGGER = "logger@demo.example"


@dataclass(frozen=True, slots=True)
class Site:
    """A served demonstration region; `pid` is the server's master process."""

    address: str
    environment: dict[str, str]
    pid: int


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the run; each test gets a profile of its own."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        yield playwright.chromium.launch(executable_path=found, args=list(FLAGS))


@contextmanager
def served(demonstration_url: str, folder: Path) -> Iterator[Site]:
    """A copy of the demonstration region, served until the block ends."""
    url = databases.copy_of(demonstration_url, folder)
    environment = databases.environment(url, folder)
    with gunicorn("wsgi:app", first="/health", environment=environment) as server:
        yield Site(server.address, environment, server.pid)
    databases.drop(url)


@pytest.fixture(scope="session")
def site_to_read(
    demonstration_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The demonstration region for all modules that leave it as they find it."""
    with served(demonstration_url, tmp_path_factory.mktemp("site-to-read")) as site:
        yield site


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest,
    demonstration_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """The demonstration region on each database: fresh for each module.

    A module that leaves nothing behind that another minds says `ONLY_READS = True`: they share one.
    """
    if getattr(request.module, "ONLY_READS", False):
        yield request.getfixturevalue("site_to_read")
        return
    with served(demonstration_url, tmp_path_factory.mktemp("site")) as site:
        yield site


class Watched:
    """Pages whose console errors, refused resources and script errors fail the test."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        context.on("console", lambda message: self._console(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _console(self, kind: str, text: str) -> None:
        # A refusal that a test provokes is logged by the browser itself; it is not ours.
        if kind == "error" and "the server responded with a status of 4" not in text:
            self.complaints.append(text)


@pytest.fixture
def context(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    """A browser profile on a telephone's width that must end without a complaint."""
    made = chromium.new_context(
        base_url=site.address, viewport={"width": 360, "height": 740}, locale="sv-SE"
    )
    watched = Watched(made)
    yield made
    made.close()
    assert watched.complaints == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of that profile."""
    return context.new_page()


def sign_in(page: Page, email: str, *, password: str = PASSWORD) -> None:
    """Give the page's browser a signed-in session of its own: the form is sent without being drawn.

    Drawn and filled in by hand it is where tests are about signing in.
    """
    request = page.context.request
    token = csrf_token(request.get("/sign-in").text())
    typed = {"email": email, "password": password, "csrf_token": token}
    answer = request.post("/sign-in", form=typed, max_redirects=0)
    assert answer.status == 303, answer.text()


@contextmanager
def held_back(page: Page, script: str) -> Iterator[None]:
    """A script that comes only after what is done in the block, as on a slow line."""
    held: list[Route] = []
    is_over = False

    def hold(route: Route) -> None:
        if is_over:
            route.continue_()
        else:
            held.append(route)

    page.route(script, hold)
    yield
    is_over = True
    for route in held:
        route.continue_()
