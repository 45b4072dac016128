"""What the reporting form's script says and does while one types; nothing is sent in."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import REPORTER, Site, sign_in
from tests.browser.report_form import FORM, cell, opened

ONLY_READS = True
# It is the script that is tried: the databases see the same form in tests/connections.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("backend", ["spatialite"], indirect=True),
]

HEAVIEST_BYTES = 80_000
BAD_NUMBERS = (
    ("12,5", "Skriv ett heltal, utan decimaler."),
    ("1e3", "Skriv ut hela talet"),
    ("1.000", "utan punkt eller komma"),
    ("-4", "Ett antal kan inte vara mindre än 0."),
    ("٤٠", "siffrorna 0–9"),
    ("1000000000000", "Talet är för stort"),
    ("hej", "Skriv ett heltal med siffror"),
)


@pytest.fixture
def form(page: Page) -> Page:
    return opened(page)


def test_bad_numbers_are_explained_while_typing_and_forgiven_when_put_right(form: Page) -> None:
    connected, last = cell(form, "connected")
    message = form.locator(f"{connected}-error")
    for typed, said in BAD_NUMBERS:
        form.fill(connected, typed)
        form.keyboard.press("Tab")
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
    # Nothing of it is kept: no page has been drawn.
    context = chromium.new_context(base_url=site.address, locale="sv-SE")
    page = context.new_page()
    sign_in(page, REPORTER)
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(FORM, wait_until="networkidle")
    context.close()
    assert sum(sizes) <= HEAVIEST_BYTES, sizes
