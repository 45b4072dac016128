"""A session logged by a thumb on a telephone, with and without scripts."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LOGGER, Site, sign_in

ONLY_READS = True  # but for two sessions more, which nobody else counts
# The hand is counted: tests/training/test_log_form.py sends the form to both databases.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("backend", ["spatialite"], indirect=True),
]

INTERACTIONS_MOST = 9


@dataclass
class Thumb:
    """Taps and types as one would, and counts: a field filled in or chosen in is one."""

    page: Page
    done: list[str] = field(default_factory=list)

    def tap(self, what: str) -> None:
        self.page.locator(what).first.tap()
        self.done.append(what)

    def fill(self, what: str, text: str) -> None:
        self.page.locator(what).fill(text)
        self.done.append(what)

    def choose(self, what: str, label: str) -> None:
        self.page.locator(what).select_option(label=label)
        self.done.append(what)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_session_is_logged_in_nine_interactions(
    chromium: Browser, site: Site, *, scripts: bool
) -> None:
    context = chromium.new_context(
        base_url=site.address,
        viewport={"width": 360, "height": 740},
        locale="sv-SE",
        has_touch=True,
        java_script_enabled=scripts,
    )
    page = context.new_page()
    sign_in(page, LOGGER)
    page.goto("/sessions/log")
    thumb = Thumb(page)
    thumb.choose("#place", "Kristianopel, Bygdegården")
    thumb.fill("#head_count", "7")
    thumb.tap("details.log-more > summary")
    thumb.tap("label[for=form-1]")
    thumb.tap("label[for=topics-3]")
    thumb.fill("#leaders", "1")
    thumb.fill("#volunteers", "2")
    thumb.fill("#volunteer_hours", "3,5")
    thumb.tap("main form.log-form button[type=submit]")
    expect(page.get_by_text("Tillfället är sparat.")).to_be_visible()
    assert len(thumb.done) <= INTERACTIONS_MOST
    told = page.locator("main").inner_text()
    for line in ("Deltagare\n7", "Ledare\n1", "Volontärer\n2", "Volontärtimmar tillsammans\n3,5"):
        assert line in told
    assert "Säkerhet" in told
    context.close()
