"""A page looked at as a reader does: narrow and wide, by day and by night, each sight once a run.

Looking for what shuts readers out takes a second a page and width, and five people meet many of
the same pages. So a page is looked at unless its content and its frame (header, footer and what
else stands around the content) were both looked at before, by whichever process of the run.

The first look, at a telephone's width by day, judges each element by every rule; but where the
content was looked at before, it judges how it goes with another frame, and one of many such
neighbours as are named below is enough. What a wider window and the night change is where things
stand, what is hidden, and the colours: styles give these, and style neighbours of one shape alike.
So of many such neighbours (the rows of a table, the choices of a list) only the first few stay for
those looks; and by night, when nothing but colours is judged, content or a frame that was looked at
before is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

TELEPHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1440, "height": 900}
Rules: TypeAlias = Mapping[str, object]
"""What axe is asked to judge, in its own words."""
ALL_RULES: Rules = {"resultTypes": ["violations"]}
COLOURS: Rules = {
    **ALL_RULES,
    "runOnly": ["cat.color"],
    "rules": {"color-contrast-enhanced": {"enabled": False}},
}
"""What colours must be by WCAG's level AA; the enhanced contrast is of level AAA."""
WHOLE: Rules = {"include": [["html"]]}
CONTENT: Rules = {"include": [["main"]]}
FRAME: Rules = {"exclude": [["main"]]}
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
_SHORTENED = """kept => {
  const words = new Set(("id href for name value title datetime d points transform x y x1 x2 y1 y2"
    + " cx cy r width height aria-label aria-labelledby aria-describedby aria-controls"
    + " data-value data-label data-last data-village data-register data-usual").split(" "));
  const shapes = new Map();
  const shape = one => {
    const marks = Array.from(one.attributes, ({ name, value }) =>
      words.has(name) ? name : `${name}=${value}`);
    const inside = Array.from(one.childNodes, node =>
      node.nodeType === Node.ELEMENT_NODE ? shape(node) : node.nodeValue.trim() && "text");
    const found = `${one.localName}[${marks.sort()}](${inside.join("")})`;
    shapes.set(one, found);
    return found;
  };
  const main = document.querySelector("main");
  shape(main);
  for (const parent of [main, ...main.querySelectorAll("*")]) {
    const met = new Map();
    for (const child of [...parent.children]) {
      const times = (met.get(shapes.get(child)) ?? 0) + 1;
      met.set(shapes.get(child), times);
      if (times > kept) child.remove();
    }
  }
}"""
"""Leaves so many neighbours of one shape: the same marks and parts, whatever their words."""
_KEPT_NEIGHBOURS = 4  # an odd and an even one, the first of all and one within
_KEPT_OF_CONTENT_SEEN = 1
_STILL = """() => {
  const moving = () => document.getAnimations().filter(one =>
    one.playState === "running" && Number.isFinite(one.effect?.getComputedTiming().endTime));
  // Again and again: a part begins to change when what it takes its colour from has changed.
  for (let now = moving(); now.length; now = moving()) now.forEach(one => one.finish());
}"""
"""No colour is judged on its way to another: all changes are over at once."""
_FAULTS = """([within, options]) => axe.run(within, options).then(found => found.violations.flatMap(
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
        is_content_new, is_frame_new = self._are_new()
        if not is_content_new and not is_frame_new:
            return
        if not is_content_new:
            page.evaluate(_SHORTENED, _KEPT_OF_CONTENT_SEEN)
        self._judge(f"{address} (light)", ALL_RULES)
        if is_content_new:
            page.evaluate(_SHORTENED, _KEPT_NEIGHBOURS)
        page.set_viewport_size(DESK)
        self._judge(f"{address} (wide)", ALL_RULES)
        page.emulate_media(color_scheme="dark")
        # Whether both are new, or only one of them.
        parts = {(True, True): WHOLE, (True, False): CONTENT, (False, True): FRAME}
        within = parts[is_content_new, is_frame_new]
        self._judge(f"{address} (dark)", COLOURS, within=within)
        page.set_viewport_size(TELEPHONE)
        page.emulate_media(color_scheme="light")

    def _judge(self, where: str, rules: Rules, *, within: Rules = WHOLE) -> None:
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(Axe().axe_script)
        # No colour is judged on its way from light to dark.
        self.page.evaluate(_STILL)
        faults = self.page.evaluate(_FAULTS, [within, rules])
        self.complaints += [f"{where}: {fault}" for fault in faults]

    def _are_new(self) -> tuple[bool, bool]:
        # Both are marked, as the one is looked at together with the other.
        content, frame = (self._marked(part) for part in self.page.evaluate(_PARTS))
        return content, frame

    def _marked(self, part: str) -> bool:
        """Whether nobody has marked this part as looked at before; it is now."""
        digest = sha256(part.encode()).hexdigest()
        try:
            (self.seen / digest).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True
