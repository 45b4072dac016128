"""Cells to numbers, dates and codes, by explicit patterns of ASCII digits and nothing else.

Python's own `int`, `float` and `date.fromisoformat` take far more than people mean.
"""

import math
import re
from datetime import date
from typing import TypeAlias

from outreach.files.text import clean
from outreach.rules import RuleBroken

Cell: TypeAlias = str | int | float | None

LARGEST_COUNT = 99_999_999
_WHOLE = re.compile(r"(?:[0-9]{1,300}|[0-9]{1,3}(?: [0-9]{3}){1,100})(?:[.,]0{1,2})?")
_DECIMAL = re.compile(r"([0-9]{1,12}|[0-9]{1,3}(?: [0-9]{3}){1,3})(?:[.,]([0-9]{1,20}))?")
_AMBIGUOUS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_NEGATIVE = re.compile(r"[-−–] ?[0-9][0-9 .,]*")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})Z?")
_YEAR = re.compile(r"[0-9]{4}")
_DIGITS = re.compile(r"[0-9]+")


def text_of(cell: Cell) -> str:
    """A cell as clean text; a number that came as a number is written without needless zeros."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def yes_or_no(value: object) -> str:
    """A cell that came as true or false, in the word that columns of yes and no are read by."""
    return "true" if value else "false"


def percentage(share: float) -> str:
    """A share as its cell shows it: 0.8825 as 88.25%."""
    return f"{share * 100:.10g}%"


def count_of(cell: Cell, *, column: str) -> int | None:
    """A whole number from 0 on, or None for a blank. A space may part the thousands."""
    text = text_of(cell)
    if not text:
        return None
    _refuse_ambiguous(cell, text, column)
    if _NEGATIVE.fullmatch(text):
        raise RuleBroken(column, "negative")
    if not _WHOLE.fullmatch(text):
        raise RuleBroken(column, "not_whole" if _DECIMAL.fullmatch(text) else "not_a_number")
    number = int(re.split("[.,]", text)[0].replace(" ", ""))
    if number > LARGEST_COUNT:
        raise RuleBroken(column, "too_large", facts={"largest": LARGEST_COUNT})
    return number


def decimal_of(cell: Cell, *, column: str) -> float | None:
    """A number from 0 on with comma or point, or None for a blank."""
    text = text_of(cell)
    if not text:
        return None
    _refuse_ambiguous(cell, text, column)
    return _decimal(cell, text, column)


def coordinate_of(cell: Cell, *, column: str) -> float | None:
    """A coordinate; a point or comma in it is always the decimal sign. None for a blank.

    Negative numbers are read, so that they can be refused for where they lie.
    """
    text = text_of(cell)
    if not text:
        return None
    if text[0] in "-−":
        return -_decimal(cell, text[1:].lstrip(), column)
    return _decimal(cell, text, column)


def day_of(cell: Cell, *, column: str) -> date | None:
    """A date written year-month-day, or None for a blank."""
    text = text_of(cell)
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise RuleBroken(column, "not_a_day")


def year_of(cell: Cell, *, column: str) -> int | None:
    """A year of four digits, or None for a blank."""
    text = text_of(cell)
    if not text:
        return None
    if not _YEAR.fullmatch(text):
        raise RuleBroken(column, "not_a_year")
    return int(text)


def is_digits(text: str) -> bool:
    """Whether a text is ASCII digits and nothing else."""
    return bool(_DIGITS.fullmatch(text))


def _decimal(cell: Cell, text: str, column: str) -> float:
    if isinstance(cell, float | int):
        if not math.isfinite(cell):
            raise RuleBroken(column, "not_a_number")
        return float(cell)
    found = _DECIMAL.fullmatch(text)
    if not found:
        raise RuleBroken(column, "negative" if _NEGATIVE.fullmatch(text) else "not_a_number")
    return float(f"{found[1].replace(' ', '')}.{found[2] or 0}")


def _refuse_ambiguous(cell: Cell, text: str, column: str) -> None:
    # 1.000 is a thousand to some programs and one to others; a cell that came as a number isn't.
    if isinstance(cell, str) and _AMBIGUOUS.fullmatch(text):
        raise RuleBroken(column, "ambiguous_thousands")
