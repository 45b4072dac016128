"""The living map: with a pointer, from the keyboard, from an address, and where there is none."""

import re
import urllib.request

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

ONLY_READS = True
# It is the script that is tried: tests/gap/test_maps.py has what it draws, of both databases.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.parametrize("backend", ["spatialite"], indirect=True),
]

VILLAGE = "Hällevik"


def drawn(page: Page, address: str = "/gap") -> None:
    """Open the page and wait for the map's first picture."""
    page.goto(address)
    page.wait_for_selector("#gap-map[data-drawn]", timeout=20_000)


def choose(page: Page, village: str = VILLAGE) -> None:
    """Choose a village from the list, as one does with a keyboard."""
    page.locator("#gap-map-list summary").press("Enter")
    page.locator("button.gap-map__village", has_text=village).first.press("Enter")


def resolution(address: str) -> float:
    """Metres a pixel, as the address of the map has them."""
    return float(address.split("#map=")[1].split("/")[0])


def test_a_village_chosen_from_the_list_is_shown_and_said(page: Page) -> None:
    drawn(page)
    choose(page)
    panel = page.locator("#gap-map-panel")
    expect(panel.get_by_role("heading", name=VILLAGE)).to_be_focused()
    expect(page.locator("#gap-map-said")).to_contain_text(f"{VILLAGE} visas på kartan")
    expect(panel.get_by_role("link", name="Till ortens sida")).to_be_visible()


def test_escape_closes_the_panel_and_gives_the_focus_back(page: Page) -> None:
    drawn(page)
    choose(page)
    page.keyboard.press("Escape")
    expect(page.locator("#gap-map-panel")).to_be_hidden()
    expect(page.locator("button.gap-map__village", has_text=VILLAGE).first).to_be_focused()


def test_the_address_keeps_the_place_and_the_village(page: Page) -> None:
    drawn(page)
    choose(page)
    expect(page).to_have_url(re.compile(r"/gap#map=.+&village="))
    address = page.url
    page.goto("about:blank")
    drawn(page, address)
    expect(page.locator("#gap-map-panel").get_by_role("heading", name=VILLAGE)).to_be_visible()


def test_arrow_keys_move_the_map_and_plus_zooms(page: Page) -> None:
    drawn(page)
    page.locator("#gap-map-canvas").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"/gap#map="))
    before = resolution(page.url)
    page.keyboard.press("+")
    page.wait_for_url(lambda address: resolution(address) < before)


def test_the_map_is_named_and_its_buttons_speak_swedish(page: Page) -> None:
    drawn(page)
    expect(page.get_by_role("region", name="Karta över")).to_be_visible()
    for title in ("Zooma in", "Zooma ut", "Visa hela kartan"):
        expect(page.locator(f".ol-zoom button[title='{title}']")).to_be_visible()


def test_a_readers_wish_for_little_motion_is_kept(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.address, reduced_motion="reduce")
    page = context.new_page()
    drawn(page)
    choose(page)
    # At once: no frame in between is waited for.
    assert "village=" in page.url
    context.close()


def test_without_a_script_there_is_a_picture_and_the_form_works(
    chromium: Browser, site: Site
) -> None:
    context = chromium.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/gap")
    picture = page.locator(".gap-map__picture")
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    expect(page.locator("#gap-map-canvas")).to_be_hidden()
    page.select_option("#measure", "take_up")
    page.get_by_role("button", name="Visa", exact=True).click()
    assert "measure=take_up" in page.url
    context.close()


def test_a_map_whose_data_do_not_come_leaves_the_picture(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.address)
    page = context.new_page()
    page.route("**/gap/values.json*", lambda route: route.abort())
    with page.expect_console_message(lambda message: "could not be drawn" in message.text):
        page.goto("/gap")
    picture = page.locator(".gap-map__picture")
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    expect(page.locator("#gap-map-canvas")).to_be_hidden()
    context.close()


def test_the_map_for_qgis_is_written_by_a_real_server_which_goes_on(site: Site) -> None:
    # SpatiaLite has been loaded by then; GDAL in the same process would end it.
    with urllib.request.urlopen(f"{site.address}/gap") as page:
        assert page.status == 200
    with urllib.request.urlopen(f"{site.address}/gap/map.gpkg") as package:
        assert package.read(15) == b"SQLite format 3"
    with urllib.request.urlopen(f"{site.address}/gap") as page:
        assert page.status == 200
