"""The reporting form on a telephone: drafts, lost answers, and without scripts."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import REPORTER, Site, held_back, sign_in
from tests.browser.report_form import cell, opened, wait_until_saved

pytestmark = pytest.mark.browser


@pytest.fixture
def form(page: Page) -> Page:
    return opened(page)


def test_a_draft_keeps_itself_and_comes_back(form: Page) -> None:
    connected, _ = cell(form, "connected")
    form.fill(connected, "tolv")
    wait_until_saved(form)
    form.reload()
    expect(form.locator(connected)).to_have_value("tolv")
    expect(form.locator("main")).to_contain_text("Ditt utkast från")


def type_before_the_scripts_come(form: Page, field: str, text: str) -> None:
    """Open the form anew and type into it; its script comes only then."""
    with held_back(form, "**/entry-report-grid*.js"):
        form.goto(form.url, wait_until="commit")
        form.fill(field, text)


def test_what_is_typed_before_the_scripts_have_come_is_kept_too(form: Page) -> None:
    connected, _ = cell(form, "connected")
    type_before_the_scripts_come(form, connected, "tolv")
    wait_until_saved(form)


def test_a_number_typed_before_the_scripts_have_come_lifts_unchanged_too(form: Page) -> None:
    connected, last = cell(form, "connected")
    form.locator("[data-all-unchanged]").click()
    wait_until_saved(form)
    type_before_the_scripts_come(form, connected, str(last + 1))
    expect(form.locator("[data-unchanged]").first).not_to_be_checked()
    expect(form.locator("[data-unchanged]").nth(1)).to_be_checked()


def test_what_is_typed_just_before_leaving_is_kept(form: Page) -> None:
    connected, _ = cell(form, "connected")
    form.fill(connected, "41")
    address = form.url
    form.goto("/reports")
    # What is sent on leaving may arrive after the next page was asked for.
    for _ in range(20):
        form.goto(address)
        if form.input_value(connected) == "41":
            break
        form.wait_for_timeout(250)
    expect(form.locator(connected)).to_have_value("41")


def test_without_a_connection_the_figures_stay_on_the_device(chromium: Browser, site: Site) -> None:
    def cut(route: Route) -> None:
        route.abort()

    # A page of its own: the browser itself logs that the connection is gone.
    context = chromium.new_context(base_url=site.address, locale="sv-SE")
    form = opened(context.new_page())
    connected, _ = cell(form, "connected")
    form.route("**/draft", cut)
    form.fill(connected, "42")
    expect(form.locator("[data-saved]")).to_contain_text("ingen uppkoppling")
    form.unroute("**/draft")
    form.reload()
    expect(form.locator(connected)).to_have_value("42")
    wait_until_saved(form)
    context.close()


def test_signed_out_while_typing_the_figures_are_there_after_signing_in(form: Page) -> None:
    connected, _ = cell(form, "connected")
    form.context.clear_cookies()
    form.fill(connected, "43")
    expect(form.locator("[data-saved]")).to_contain_text("Du är utloggad")
    address = form.url
    sign_in(form, REPORTER)
    form.goto(address)
    expect(form.locator(connected)).to_have_value("43")
    wait_until_saved(form)


def test_without_scripts_a_report_goes_in_by_two_buttons(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(
        base_url=site.address, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    page = opened(context.new_page())
    page.get_by_role("button", name="Allt är oförändrat").click()
    expect(page.locator("main")).to_contain_text("Utkast sparat")
    page.get_by_role("button", name="Skicka in rapporten").click()
    expect(page.locator("h1")).to_have_text("Tack! Rapporten har kommit in.")
    context.close()


def test_a_submission_whose_answer_is_lost_is_told_of_when_the_form_is_opened(form: Page) -> None:
    def lose_the_answer(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.fulfill(status=200, body="")

    address = form.url
    form.locator("[data-all-unchanged]").click()
    form.fill("#comment", "Två nya hus")
    form.route(address, lose_the_answer)
    form.locator("[data-submit]").click()
    form.wait_for_url(address)
    form.unroute(address)
    form.goto(address)
    expect(form.locator("main")).to_contain_text("Rapporten har kommit in")
    expect(form.locator("#comment")).to_have_value("Två nya hus")
    assert form.evaluate("Object.keys(localStorage).filter(name => name.startsWith('draft'))") == []


def test_a_submission_that_did_not_arrive_is_in_the_form(form: Page) -> None:
    address = form.url
    connected, _ = cell(form, "connected")
    key = form.locator("[name=submission_key]").input_value()
    # A blank page instead of a refusal, which the browser itself would log.
    form.route(address, lambda route: route.fulfill(status=200, body=""))
    form.fill(connected, "tolv")
    form.locator("[data-submit]").click()
    expect(form.locator("[data-report]")).to_have_count(0)
    form.unroute(address)
    form.goto(address)
    expect(form.locator(connected)).to_have_value("tolv")
    expect(form.locator("[name=submission_key]")).to_have_value(key)
    wait_until_saved(form)
