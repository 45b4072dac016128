"""A page looked at as a reader does: narrow and wide, by day and by night, each sight once a run.

Looking for what shuts readers out takes a second a page and width, and five people meet many of
the same pages. So a page is looked at unless its content and its frame (header, footer and what
else stands around the content) were both looked at before, by whichever process of the run.

The first look, at a telephone's width by day, judges each element by every rule but those of
colour; where the content was looked at before, it judges how it goes with another frame, and one of
many such neighbours as are named below is enough. Styles give the colours, by day and by night, and
what a wider window changes: where things stand and what is hidden. They style neighbours of one
shape alike. So of many such neighbours (the rows of a table, the choices of a list) only the first
few stay for those looks; content of a shape that was looked at before needs none of them; and when
nothing but colours is judged, content or a frame that was looked at before is left out.
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
COLOUR_RULES = ("color-contrast", "link-in-text-block")
ALL_BUT_COLOURS: Rules = {
    **ALL_RULES,
    "rules": {name: {"enabled": False} for name in COLOUR_RULES},
}
COLOURS: Rules = {
    **ALL_RULES,
    "runOnly": ["cat.color"],
    "rules": {"color-contrast-enhanced": {"enabled": False}},
}
"""What colours must be by WCAG's level AA; the enhanced contrast is of level AAA."""
WHOLE: Rules = {"include": [["html"]]}
CONTENT: Rules = {"include": [["main"]]}
FRAME: Rules = {"exclude": [["main"]]}
_PARTS_JUDGED = {(True, True): WHOLE, (True, False): CONTENT, (False, True): FRAME}
"""Where colours are judged: whether content and frame are new."""
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
  const shape = one => {
    const met = new Map();
    const parts = [];
    for (const node of [...one.childNodes]) {
      const found = node.nodeType === Node.ELEMENT_NODE ? shape(node)
        : node.nodeValue.trim() && "text";
      const times = (met.get(found) ?? 0) + 1;
      met.set(found, times);
      if (times <= kept) parts.push(found);
      else if (node.nodeType === Node.ELEMENT_NODE) node.remove();
    }
    const marks = Array.from(one.attributes, ({ name, value }) =>
      words.has(name) ? name : `${name}=${value}`);
    return `${one.localName}[${marks.sort()}](${parts.join("")})`;
  };
  return shape(document.querySelector("main"));
}"""
"""Leaves so many neighbours of one shape: the same marks and parts, whatever their words.

Gives the shape of what is left.
"""
_KEPT_NEIGHBOURS = 4  # an odd and an even one, the first of all and one within
_KEPT_OF_CONTENT_SEEN = 1
_STILL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`*, ::before, ::after {
    transition: none !important; animation-duration: 0s !important; animation-delay: 0s !important;
  }`);
  document.adoptedStyleSheets.push(sheet);
}"""
"""No colour is judged on its way to another: all changes are over at once."""
_FAULTS = """([within, options]) => axe.run(within, options).then(found => found.violations.flatMap(
  fault => fault.nodes.map(node => [fault.id, fault.help, node.html.slice(0, 160)].join(" "))))"""


@dataclass(slots=True)
class Looker:
    """Looks at pages and gathers what is wrong with them.

    `seen` is a folder with an empty file for each content, its shape and each frame, named by its
    digest.
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
        self._judge(address, ALL_BUT_COLOURS)
        if is_content_new:
            is_content_new = self._is_new(page.evaluate(_SHORTENED, _KEPT_NEIGHBOURS))
        if is_content_new or is_frame_new:
            self._judge_looks(address, _PARTS_JUDGED[is_content_new, is_frame_new])

    def _judge_looks(self, address: str, within: Rules) -> None:
        """Judge what styles give; of colours, only those within these parts."""
        page = self.page
        self._judge(f"{address} (light)", COLOURS, within=within)
        page.set_viewport_size(DESK)
        self._judge(f"{address} (wide)", ALL_RULES)
        page.emulate_media(color_scheme="dark")
        self._judge(f"{address} (dark)", COLOURS, within=within)
        page.set_viewport_size(TELEPHONE)
        page.emulate_media(color_scheme="light")

    def _judge(self, where: str, rules: Rules, *, within: Rules = WHOLE) -> None:
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(Axe().axe_script)
            self.page.evaluate(_STILL)
        faults = self.page.evaluate(_FAULTS, [within, rules])
        self.complaints += [f"{where}: {fault}" for fault in faults]

    def _are_new(self) -> tuple[bool, bool]:
        # Both are marked, as the one is looked at together with the other.
        content, frame = (self._is_new(part) for part in self.page.evaluate(_PARTS))
        return content, frame

    def _is_new(self, part: str) -> bool:
        """Whether nobody has marked this part as looked at before; it is now."""
        digest = sha256(part.encode()).hexdigest()
        try:
            (self.seen / digest).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True
