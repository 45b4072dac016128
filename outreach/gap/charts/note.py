"""Lines of text below a picture."""

from textwrap import wrap

from outreach.web.charts.sheet import Sheet
from outreach.web.palette import INK

SIZE, LEADING = 11.0, 15.0
WIDTH_OF_CHARACTER = 0.58


def draw(sheet: Sheet, text: str) -> Sheet:
    """The sheet with more paper below, and the text on it."""
    width, height = sheet.size
    lines = wrap(text, int((width - 16) / (SIZE * WIDTH_OF_CHARACTER)))
    sheet.widen(left=0, top=0, right=0, bottom=(len(lines) + 1) * LEADING)
    for number, line in enumerate(lines, start=1):
        sheet.text((8, height + number * LEADING), line, size=SIZE, colour=INK)
    return sheet
