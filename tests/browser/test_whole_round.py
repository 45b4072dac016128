"""A whole round on both databases, from opening it to a correction after it was frozen.

Three associations: one reports by personal link on a telephone, one by Excel with two bad rows, one
late by an exception. Reminders and the returned report travel by a real worker and mail server.
"""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, FilePayload, Page, expect

from outreach.database.times import utc_now
from outreach.exchange.workbooks import MIME
from tests.browser.a_region import (
    BY_SHEET,
    LATE,
    LINKED,
    REFERENCE,
    Region,
    address_of,
    served,
)

pytestmark = pytest.mark.browser

TODAY = utc_now().date()
ANNA, BO, CIA = map(address_of, (LINKED, BY_SHEET, LATE))


@pytest.fixture
def region(template_url: str, tmp_path: Path) -> Iterator[Region]:
    with served(template_url, tmp_path) as found:
        yield found


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def _open_round(page: Page) -> str:
    """Open the round; the address of its page."""
    page.goto("/review/rounds")
    page.locator("#reference_date").fill(REFERENCE.isoformat())
    page.locator("#due_date").fill((TODAY + timedelta(days=20)).isoformat())
    _press(page, "Öppna omgången")
    expect(page.locator("main")).to_contain_text("0 av 7 orter")
    return page.url


def _mail_out(page: Page, round_page: str, kind: str, *, recipients: int) -> None:
    """Look at a mail-out, and send it."""
    page.goto(f"{round_page}/reminders?kind={kind}")
    expect(page.locator(".mailing h3")).to_contain_text(f"{recipients} mottagare")
    _press(page, "Skicka nu")


def _field(name: str, count: str) -> str:
    """The field of a count of a village."""
    return f"[data-village]:has(h2:text-matches('^{name} ')) [data-count={count}]"


def _report_by_link(page: Page, link: str, village: str, connected: int) -> str:
    """Change one figure on a telephone; the receipt's number."""
    page.goto(link)
    page.locator(_field(village, "connected")).fill(str(connected))
    _press(page, "Skicka in rapporten")
    return page.locator(".receipt__number").inner_text()


def _filled(page: Page, figures: dict[str, tuple[object, object, object]]) -> FilePayload:
    """The sheet as downloaded, with three counts of some villages typed in."""
    page.goto(f"/imports?association={_own(page)}&day={REFERENCE}")
    with page.expect_download() as started:
        page.get_by_role("link", name="Hämta kalkylbladet").click()
    book = load_workbook(io.BytesIO(started.value.path().read_bytes()))
    sheet = book.worksheets[0]
    heads = [str(cell.value) for cell in sheet[1]]
    village, dwellings = heads.index("Ort"), heads.index("Hushåll")
    for row in sheet.iter_rows(min_row=2):
        for at, count in enumerate(figures.get(str(row[village].value), ())):
            row[dwellings + at].value = count
    kept = io.BytesIO()
    book.save(kept)
    return {"name": "rapport.xlsx", "mimeType": MIME, "buffer": kept.getvalue()}


def _own(page: Page) -> str:
    page.goto("/reports")
    address = page.locator(f"main a[href$='/{REFERENCE}']").first.get_attribute("href") or ""
    found = re.search(r"/reports/(\d+)/", address)
    assert found is not None
    return found[1]


def _send(page: Page, sheet: FilePayload) -> None:
    page.locator("#file").set_input_files(sheet)
    _press(page, "Titta på filen")


def _report_by_sheet(page: Page) -> str:
    """Send a sheet with two bad rows, put them right, and import it; the receipt's number."""
    good = {"Åby": (100, 70, 50), "Bro": (100, 60, 44)}
    bad = {"Östra Åby": (100, 60, 61), "Västra Åby": (100, "sextio", 40)}
    _send(page, _filled(page, good | bad))
    expect(page.locator("[data-outcome=refused] dd")).to_have_text("2")
    refused = page.locator("table:has(#rows-caption) tbody tr")
    said = [" ".join(text.split()) for text in refused.all_inner_texts()]
    assert [re.match(r"\d+ \S+ \S+", text) is not None for text in said] == [True, True]
    expect(refused.filter(has_text="Östra Åby")).to_contain_text("Anslutna:")
    expect(refused.filter(has_text="Västra Åby")).to_contain_text("Kan anslutas:")
    with page.expect_download() as started:
        page.get_by_role("link", name="Hämta filen med felen markerade").click()
    notes = load_workbook(io.BytesIO(started.value.path().read_bytes())).worksheets[0]
    assert sum(cell.comment is not None for row in notes.iter_rows() for cell in row) == 2
    _press(page, "Importera inget")
    put_right = {"Östra Åby": (100, 60, 41), "Västra Åby": (100, 60, 40)}
    _send(page, _filled(page, good | put_right))
    _press(page, "Importera 4 rätta rader")
    return page.locator("table:has(#versions-caption) td").inner_text()


