"""Every page that each role can reach: accessible, whole at 360 px, and without a complaint."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from outreach import create_app
from tests.browser.conftest import (
    ADMINISTRATOR,
    LOGGER,
    REPORTER,
    STAFF,
    Site,
    Watched,
    sign_in,
)
from tests.browser.crawling import pages_from
from tests.settings import BASE

pytestmark = pytest.mark.parametrize("backend", ["spatialite"], indirect=True)
PEOPLE = {
    "the public": None,
    "a reporter": REPORTER,
    "a session logger": LOGGER,
    "staff": STAFF,
    "an administrator": ADMINISTRATOR,
}


@pytest.fixture(scope="module")
def routes() -> Flask:
    return create_app(BASE)


def _faults(page: Page, address: str) -> list[str]:
    """What axe finds, in words."""
    found = Axe().run(page).response["violations"]
    return [
        f"{address}: {fault['id']} {fault['help']}: {node['html'][:160]}"
        for fault in found
        for node in fault["nodes"]
    ]


def _look(page: Page, address: str) -> list[str]:
    """Open a page in light and dark at a telephone's width, and light at a desk's."""
    complaints = []
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="light")
    page.goto(address)
    complaints += _faults(page, f"{address} (light)")
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        complaints.append(f"{address}: wider than 360 px")
    if page.locator("h1").count() != 1:
        complaints.append(f"{address}: not one h1")
    page.set_viewport_size({"width": 1440, "height": 900})
    complaints += _faults(page, f"{address} (wide)")
    page.emulate_media(color_scheme="dark")
    # Loaded anew, so that no colour is caught on its way from light to dark.
    page.reload()
    complaints += _faults(page, f"{address} (dark)")
    return complaints


@pytest.mark.browser
@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_is_accessible(chromium: Browser, site: Site, routes: Flask, who: str) -> None:
    context = chromium.new_context(base_url=site.address, locale="sv-SE", reduced_motion="reduce")
    watched = Watched(context)
    page = context.new_page()
    email = PEOPLE[who]
    if email is not None:
        sign_in(page, email)
    addresses = pages_from(routes, page)
    complaints = [complaint for address in addresses for complaint in _look(page, address)]
    context.close()
    assert complaints + watched.complaints == []
    assert len(addresses) > 5
