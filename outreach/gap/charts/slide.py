"""A picture as a slide of 1920 × 1080 pixels, with all that is said about it in the picture."""

from textwrap import wrap

from outreach.gap.charts.specs import SlideSpec
from outreach.web.charts.sheet import Sheet
from outreach.web.palette import INK, INK_SOFT, URBAN

WIDTH, HEIGHT = 1920, 1080
MARGIN = 96.0
TITLE, FINDING, FOOT = 50.0, 30.0, 20.0
"""The sizes of the texts, in pixels of the slide."""
LEADING = 1.4
CHARACTERS = {TITLE: 54, FINDING: 94, FOOT: 140}
"""So many characters of a size fit on a line."""


def draw(sheet: Sheet, spec: SlideSpec) -> bytes:
    """The sheet in the middle of a slide as PNG: title and finding above it, passport below."""
    titles, findings, foot = _lines(spec.title, TITLE), _lines(spec.finding, FINDING), spec.passport
    feet = _lines(foot, FOOT)
    top = MARGIN + _height(titles, TITLE) + _height(findings, FINDING)
    bottom = MARGIN / 2 + _height(feet, FOOT) + FOOT
    width, height = sheet.size
    times = min((WIDTH - 2 * MARGIN) / width, (HEIGHT - top - bottom) / height)
    left = (WIDTH - times * width) / 2
    above = top + (HEIGHT - top - bottom - times * height) / 2
    sheet.widen(
        left=left / times,
        top=above / times,
        right=left / times,
        bottom=(HEIGHT - above) / times - height,
    )

    def text(lines: list[str], at: float, size: float, *, is_bold: bool = False) -> float:
        for line in lines:
            at += size * LEADING
            sheet.text(
                ((MARGIN - left) / times, (at - above) / times),
                line,
                size=size / times,
                colour=INK_SOFT if size == FOOT else INK,
                is_bold=is_bold,
            )
        return at

    line = [((MARGIN - left) / times, (MARGIN / 2 - above) / times)]
    line.append(((MARGIN + 120 - left) / times, line[0][1]))
    sheet.line(line, colour=URBAN, width=8 / times)
    reached = text(titles, MARGIN / 2, TITLE, is_bold=True)
    text(findings, reached + FINDING / 3, FINDING)
    text(feet, HEIGHT - bottom + FOOT / 2, FOOT)
    return sheet.png_of(WIDTH, HEIGHT)


def _lines(text: str, size: float) -> list[str]:
    return wrap(text, CHARACTERS[size])


def _height(lines: list[str], size: float) -> float:
    return len(lines) * size * LEADING
