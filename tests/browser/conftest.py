"""A real Chromium in front of a real gunicorn that serves the demonstration region."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import databases
from tests.servers import gunicorn

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
    """A served demonstration region."""

    address: str
    environment: dict[str, str]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the run; each test gets a profile of its own."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        yield playwright.chromium.launch(executable_path=found, args=list(FLAGS))


def site_environment(url: str, folder: Path) -> dict[str, str]:
    """The environment of an installation on this database, over plain http."""
    return {
        "DATABASE_URL": url,
        "OUTREACH_INSTANCE": str(folder),
        "OUTREACH_SECRET_KEY": "x" * 40,
        "OUTREACH_PASSWORD_SALT": "y" * 40,
        "OUTREACH_SECURE_COOKIES": "0",
        "OUTREACH_SECOND_FACTOR": "optional",
    }


def flask(environment: dict[str, str], *arguments: str) -> None:
    """Run a command of the program on this installation."""
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=databases.ROOT,
        env=os.environ | environment,
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="module")
def site(template_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration region, fresh for each module, on each database."""
    folder = tmp_path_factory.mktemp("site")
    url = databases.copy_of(template_url, folder)
    environment = site_environment(url, folder)
    flask(environment, "demo", "load")
    with gunicorn("wsgi:app", first="/health", environment=environment) as server:
        yield Site(server.address, environment)
    databases.drop(url)


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
    """Sign in as a person would, and wait until the next page has come."""
    page.goto("/sign-in")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button[type=submit], main form input[type=submit]").first.click()
    page.wait_for_load_state()
