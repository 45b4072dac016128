"""The whole story, on both databases: an association reports, staff approve, the gap moves."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import REPORTER, STAFF, Site, sign_in
from tests.browser.people import Person

ROUND = "2026-10-01"
NEWLY_PASSED = 30
NEWLY_CONNECTED = 20

pytestmark = pytest.mark.browser


def _rural_passed(page: Page) -> int:
    """The numerator of the rural coverage, as the passport of the public gap page says it."""
    page.goto(f"/gap?measure=coverage&scheme=large&date={ROUND}")
    passport = page.locator("#gap-coverage .passport").text_content() or ""
    found = re.search(r"landsbygd\s+([\d\s]+)", passport)
    assert found is not None, passport
    return int(re.sub(r"\s", "", found.group(1)))


def _number(page: Page, village: str, field: str) -> tuple[str, int]:
    """Where a count of a village is typed, and what it was last."""
    cell = page.locator("[data-village]", has_text=village).locator(f"[data-count={field}]")
    return f"#{cell.get_attribute('id')}", int(cell.get_attribute("data-last") or "")


def _report(page: Page) -> str:
    """Report one change on a telephone; the receipt's number."""
    sign_in(page, REPORTER)
    page.goto("/reports")
    page.locator(f"main a[href$='/{ROUND}']").first.click()
    # What the page shows stands there before its script listens.
    page.wait_for_url(f"**/{ROUND}")
    page.locator("[data-all-unchanged]").click()
    village = page.locator("[data-village] h2").first.text_content() or ""
    name = village.split("\n")[0].strip().split("  ")[0].split(" ")[0]
    dwellings, homes = _number(page, name, "dwellings")
    passed, before = _number(page, name, "homes_passed")
    connected, joined = _number(page, name, "connected")
    page.fill(dwellings, str(homes + NEWLY_PASSED))
    page.fill(passed, str(before + NEWLY_PASSED))
    page.fill(connected, str(joined + NEWLY_CONNECTED))
    page.keyboard.press("Tab")
    reason = page.locator("[data-village]", has_text=name).locator("[data-reason] input")
    if reason.is_visible():
        reason.fill("Norra vägen är grävd och inkopplad.")
    page.locator("[data-submit]").click()
    expect(page.locator(".receipt__number")).to_be_visible()
    return page.locator(".receipt__number").inner_text()


def _freeze_the_profile(page: Page) -> None:
    """Write in Blekinge's profile, freeze it and have a PDF of it."""
    page.goto("/profiles/10/edit")
    page.locator("textarea").first.fill("Norra vägen är grävd.")
    page.get_by_role("button", name="Spara").first.click()
    expect(page.locator("main")).to_contain_text("Texten är sparad")
    page.goto("/profiles/10")
    page.get_by_role("button", name="Frys och publicera").click()
    expect(page.locator("main")).to_contain_text("är fryst")
    expect(page.locator("main")).to_contain_text("Norra vägen är grävd.")
    page.goto("/profiles/10")
    page.get_by_role("button", name="Gör en PDF").click()
    expect(page).to_have_url(re.compile("/profiles/papers/"))


def test_an_association_reports_and_the_gap_moves(chromium: Browser, site: Site) -> None:
    public = Person(chromium, site)
    before = _rural_passed(public.page)

    reporter = Person(chromium, site, width=360)
    receipt = _report(reporter.page)
    assert receipt
    assert _rural_passed(public.page) == before
    reporter.leave()

    staff = Person(chromium, site)
    sign_in(staff.page, STAFF)
    staff.page.goto("/review")
    staff.page.get_by_role("link", name="Gränsbygdens").click()
    expect(staff.page.locator("main")).to_contain_text(receipt)
    staff.page.get_by_role("button", name="Godkänn och publicera").click()
    expect(staff.page.locator("main")).to_contain_text("Godkänd och publicerad")
    _freeze_the_profile(staff.page)
    staff.leave()

    assert _rural_passed(public.page) == before + NEWLY_PASSED
    public.leave()
