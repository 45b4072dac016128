"""Every page that each role can reach: accessible, whole at 360 px, and without a complaint."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

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
from tests.browser.looking import TELEPHONE, Looker
from tests.settings import BASE

ONLY_READS = True
pytestmark = pytest.mark.parametrize("backend", ["spatialite"], indirect=True)
# Who has most to look at comes first, so that no process is left alone with it.
PEOPLE = {
    "staff": STAFF,
    "an administrator": ADMINISTRATOR,
    "a reporter": REPORTER,
    "a session logger": LOGGER,
    "the public": None,
}


@pytest.fixture(scope="module")
def routes() -> Flask:
    return create_app(BASE)


@pytest.mark.browser
@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_is_accessible(
    chromium: Browser, site: Site, routes: Flask, run_folder: Path, who: str
) -> None:
    seen = run_folder / "looked-at"
    seen.mkdir(exist_ok=True)
    context = chromium.new_context(
        base_url=site.address, locale="sv-SE", reduced_motion="reduce", viewport=TELEPHONE
    )
    watched = Watched(context)
    page = context.new_page()
    email = PEOPLE[who]
    if email is not None:
        sign_in(page, email)
    looker = Looker(page, seen)
    addresses = pages_from(routes, page, looker.look)
    context.close()
    assert looker.complaints + watched.complaints == []
    assert len(addresses) > 5
