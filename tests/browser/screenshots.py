"""`make screenshots`: the README's pictures, taken of the demonstration region in Swedish."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests import databases
from tests.browser.conftest import FLAGS, REPORTER, STAFF, served, sign_in

FOLDER = databases.ROOT / "docs" / "images"
COLOURS = 96
LARGEST_BYTES = 300_000


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what it shows, to whom, how wide and how high."""

    name: str
    address: str
    who: str | None
    width: int
    height: int
    press: str | None = None


PICTURES = (
    Picture("overview-360", "/", None, 360, 900),
    Picture("gap-1440", "/gap?date=2025-10-01", None, 1440, 1640),
    Picture("report-360", "/reports", REPORTER, 360, 900, "main a[href*='/reports/1/']"),
    Picture("review-1440", "/review", STAFF, 1440, 1000, "th a"),
)


def take(browser: Browser, picture: Picture, *, address: str) -> Path:
    """Take one picture and make it small."""
    context = browser.new_context(
        base_url=address,
        locale="sv-SE",
        viewport={"width": picture.width, "height": picture.height},
        reduced_motion="reduce",
    )
    page = context.new_page()
    if picture.who:
        sign_in(page, picture.who)
    page.goto(picture.address)
    if picture.press:
        page.locator(picture.press).first.click()
    page.wait_for_load_state("networkidle")
    path = FOLDER / f"{picture.name}.png"
    page.screenshot(path=path)
    context.close()
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    if path.stat().st_size > LARGEST_BYTES:
        raise RuntimeError(f"{path.name} is larger than {LARGEST_BYTES} bytes")
    return path


def main() -> None:
    """Serve a fresh demonstration region and take every picture of it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        template = databases.template("spatialite", Path(folder))
        loaded = databases.demonstration(template, Path(folder))
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(FLAGS)
        )
        with served(loaded, Path(folder)) as site:
            for picture in PICTURES:
                take(browser, picture, address=site.address)
        browser.close()


if __name__ == "__main__":
    main()
