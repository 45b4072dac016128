"""A page looked at as a reader does: narrow and wide, by day and by night, each sight once a run.

Looking for what shuts readers out takes a second a page and width, and five people meet many of
the same pages. So a page is looked at unless its content and its frame (header, footer and what
else stands around the content) were both looked at before, by whichever process of the run.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TELEPHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
ALL_RULES = {"resultTypes": ["violations"]}
COLOURS = ALL_RULES | {
    "runOnly": ["cat.color"],
    "rules": {"color-contrast-enhanced": {"enabled": False}},
}
"""What colours must be by WCAG's level AA; the enhanced contrast is of level AAA."""
_PARTS = """() => {
  const page = document.documentElement.cloneNode(true);
  page.querySelectorAll("input[type=hidden]").forEach(one => one.removeAttribute("value"));
  page.querySelectorAll(".print-foot").forEach(one => one.replaceChildren());
  page.querySelectorAll("a[hreflang]").forEach(one => one.removeAttribute("href"));
  const content = page.querySelector("main").outerHTML;
  page.querySelector("main").replaceChildren();
  return [content, page.querySelector("body").outerHTML];
}"""
"""Content and frame, without what is of one address or of one time only and can't be seen."""
_STILL = """() => Promise.all(document.getAnimations()
  .filter(one => Number.isFinite(one.effect?.getComputedTiming().endTime))
  .map(one => one.finished))"""
"""No colour is judged on its way to another."""
_FAULTS = """options => axe.run(options).then(found => found.violations.flatMap(
  fault => fault.nodes.map(node => [fault.id, fault.help, node.html.slice(0, 160)].join(" "))))"""


@dataclass(slots=True)
class Looker:
    """Looks at pages and gathers what is wrong with them.

    `seen` is a folder with an empty file for each content and each frame, named by its digest.
    """

    page: Page
    seen: Path
    complaints: list[str] = field(default_factory=list)

    def look(self, address: str) -> None:
        """Judge the page that is open: at a telephone's width, at a desk, and there by night."""
        page = self.page
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            self.complaints.append(f"{address}: wider than {TELEPHONE['width']} px")
        if page.locator("h1").count() != 1:
            self.complaints.append(f"{address}: not one h1")
        if not self._is_new():
            return
        self._judge(f"{address} (light)", ALL_RULES)
        page.set_viewport_size(DESK)
        self._judge(f"{address} (wide)", ALL_RULES)
        page.emulate_media(color_scheme="dark")
        # Loaded anew, so that no colour is caught on its way from light to dark. What is not a
        # colour is the same by night.
        page.reload()
        self._judge(f"{address} (dark)", COLOURS)
        page.set_viewport_size(TELEPHONE)
        page.emulate_media(color_scheme="light")

    def _judge(self, where: str, rules: dict[str, list[str]]) -> None:
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(Axe().axe_script)
        self.page.evaluate(_STILL)
        faults = self.page.evaluate(_FAULTS, rules)
        self.complaints += [f"{where}: {fault}" for fault in faults]

    def _is_new(self) -> bool:
        # Both are marked, as the one is looked at together with the other.
        content, frame = (self._marked(part) for part in self.page.evaluate(_PARTS))
        return content or frame

    def _marked(self, part: str) -> bool:
        """Whether nobody has marked this part as looked at before; it is now."""
        digest = sha256(part.encode()).hexdigest()
        try:
            (self.seen / digest).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True
