"""The survey on a telephone and on a shared device: sent in a minute, and nothing left behind."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from outreach import create_app
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.maturity.commands.rounds import make_link
from outreach.maturity.models import SurveyAnswer, SurveyRound
from outreach.maturity.rules import LinkEntry, SurveyState
from tests.browser.conftest import Site
from tests.settings import settings_for

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("backend", ["spatialite"], indirect=True),
]


@pytest.fixture
def secrets(site: Site, tmp_path: Path) -> dict[str, str]:
    """A link for everybody's own telephone and one for a shared device."""
    app = create_app(settings_for(site.environment["DATABASE_URL"], folder=tmp_path))
    with app.app_context():
        session = db.session()
        opened = session.query(SurveyRound).filter_by(state=SurveyState.OPEN).one().id
        with transaction(session):
            made = {
                kind: make_link(
                    session, opened, LinkEntry(kind, kind == "kiosk"), user_id=None, at=utc_now()
                )
                for kind in ("own", "kiosk")
            }
        db.session.remove()
        db.engine.dispose()
    return made


def _answers(site: Site, folder: Path) -> int:
    app = create_app(settings_for(site.environment["DATABASE_URL"], folder=folder))
    with app.app_context():
        opened = db.session.query(SurveyRound).filter_by(state=SurveyState.OPEN).one().id
        number = db.session.query(SurveyAnswer).filter_by(round_id=opened).count()
        db.session.remove()
        db.engine.dispose()
    return number


def _fill(page: Page) -> None:
    page.locator("select[name=place]").select_option(index=2)
    page.get_by_text("45–64", exact=True).click()
    page.get_by_text("Ja", exact=True).click()
    page.get_by_text("Läst nyheter på nätet").click()
    page.get_by_text("Handlat på nätet").click()


def _no_faults(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found] == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_answered_by_link_and_on_a_shared_device(
    context: BrowserContext, page: Page, site: Site, secrets: dict[str, str], tmp_path: Path
) -> None:
    page.goto(f"/s/{secrets['own']}")
    assert secrets["own"] not in page.url
    _no_faults(page)
    page.get_by_role("button", name="Skicka mitt svar").click()
    expect(page.get_by_role("alert")).to_contain_text("Välj var du bor.")
    _no_faults(page)
    _fill(page)
    page.get_by_role("button", name="Skicka mitt svar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack")
    _no_faults(page)

    page.goto(f"/s/{secrets['kiosk']}")
    _fill(page)
    page.get_by_role("button", name="Skicka mitt svar").click()
    page.get_by_role("link", name="Nästa person").click()
    assert page.locator("main input:checked").count() == 0
    for _ in range(2):
        page.go_back()
        assert page.locator("main input:checked").count() == 0
    assert _answers(site, tmp_path) == 2
