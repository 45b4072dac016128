"""The map page's script: time, legend, search and two dates, each in the address."""

import re

import pytest
from playwright.sync_api import Page, expect

ONLY_READS = True
pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.parametrize("backend", ["spatialite"], indirect=True),
]


def drawn(page: Page, address: str = "/gap/map") -> None:
    """Open the page and wait for the map's first picture."""
    page.goto(address)
    page.wait_for_selector("#gap-map[data-drawn]", timeout=20_000)


def test_a_class_stands_out_from_the_legend_and_back_again(page: Page) -> None:
    drawn(page)
    chosen = page.locator("#map-legend a[data-mark='class-5']")
    chosen.press("Enter")
    expect(page).to_have_url(re.compile("mark=class-5"))
    expect(chosen).to_have_attribute("aria-current", "true")
    expect(page.locator("#gap-map-said")).to_contain_text("orter framhävs på kartan")
    expect(page.locator("#map-files a[data-kind=pdf]")).to_have_attribute(
        "href", re.compile(r"mark=class-5&at=\d+%2F\d+")
    )
    page.go_back()
    expect(chosen).not_to_have_attribute("aria-current", "true")


def test_the_slider_shows_another_date_and_the_back_button_the_first(page: Page) -> None:
    drawn(page)
    slider = page.locator("#map-time-range")
    newest = page.locator("#map-time-day").inner_text()
    slider.press("ArrowLeft")
    expect(page).to_have_url(re.compile("date="))
    expect(page.locator("#map-time-day")).not_to_have_text(newest)
    earlier = page.locator("#map-time-day").inner_text()
    # The title, the form and the way to the table follow: none of them may speak of another date.
    expect(page).to_have_title(re.compile(earlier))
    expect(page.locator("a[data-dated]")).to_have_text(re.compile(earlier))
    day = re.search(r"date=([\d-]+)", page.url)
    assert day is not None
    expect(page.locator("#date")).to_have_value(day[1])
    expect(page.locator("a[data-dated]")).to_have_attribute("href", re.compile(f"date={day[1]}"))
    page.go_back()
    expect(page.locator("#map-time-day")).to_have_text(newest)
    expect(page).to_have_title(re.compile(newest))


def test_service_points_and_nodes_are_fetched_for_the_date_of_the_slider(page: Page) -> None:
    with page.expect_response(re.compile("/gap/map/nodes.json")) as first:
        drawn(page, "/gap/map?layers=municipalities-nodes")
    assert len(first.value.json()["marks"]) == 14
    with page.expect_response(re.compile("/gap/map/nodes.json.*date=2016")) as second:
        page.locator("#map-time-range").press("Home")
    assert second.value.json()["marks"] == []


def test_a_village_is_found_by_its_name_and_has_its_line_over_time(page: Page) -> None:
    drawn(page)
    page.locator("#map-search-text").fill("hällev")
    expect(page.locator("#gap-map-said")).to_have_text("1 ort hittad")
    page.locator("#map-search-text").press("Enter")
    panel = page.locator("#gap-map-panel")
    expect(panel.get_by_role("heading", name="Hällevik")).to_be_focused()
    expect(panel.get_by_role("img", name="Andelen över tid")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_a_layer_is_switched_on_and_off_by_keyboard_and_stays_in_the_address(page: Page) -> None:
    drawn(page)
    layer = page.locator("#map-layers a[data-layer='associations']")
    layer.press("Enter")
    expect(page).to_have_url(re.compile("layers=municipalities-associations"))
    expect(layer).to_have_attribute("aria-current", "true")
    expect(page.locator("#map-files a[data-kind=pdf]")).to_have_attribute(
        "href", re.compile("layers=municipalities-associations")
    )
    page.go_back()
    expect(layer).not_to_have_attribute("aria-current", "true")


def test_two_dates_move_together(page: Page) -> None:
    drawn(page, "/gap/map?mode=beside&layers=municipalities-associations")
    scales = page.locator(".ol-scale-line-inner")
    expect(scales).to_have_count(2)
    before = scales.last.inner_text()
    page.locator("#gap-map-canvas").focus()
    page.keyboard.press("+")
    # Where the map has come to rest stands in the address.
    expect(page).to_have_url(re.compile("#map="))
    assert scales.last.inner_text() != before
    expect(scales.first).to_have_text(scales.last.inner_text())


def test_a_village_without_figures_says_what_is_not_known(page: Page) -> None:
    drawn(page, "/gap/map?dwellings=holiday")
    page.locator("#map-search-text").fill("bubbetorp")
    page.locator("#map-search-text").press("Enter")
    panel = page.locator("#gap-map-panel")
    expect(panel.get_by_role("heading", name="Bubbetorp")).to_be_focused()
    expect(panel).to_contain_text("ingen har rapporterat bostäder av det här slaget här")
    expect(panel.get_by_role("link", name="Till ortens sida")).to_be_visible()
