"""The reporting form as the demonstration's reporter finds it, and what stands in it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import REPORTER, sign_in

ROUND = "2026-10-01"
FORM = f"/reports/1/{ROUND}"
"""The form of the demonstration's first association."""


def opened(page: Page) -> Page:
    """The form, without an earlier test's draft."""
    sign_in(page, REPORTER)
    page.goto(FORM)
    expect(page.locator("[data-report]")).to_be_visible()
    throw_away = page.get_by_role("button", name="Släng utkastet")
    if throw_away.count():
        throw_away.click()
        expect(page.get_by_text("Utkastet är slängt.")).to_be_visible()
    # What the page shows stands there before its script listens.
    page.wait_for_load_state()
    return page


def cell(page: Page, field: str, *, village: int = 0) -> tuple[str, int]:
    """Where a count is typed, and what it was last."""
    found = page.locator("[data-village]").nth(village).locator(f"[data-count={field}]")
    return f"#{found.get_attribute('id')}", int(found.get_attribute("data-last") or "")


def wait_until_saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"Utkast sparat \d\d:\d\d"))
