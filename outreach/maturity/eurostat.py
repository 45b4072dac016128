"""Eurostat's table isoc_sk_dskl_i21 as it is downloaded with labels: which rows mean what.

The file has both "basic" and "basic or above basic", and each figure twice, of all individuals
and of those who used the internet; only the former of the latter are taken. Its dates are written
day/month/year with two digits for the year.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from outreach.files.faults import FileRefused
from outreach.files.table import Row, Table
from outreach.files.values import decimal_of, text_of, year_of
from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import Level
from outreach.rules import RuleBroken

UNIT = "percentage of individuals"
EVERYBODY = "all individuals"
COLUMNS = ("last update", "ind_type", "indic_is", "unit", "geo", "time_period", "obs_value")
_UPDATED = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{2})(?: [0-9:]{8})?")
_AREA_WORDS = {
    DigCompArea.INFORMATION: "information and data literacy",
    DigCompArea.COMMUNICATION: "communication and collaboration",
    DigCompArea.CONTENT: "digital content creation",
    DigCompArea.SAFETY: "safety",
    DigCompArea.PROBLEM_SOLVING: "problem solving",
}
_LEVEL_WORDS = {
    Level.above_basic: "individuals with above basic overall digital skills",
    Level.basic: "individuals with basic overall digital skills",
    Level.low: "individuals with low overall digital skills",
    Level.narrow: "individuals with narrow overall digital skills",
    Level.limited: "individuals with limited overall digital skills",
    Level.no_skills: "individuals with no overall digital skills",
    Level.not_assessed: "digital skills could not be assessed",
}


@dataclass(frozen=True, slots=True)
class ReferenceFigure:
    """One published share, in hundredths of a percent, and when it was updated."""

    country: str
    year: int
    indicator: str
    hundredths: int
    updated_on: date


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that can't be used, numbered as a spreadsheet does, and why."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """What a file holds; rows on other countries, units or indicators are passed over."""

    figures: Sequence[ReferenceFigure]
    refused: Sequence[RefusedRow]
    passed_over: int


def read_reference(table: Table, *, country: str) -> ReferenceFile:
    """The figures of one country. Raises FileRefused for another table."""
    missing = [name for name in COLUMNS if name not in table.columns.positions]
    if missing:
        raise FileRefused("column_missing", column=missing[0])
    figures: dict[tuple[int, str], ReferenceFigure] = {}
    refused: list[RefusedRow] = [RefusedRow(one.row or 0, one.code) for one in table.refused]
    passed_over = 0
    for row in table:
        indicator = _indicator(table, row, country)
        if indicator is None:
            passed_over += 1
            continue
        try:
            figure = _figure(table, row, country, indicator)
        except RuleBroken as rule:
            refused.append(RefusedRow(row.number, f"{rule.field}: {rule.code}"))
            continue
        known = figures.setdefault((figure.year, indicator), figure)
        if known != figure:
            refused.append(RefusedRow(row.number, "the same figure stands there twice, unlike"))
    return ReferenceFile(list(figures.values()), refused, passed_over)


def _text(table: Table, row: Row, column: str) -> str:
    return text_of(row.cell(table.columns, column))


def _indicator(table: Table, row: Row, country: str) -> str | None:
    words = _text(table, row, "indic_is").casefold()
    is_ours = (
        _text(table, row, "geo") == country
        and _text(table, row, "unit").casefold() == UNIT
        and _text(table, row, "ind_type").casefold() == EVERYBODY
    )
    if not is_ours:
        return None
    for level, beginning in _LEVEL_WORDS.items():
        if words.startswith(beginning):
            return level.value
    areas = {
        f"individuals with basic or above basic {name} skills": area.value
        for area, name in _AREA_WORDS.items()
    }
    return areas.get(words)


def _figure(table: Table, row: Row, country: str, indicator: str) -> ReferenceFigure:
    share = decimal_of(row.cell(table.columns, "obs_value"), column="OBS_VALUE")
    year = year_of(row.cell(table.columns, "time_period"), column="TIME_PERIOD")
    if share is None or year is None:
        raise RuleBroken("OBS_VALUE" if share is None else "TIME_PERIOD", "missing")
    if share > 100:
        raise RuleBroken("OBS_VALUE", "over_100")
    updated = _day(_text(table, row, "last update"))
    return ReferenceFigure(country, year, indicator, round(share * 100), updated)


def _day(text: str) -> date:
    found = _UPDATED.fullmatch(text)
    try:
        if found:
            return date(2000 + int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise RuleBroken("LAST UPDATE", "not_a_day")
