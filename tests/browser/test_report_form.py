"""The reporting form on a telephone: rules while typing, one tap, drafts, and without scripts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import REPORTER, Site, held_back, sign_in

pytestmark = pytest.mark.browser

HEAVIEST_BYTES = 80_000
ROUND = "2026-10-01"


def opened(page: Page) -> Page:
    """The form of the demonstration's first association, without an earlier test's draft."""
    sign_in(page, REPORTER)
    page.goto("/reports")
    page.locator(f"main a[href$='/{ROUND}']").first.click()
    expect(page.locator("[data-report]")).to_be_visible()
    throw_away = page.get_by_role("button", name="Släng utkastet")
    if throw_away.count():
        throw_away.click()
        expect(page.get_by_text("Utkastet är slängt.")).to_be_visible()
    # What the page shows stands there before its script listens.
    page.wait_for_load_state()
    return page


@pytest.fixture
def form(page: Page) -> Page:
    return opened(page)


def cell(page: Page, field: str, *, village: int = 0) -> tuple[str, int]:
    """Where a count is typed, and what it was last."""
    found = page.locator("[data-village]").nth(village).locator(f"[data-count={field}]")
    return f"#{found.get_attribute('id')}", int(found.get_attribute("data-last") or "")


def wait_until_saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"Utkast sparat \d\d:\d\d"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12,5", "Skriv ett heltal, utan decimaler."),
        ("1e3", "Skriv ut hela talet"),
        ("1.000", "utan punkt eller komma"),
        ("-4", "Ett antal kan inte vara mindre än 0."),
        ("٤٠", "siffrorna 0–9"),
        ("1000000000000", "Talet är för stort"),
        ("hej", "Skriv ett heltal med siffror"),
    ],
)
def test_a_bad_number_is_explained_while_typing_and_forgiven_when_put_right(
    form: Page, typed: str, said: str
) -> None:
    connected, last = cell(form, "connected")
    form.fill(connected, typed)
    form.keyboard.press("Tab")
    message = form.locator(f"{connected}-error")
    expect(message).to_contain_text(said)
    expect(form.locator(connected)).to_have_attribute("aria-invalid", "true")
    form.fill(connected, str(last))
    expect(message).to_be_empty()


def test_more_connected_than_passed_is_said_at_once(form: Page) -> None:
    passed, last = cell(form, "homes_passed")
    connected, _ = cell(form, "connected")
    form.fill(passed, str(last))
    form.fill(connected, str(last + 1))
    form.keyboard.press("Tab")
    expect(form.locator(f"{connected}-error")).to_contain_text(f"de {last} som kan anslutas")


def test_a_decrease_opens_the_field_for_a_reason(form: Page) -> None:
    connected, last = cell(form, "connected")
    reason = form.locator("[data-reason]").first
    expect(reason).to_be_hidden()
    form.fill(connected, str(last - 1))
    form.keyboard.press("Tab")
    expect(reason).to_be_visible()
    expect(reason).to_contain_text(f"Anslutna. Färre än förra gången: {last}, nu {last - 1}.")
    form.fill(connected, str(last))
    form.keyboard.press("Tab")
    expect(reason).to_be_hidden()


def test_one_tap_fills_the_village_and_another_number_lifts_it(form: Page) -> None:
    tick = form.locator("[data-unchanged]").first
    connected, last = cell(form, "connected")
    tick.check()
    expect(form.locator(connected)).to_have_value(str(last))
    form.fill(connected, str(last + 1))
    expect(tick).not_to_be_checked()


def test_unticking_keeps_the_numbers_and_one_taken_out_asks_for_a_reason(form: Page) -> None:
    tick = form.locator("[data-unchanged]").first
    passed, last = cell(form, "homes_passed")
    reason = form.locator("[data-reason]").first
    tick.check()
    tick.uncheck()
    expect(form.locator(passed)).to_have_value(str(last))
    form.fill(passed, "")
    expect(reason).to_be_hidden()
    form.locator("#comment").focus()
    expect(reason).to_contain_text(f"Kan anslutas. {last} senast, tomt nu.")


def test_one_tap_fills_all_villages_but_those_already_written(form: Page) -> None:
    connected, last = cell(form, "connected")
    passed, homes = cell(form, "homes_passed")
    form.fill(connected, str(last + 1))
    form.locator("[data-all-unchanged]").click()
    expect(form.locator(passed)).to_have_value(str(homes))
    ticks = form.locator("[data-unchanged]")
    expect(ticks.first).not_to_be_checked()
    expect(form.locator("[data-unchanged]:checked")).to_have_count(ticks.count() - 1)
    all_villages = form.locator("[data-village]").count()
    expect(form.locator("[data-filled]")).to_have_text(f"{all_villages} av {all_villages} ifyllda")


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


def test_enter_goes_to_the_next_field_and_never_submits(form: Page) -> None:
    passed, _ = cell(form, "homes_passed")
    connected, _ = cell(form, "connected")
    form.focus(passed)
    form.keyboard.press("Enter")
    expect(form.locator(connected)).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_with_faults_is_accessible(form: Page, scheme: str) -> None:
    form.emulate_media(color_scheme=scheme)
    passed, _ = cell(form, "homes_passed")
    form.fill(passed, "1e3")
    connected, _ = cell(form, "connected", village=1)
    form.fill(connected, "1")
    form.keyboard.press("Tab")
    found = Axe().run(form).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def test_the_form_weighs_at_most_eighty_kilobytes(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.address, locale="sv-SE")
    page = context.new_page()
    sign_in(page, REPORTER)
    page.goto("/reports")
    address = page.locator(f"main a[href$='/{ROUND}']").first.get_attribute("href") or ""
    state = context.storage_state()
    context.close()
    fresh = chromium.new_context(base_url=site.address, locale="sv-SE", storage_state=state)
    page = fresh.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(address, wait_until="networkidle")
    fresh.close()
    assert sum(sizes) <= HEAVIEST_BYTES, sizes


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
