"""The map page of a country in a real browser without a graphics card: first drawn, panned."""

import shutil
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Page, sync_playwright

from bench.figures import Figure, Goal

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run")
PAGE = "/gap/map"
GOAL_SECONDS = 2.0
GOAL_FRAMES = 5.0
PAN = """
async () => {
  const canvas = document.querySelector("#gap-map-canvas");
  const box = canvas.getBoundingClientRect();
  canvas.focus();
  const fire = (target, name, x) => target.dispatchEvent(new PointerEvent(name, {
    bubbles: true, pointerId: 1, pointerType: "mouse", isPrimary: true, button: 0,
    buttons: 1, clientX: x, clientY: box.top + box.height / 2,
  }));
  const begin = performance.now();
  let frames = 0;
  let x = box.left + box.width / 2;
  fire(canvas.querySelector(".ol-viewport"), "pointerdown", x);
  while (performance.now() - begin < 3000) {
    x += frames % 40 < 20 ? 4 : -4;
    fire(document, "pointermove", x);
    await new Promise(requestAnimationFrame);
    frames += 1;
  }
  fire(document, "pointerup", x);
  return frames / ((performance.now() - begin) / 1000);
}
"""
DRAWN = """
() => new Promise((done) => {
  const root = document.querySelector("#gap-map");
  const look = () => {
    if (root.dataset.drawn) done(performance.now() / 1000);
    else requestAnimationFrame(look);
  };
  look();
})
"""


def browsed(address: str, *, runs: int) -> Iterator[Figure]:
    """Seconds from asking for the page to the drawn map, and frames a second while panning."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(FLAGS)
        )
        drawn, frames = [], []
        for _ in range(runs):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = context.new_page()
            drawn.append(_first_drawn(page, address))
            frames.append(float(page.evaluate(PAN)))
            context.close()
        browser.close()
    yield Figure("map page, first drawn", "s", median(drawn), "the goal", GOAL_SECONDS, Goal(1.0))
    yield Figure(
        "map page, panned",
        "frames/s",
        median(frames),
        "the goal",
        GOAL_FRAMES,
        Goal(1.0, is_floor=True),
    )


def _first_drawn(page: Page, address: str) -> float:
    page.goto(address + PAGE, wait_until="commit")
    page.wait_for_selector("#gap-map", state="attached")
    return float(page.evaluate(DRAWN))
