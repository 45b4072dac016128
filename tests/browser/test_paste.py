"""A block copied in a spreadsheet is pasted in the reporting form, checked, and taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.report_form import opened

ONLY_READS = True
# It is the script that is tried.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("backend", ["spatialite"], indirect=True),
]

PASTE = """([selector, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const target = document.querySelectorAll("[data-village]")[0].querySelector(selector);
  target.focus();
  target.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
  );
}"""


@pytest.fixture
def form(page: Page) -> Page:
    return opened(page)


def paste(page: Page, field: str, text: str) -> None:
    page.evaluate(PASTE, [f"[data-count={field}]", text])


def values(page: Page, *, village: int) -> list[str]:
    cells = page.locator("[data-village]").nth(village).locator("[data-count]")
    return [cells.nth(at).input_value() for at in range(4)]


def test_a_block_fills_the_cells_to_the_right_and_below(form: Page) -> None:
    before = values(form, village=0)[0]
    paste(form, "homes_passed", "1 060\t410\t300\r\n55\t44\t33\r\n")
    assert values(form, village=0) == [before, "1 060", "410", "300"]
    assert values(form, village=1)[1:] == ["55", "44", "33"]
    expect(form.locator("[data-paste]")).to_contain_text("Klistrade in 6 siffror för 2 orter.")


def test_what_is_pasted_is_checked_as_if_typed(form: Page) -> None:
    paste(form, "homes_passed", "12,5\t4\nhej\t1")
    expect(form.get_by_text("Skriv ett heltal, utan decimaler.")).to_be_visible()
    expect(form.get_by_text("Skriv ett heltal med siffror")).to_be_visible()


@pytest.mark.parametrize("way", ["button", "key"])
def test_a_paste_is_taken_back(form: Page, way: str) -> None:
    before = [values(form, village=village) for village in (0, 1)]
    paste(form, "dwellings", "9\t8\t7\t6\n5\t4\t3\t2")
    assert values(form, village=1) == ["5", "4", "3", "2"]
    if way == "button":
        form.get_by_role("button", name="Ångra inklistringen").click()
    else:
        form.keyboard.press("Control+z")
    assert [values(form, village=village) for village in (0, 1)] == before
    expect(form.locator("[data-paste]")).to_be_hidden()


def test_what_reaches_past_the_last_village_or_column_is_left_out(form: Page) -> None:
    paste(form, "active", "\n".join(["1\t2\t3"] * 400))
    last = form.locator("[data-village]").last.locator("[data-count=active]")
    expect(last).to_have_value("1")
