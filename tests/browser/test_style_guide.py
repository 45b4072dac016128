"""The parts that all pages are made of, in a real browser: every width, by day and by night."""

import gzip
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response
from werkzeug.serving import make_server

from outreach import create_app
from outreach.web import styleguide
from tests.settings import settings_for

pytestmark = pytest.mark.browser

FORM_BUDGET_BYTES = 80_000
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application with the style guide, served by a thread of this process."""
    folder = tmp_path_factory.mktemp("style-guide")
    app = create_app(settings_for(f"sqlite:///{folder / 'unused.db'}", folder=folder))
    if "styleguide" not in app.blueprints:
        app.register_blueprint(styleguide.blueprint)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/styleguide"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """The style guide on a wide screen by day."""
    context = chromium.new_context(viewport={"width": 1200, "height": 800})
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def village_names(page: Page) -> list[str]:
    return page.locator("#villages tbody th").all_inner_texts()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["fresh", "faulty"])
def test_no_part_shuts_anyone_out(
    chromium: Browser, address: str, width: int, scheme: str, state: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(address)
    if state == "faulty":
        page.get_by_role("button", name="Skicka in rapporten").click()
        page.wait_for_load_state()
    for folded in page.locator("details.disclosure > summary").all():
        folded.click()
    violations = Axe().run(page, options=RULES).response["violations"]
    context.close()
    assert {fault["id"]: fault["nodes"][0]["html"] for fault in violations} == {}


@pytest.mark.parametrize("width", [320, 360, 768, 1000, 1440])
def test_the_page_is_never_wider_than_its_window(
    chromium: Browser, address: str, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert wide == width


@pytest.mark.parametrize("width", [360, 1440])
def test_what_one_presses_in_header_and_footer_is_large_enough_for_a_thumb(
    chromium: Browser, address: str, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    presses = page.locator("header :is(a, summary):visible, footer a:visible").all()
    heights = [box["height"] for press in presses if (box := press.bounding_box())]
    page.close()
    assert heights
    assert min(heights) >= 44


def test_the_console_stays_silent(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    page.close()
    assert said == []


def test_a_form_page_weighs_less_than_its_budget(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    responses: list[Response] = []

    def keep(response: Response) -> None:
        responses.append(response)

    page.on("response", keep)
    page.goto(address, wait_until="networkidle")
    bodies = [response.body() for response in responses]
    page.close()
    assert len(bodies) >= 4  # the page, its styles, its script and its typeface at the least
    assert sum(len(gzip.compress(body)) for body in bodies) < FORM_BUDGET_BYTES


def test_after_errors_the_summary_has_the_focus(page: Page) -> None:
    page.get_by_role("button", name="Skicka in rapporten").click()
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement.id") == "error-summary"


def test_a_link_of_the_summary_leads_into_the_field(page: Page) -> None:
    page.get_by_role("button", name="Skicka in rapporten").click()
    page.locator("#error-summary a[href='#dwellings']").click()
    assert page.evaluate("document.activeElement.id") == "dwellings"


def test_a_press_on_a_head_sorts_with_the_unknown_last(page: Page) -> None:
    page.locator("#villages a[data-sort=connected]").click()
    assert village_names(page) == ["Åryd", "Aspö", "Hällevik", "Ölsäng"]


def test_a_second_press_turns_the_order_and_keeps_the_unknown_last(page: Page) -> None:
    page.locator("#villages a[data-sort=connected]").click()
    page.locator("#villages a[data-sort=connected]").click()
    assert village_names(page) == ["Hällevik", "Aspö", "Åryd", "Ölsäng"]


def test_swedish_letters_stand_last_in_the_alphabet(page: Page) -> None:
    page.locator("#villages a[data-sort=dwellings]").click()
    page.locator("#villages a[data-sort=name]").click()
    assert village_names(page) == ["Aspö", "Hällevik", "Åryd", "Ölsäng"]


def test_the_chosen_order_stands_in_the_address(page: Page) -> None:
    page.locator("#villages a[data-sort=dwellings]").click()
    page.locator("#villages a[data-sort=dwellings]").click()
    assert page.url.endswith("?sort=-dwellings")


def test_the_chosen_order_is_said_aloud(page: Page) -> None:
    page.locator("#villages a[data-sort=dwellings]").click()
    assert page.locator(".table-block [aria-live]").last.inner_text() == "Hushåll, stigande"


def test_a_menu_closes_on_escape_and_gives_the_focus_back(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    page.goto(address)
    page.locator("details.menu--narrow > summary").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    is_open = page.locator("details.menu--narrow").get_attribute("open")
    focused = page.evaluate("document.activeElement.tagName")
    page.close()
    assert (is_open, focused) == (None, "SUMMARY")


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_paper_has_the_address_and_no_navigation(page: Page) -> None:
    page.emulate_media(media="print")
    shown = [
        page.locator(part).first.is_visible() for part in (".print-foot", "nav", "form button")
    ]
    assert shown == [True, False, False]


def test_without_scripts_the_heads_are_links_and_the_menu_opens(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto(address)
    page.locator("details.menu--narrow > summary").click()
    is_shown = page.locator("details.menu--narrow a").first.is_visible()
    page.goto(f"{address}?sort=-name")
    direction = page.locator("#villages th[aria-sort=descending]").inner_text()
    context.close()
    assert (is_shown, direction.strip()) == (True, "Ort")