def _decide(page: Page, association: str, receipt: str, *, note: str | None = None) -> None:
    """Approve the report with this receipt, or return it with a note."""
    page.goto("/review")
    page.get_by_role("link", name=association).click()
    expect(page.locator("main")).to_contain_text(receipt)
    if note is None:
        _press(page, "Godkänn och publicera")
        expect(page.locator("main")).to_contain_text("Godkänd och publicerad")
        return
    page.locator("#note").fill(note)
    _press(page, "Skicka tillbaka med kommentaren")
    expect(page.locator("main")).to_contain_text("Återlämnad med din kommentar")


def _let_be_late(page: Page, round_page: str, association: str) -> None:
    page.goto(f"{round_page}/associations")
    page.get_by_role("link", name=association).first.click()
    page.locator("#until").fill((TODAY + timedelta(days=3)).isoformat())
    page.locator("#late_reason").fill("Kassören har varit sjuk.")
    _press(page, "Låt föreningen rapportera")
    expect(page.locator("main")).to_contain_text("Kassören har varit sjuk.")


def _change(page: Page, round_page: str, button: str) -> None:
    page.goto(round_page)
    if page.locator("#confirm").count():
        page.locator("#confirm").check()
    _press(page, button)


def _is_dead(page: Page, link: str) -> bool:
    page.goto(link)
    return page.locator("h1").inner_text() == "Länken fungerar inte"


def test_a_whole_round(chromium: Browser, region: Region) -> None:
    staff = region.visitor(chromium, "staff")
    phone = region.visitor(chromium, width=360)
    reporter = region.visitor(chromium, "reporter")

    round_page = _open_round(staff.page)
    _mail_out(staff.page, round_page, "invitation", recipients=3)
    (invitation,) = region.links_of(ANNA, letters=1)
    first = _report_by_link(phone.page, invitation, "Torhamn", 45)

    # Who has reported is reminded no more.
    _mail_out(staff.page, round_page, "due_in_3", recipients=2)
    assert len(region.links_of(BO, letters=2)) == 2
    late_links = region.links_of(CIA, letters=2)
    by_sheet = _report_by_sheet(reporter.page)

    # A return reaches the contact with a link of its own, and the form says why.
    _decide(staff.page, LINKED, first, note="Räknade ni Norra vägen två gånger?")
    returned = region.links_of(ANNA, letters=2)[1]
    phone.page.goto(returned)
    expect(phone.page.locator("main")).to_contain_text("Räknade ni Norra vägen två gånger?")
    second = _report_by_link(phone.page, returned, "Torhamn", 43)
    assert second != first
    _decide(staff.page, LINKED, second)
    _decide(staff.page, BY_SHEET, by_sheet)

    # After closing only the association with an exception reports.
    _change(staff.page, round_page, "Stäng omgången")
    late = region.visitor(chromium, width=360)
    assert [_is_dead(late.page, link) for link in late_links] == [True, True]
    _let_be_late(staff.page, round_page, LATE)
    _decide(staff.page, LATE, _report_by_link(late.page, late_links[1], "Norrby", 42))
    staff.page.goto(round_page)
    expect(staff.page.locator("main")).to_contain_text("7 av 7 orter")

    # A frozen round takes a correction by exception alone, as a new version.
    _change(staff.page, round_page, "Frys omgången")
    assert _is_dead(phone.page, returned)
    _let_be_late(staff.page, round_page, LINKED)
    third = _report_by_link(phone.page, returned, "Torhamn", 44)
    _decide(staff.page, LINKED, third)
    staff.page.goto(f"{round_page}/associations")
    staff.page.get_by_role("link", name=LINKED).first.click()
    staff.page.get_by_role("link", name="Till rapporten").click()
    staff.page.get_by_role("link", name="Tidigare rapporter").click()
    versions = staff.page.locator("#history tbody tr").all_inner_texts()
    # Returned, approved and corrected: each receipt is a version that is still there.
    assert len({first, second, third}) == 3
    assert [row.split("\t")[1].strip() for row in versions][:3] == ["3", "2", "1"]
    public = region.visitor(chromium)
    public.page.goto("/places")
    public.page.get_by_role("link", name="Torhamn").first.click()
    expect(public.page.locator("main")).to_contain_text("44")

    assert len(region.mailbox.recipients) == 3 + 2 + 1
    for person in (staff, phone, reporter, late, public):
        person.leave()
