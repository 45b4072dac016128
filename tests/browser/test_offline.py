"""Sessions logged without a network: kept, sent, and stored exactly once each."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import LOGGER, Site, held_back, sign_in
from tests.browser.devices import (
    fill_in,
    log_without_network,
    of_file,
    open_form,
    open_queue,
    readied,
    record_like,
    save,
    stored_heads,
    summary,
    telephone,
)
from tests.browser.proxy import Proxy, proxy_before

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
# It is the device that is tried: other tests here send to both databases.
on_the_device = pytest.mark.parametrize("backend", ["spatialite"], indirect=True)
SENDING = ("POST", "/sessions/records")
NOTHING = "Inget väntar på den här enheten."
MANY = 500


@pytest.fixture
def proxy(site: Site) -> Iterator[Proxy]:
    with proxy_before(site.address) as made:
        yield made


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "telephone"


@pytest.fixture
def device(chromium: Browser, proxy: Proxy, profile: Path) -> Iterator[BrowserContext]:
    """A telephone that no page on it may complain about the security policy."""
    complaints: list[str] = []
    made = telephone(chromium, proxy.address, profile)
    made.on("console", lambda message: complaints.append(message.text))
    made.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    yield made
    made.close()
    grave = ("Content Security Policy", "script:", "Uncaught")
    assert [text for text in complaints if any(word in text for word in grave)] == []


KEPT = """(name) => new Promise(done => {
  const opened = indexedDB.open("outreach");
  opened.onsuccess = () => {
    const asked = opened.result.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => {
      opened.result.close();
      done(asked.result.map(one => one.fields.head_count?.[0] ?? ""));
    };
  };
})"""
"""The head counts of all that a store of the device holds."""


def sent(page: Page) -> None:
    """Nothing is left on the device, and the page has heard of it."""
    wait_until(page, lambda: page.evaluate(KEPT, "records") == [])
    expect(page.locator("[data-part=summary]")).to_have_text(NOTHING, timeout=60_000)


def sent_one_by_one(page: Page) -> None:
    """Nothing is left on the device, however long it takes as long as it goes on."""
    told = page.locator("[data-part=summary]")
    while (now := told.inner_text()) != NOTHING:
        expect(told).not_to_have_text(now, timeout=60_000)


def drafted(page: Page, *heads: int) -> None:
    """The device keeps drafts with these head counts, and no others."""
    expected = [str(number) for number in heads]
    wait_until(page, lambda: sorted(page.evaluate(KEPT, "drafts")) == expected)
    assert sorted(page.evaluate(KEPT, "drafts")) == expected


def wait_until(page: Page, condition: Callable[[], bool]) -> None:
    """Let the browser go on until something is so, for at most half a minute."""
    deadline = time.monotonic() + 30
    while not condition() and time.monotonic() < deadline:
        page.wait_for_timeout(50)


def accessible(page: Page) -> list[str]:
    return [fault["id"] for fault in Axe().run(page).response["violations"]]


def test_three_sessions_logged_without_a_network_are_stored_once_though_an_answer_is_lost(
    chromium: Browser, site: Site, proxy: Proxy, profile: Path
) -> None:
    before = stored_heads(site)
    first = telephone(chromium, proxy.address, profile)
    page = readied(first)
    first.set_offline(True)
    open_form(page)
    save(page)
    message = page.locator("select[name=place]").evaluate("place => place.validationMessage")
    assert message == "Välj var det hölls. Bara det som hölls på nätet saknar plats."
    for heads in (5, 6, 7):
        log_without_network(page, head_count=heads)
    first.close()

    # From here on the network is really dead: an emulated one is not so for a worker just begun.
    proxy.is_down = True
    again = telephone(chromium, proxy.address, profile)
    page = again.new_page()
    open_queue(page)
    assert summary(page) == "3 väntar, den äldsta sedan i dag"
    titles = page.locator("[data-part=title]").all_inner_texts()
    assert [title.split(", ")[-1] for title in titles] == ["5 kom", "6 kom", "7 kom"]
    page.goto("/venues")
    expect(page.get_by_text("Det finns inget nät, så sidan kan inte visas.")).to_be_visible()
    assert accessible(page) == []
    open_queue(page)
    page.get_by_role("button", name="Ändra").nth(1).click()
    expect(page.locator("[data-offline-ready]")).to_be_attached()
    expect(page.locator("input[name=head_count]")).to_have_value("6")
    page.fill("input[name=head_count]", "60")
    save(page)
    expect(page.get_by_role("heading", name="Sparat på den här enheten")).to_be_visible()
    open_queue(page)
    assert accessible(page) == []

    proxy.loses, proxy.is_down = {SENDING}, False
    page.get_by_role("button", name="Skicka nu").click()
    wait_until(page, lambda: proxy.lost >= 1)
    expect(page.get_by_text("Inget svar från servern")).to_be_visible()
    assert stored_heads(site) == [*before, 5]
    assert summary(page).startswith("3 väntar")
    proxy.loses = set()
    sent(page)
    assert stored_heads(site) == [*before, 5, 60, 7]
    again.close()


def test_five_hundred_sessions_are_stored_once_though_a_worker_is_killed(
    site: Site, device: BrowserContext
) -> None:
    page = readied(device)
    before = len(stored_heads(site))
    page.select_option("select[name=place]", index=2)
    records = [record_like(page, head_count=number) for number in range(MANY)]
    device.set_offline(True)
    open_queue(page)
    page.set_input_files("#read", of_file(records))
    expect(page.locator("[data-part=summary]")).to_have_text(
        f"{MANY} väntar, den äldsta sedan i dag", timeout=60_000
    )
    killer = threading.Thread(target=_kill_a_worker, args=(site, before + 100))
    killer.start()
    device.set_offline(False)
    sent_one_by_one(page)
    killer.join()
    assert sorted(stored_heads(site)[before:]) == list(range(MANY))


def _kill_a_worker(site: Site, at: int) -> None:
    while len(stored_heads(site)) < at:
        time.sleep(0.1)
    listed = Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()
    for worker in listed:
        os.kill(int(worker), signal.SIGKILL)


@on_the_device
def test_a_draft_survives_closing_and_belongs_to_one_tab(
    chromium: Browser, proxy: Proxy, profile: Path
) -> None:
    first = telephone(chromium, proxy.address, profile)
    page = readied(first)
    first.set_offline(True)
    open_form(page)
    fill_in(page, head_count=41)
    drafted(page, 41)
    first.close()

    proxy.is_down = True
    again = telephone(chromium, proxy.address, profile)
    page, other = again.new_page(), again.new_page()
    open_form(page)
    expect(page.locator("input[name=head_count]")).to_have_value("41")
    expect(page.get_by_text("Det du hade börjat på")).to_be_visible()
    open_form(other)
    expect(other.locator("input[name=head_count]")).to_have_value("")
    open_queue(other)
    expect(other.get_by_text("Påbörjat i dag")).to_be_visible()
    save(page)
    expect(page.get_by_role("heading", name="Sparat på den här enheten")).to_be_visible()
    open_queue(page)
    assert page.locator("[data-kind=draft]").count() == 0
    assert summary(page) == "1 väntar, sedan i dag"
    again.close()


@on_the_device
def test_what_is_typed_before_the_script_has_come_is_kept_and_not_written_over(
    chromium: Browser, site: Site
) -> None:
    # A service worker would give the page its script, past what holds it back.
    context = chromium.new_context(base_url=site.address, service_workers="block")
    page = context.new_page()
    sign_in(page, LOGGER)
    for heads in ([61], [61, 62]):
        with held_back(page, "**/entry-offline*.js"):
            page.goto("/sessions/log", wait_until="commit")
            fill_in(page, head_count=heads[-1])
        expect(page.locator("[data-offline-ready]")).to_be_attached()
        drafted(page, *heads)
    context.close()


def test_an_expired_sign_in_asks_for_a_new_one_and_loses_nothing(
    site: Site, device: BrowserContext
) -> None:
    page = readied(device)
    before = stored_heads(site)
    fill_in(page, head_count=31)
    device.clear_cookies()
    save(page)
    expect(page.get_by_role("heading", name="Logga in för att skicka")).to_be_visible()
    assert stored_heads(site) == before
    sign_in(page, LOGGER)
    open_queue(page)
    sent(page)
    assert stored_heads(site) == [*before, 31]


def test_a_refused_record_stays_with_its_message_until_it_is_put_right(
    site: Site, device: BrowserContext
) -> None:
    page = readied(device)
    before = stored_heads(site)
    page.select_option("select[name=place]", index=2)
    key = str(uuid4())
    wrong = record_like(page, head_count=99_999)
    used = record_like(page, head_count=11, key=key)
    other = record_like(page, head_count=12, key=key)
    open_queue(page)
    page.set_input_files("#read", of_file([used]))
    wait_until(page, lambda: stored_heads(site) == [*before, 11])
    sent(page)
    page.set_input_files("#read", of_file([wrong, other]))
    expect(page.locator("[data-state=refused]")).to_have_count(2, timeout=30_000)
    expect(page.get_by_text("Ett annat tillfälle har redan sparats härifrån.")).to_be_visible()
    assert accessible(page) == []
    page.locator(f"[data-key='{key}']").get_by_role("button", name="Ta bort").click()
    page.get_by_role("button", name="Ångra").click()
    expect(page.locator("[data-state=refused]")).to_have_count(2, timeout=30_000)
    page.locator(f"[data-key='{key}']").get_by_role("button", name="Ta bort").click()
    expect(page.get_by_role("button", name="Rätta")).to_have_count(1)
    page.get_by_role("button", name="Rätta").click()
    expect(page.locator("[data-notice=record] li")).to_contain_text("Hur många kom?")
    page.fill("input[name=head_count]", "99")
    save(page)
    expect(page.get_by_text("Tillfället är sparat.")).to_be_visible()
    assert stored_heads(site) == [*before, 11, 99]


@on_the_device
def test_signing_out_forgets_the_lists_and_warns_of_what_is_unsent(
    site: Site, proxy: Proxy, device: BrowserContext
) -> None:
    page = readied(device)
    before = stored_heads(site)
    proxy.loses = {SENDING, ("GET", "/sessions/records/token")}
    fill_in(page, head_count=21)
    save(page)
    expect(page.get_by_role("heading", name="Sparat på den här enheten")).to_be_visible()
    page.goto("/")
    page.get_by_text("Meny", exact=True).click()
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("heading", name="Allt är inte skickat")).to_be_visible()
    assert accessible(page) == []
    page.get_by_role("button", name="Logga ut och ta bort det").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Allt är inte skickat")
    proxy.loses = set()
    device.set_offline(True)
    page.goto("/sessions/log")
    expect(page.get_by_role("heading", name="Inte redo på den här enheten än")).to_be_visible()
    assert "Studieförbundet" not in page.content()
    open_queue(page)
    assert summary(page) == NOTHING
    assert stored_heads(site) == before


def test_two_devices_that_edit_one_session_keep_both_versions_until_a_person_picks(
    chromium: Browser, site: Site, device: BrowserContext, tmp_path: Path
) -> None:
    page = readied(device)
    fill_in(page, head_count=51)
    save(page)
    expect(page.get_by_text("Tillfället är sparat.")).to_be_visible()
    address = f"{page.url}/log"
    with_other = telephone(chromium, site.address, tmp_path / "other")
    other = readied(with_other)
    open_form(other, address.replace(page.url.split("/sessions")[0], ""))
    open_form(page, address)
    other.fill("input[name=head_count]", "52")
    save(other)
    expect(other.get_by_text("Tillfället är sparat.")).to_be_visible()
    with_other.close()

    device.set_offline(True)
    page.fill("input[name=head_count]", "53")
    save(page)
    expect(page.get_by_role("heading", name="Sparat på den här enheten")).to_be_visible()
    device.set_offline(False)
    open_queue(page)
    expect(page.get_by_text("Två versioner av samma fält")).to_be_visible()
    assert stored_heads(site)[-1] == 52
    page.get_by_role("link", name="Välj version").click()
    assert accessible(page) == []
    page.get_by_role("group", name="Hur många kom?").get_by_text("53").click()
    page.get_by_role("button", name="Spara det valda").click()
    expect(page.get_by_text("Tillfället är sparat som du valde.")).to_be_visible()
    assert stored_heads(site)[-1] == 53
    open_queue(page)
    sent(page)
