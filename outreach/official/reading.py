"""Files of official series to entries: Kolada's JSON, and tables long or wide in CSV, Excel, ODS.

A long table has a row for each figure (municipality, year, value); a wide one has a column for each
year. What is found decides, not the file's name.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from outreach.files import sheets
from outreach.files.budget import Budget
from outreach.files.faults import Fault, FileRefused, fault
from outreach.files.limits import GEOJSON_BYTES, MEGABYTE, SHEET_WORK_SECONDS
from outreach.files.sheets import NumberedRow, Sheet
from outreach.files.text import header
from outreach.files.values import Cell, decimal_of, text_of, year_of
from outreach.official.rules import FIRST_YEAR, HIGHEST_PERCENT, LAST_YEAR, OfficialEntry
from outreach.rules import RuleBroken

CODE = ("kommunkod", "kommun-id", "kommun id", "municipality", "municipality_code", "kod", "id",
        "områdeskod", "knkod", "area_code", "kommun")  # fmt: skip
YEAR = ("år", "ar", "year", "period", "mätår")
VALUE = ("värde", "varde", "value", "andel", "andel (%)", "procent", "percent", "total", "totalt")
KPI = ("kpi", "nyckeltal", "nyckeltals-id", "series", "serie", "kpi-id")
GENDER = ("kön", "kon", "gender")
BOTH_GENDERS = frozenset({"", "t", "totalt", "total", "alla"})
ABSENT = frozenset({"", "-", "–", "..", "…", ".", "null", "saknas", "i.u.", "n/a"})
HEADER_ROWS = 30
_CODE = re.compile(r"[0-9]{1,4}")
_YEAR_IN = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")


@dataclass(slots=True)
class ReadSeries:
    """The entries of a file, and its rows that can't be taken."""

    entries: list[OfficialEntry] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    absent: int = 0

    def take(self, row: int, series: str, code: Cell, year: Cell, value: Cell) -> None:
        """Note one figure, or why it is refused; a figure that isn't there is only counted."""
        if text_of(value).casefold() in ABSENT:
            self.absent += 1
            return
        try:
            self.entries.append(
                OfficialEntry(row, series, _area_code(code), _year(year), _percent(value))
            )
        except RuleBroken as broken:
            self.refused.append(fault(row, broken, value=value))


def read_series(data: bytes, *, series: str) -> ReadSeries:
    """All figures of one series in a file. Raises FileRefused where it holds none."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    read = _json(data, series) if start in {b"{", b"["} else _tables(data, series)
    if not (read.entries or read.refused):
        raise FileRefused("no_official_figures", series=series)
    if 0 < max((one.percent for one in read.entries), default=0.0) <= 1:
        raise FileRefused("shares_not_percentages")
    return read


def _json(data: bytes, series: str) -> ReadSeries:
    """Kolada's answer: values of one or more indicators, each by municipality and period."""
    if len(data) > GEOJSON_BYTES:
        raise FileRefused("too_large_file", megabytes=GEOJSON_BYTES // MEGABYTE)
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FileRefused("json_broken") from error
    items = told.get("values") if isinstance(told, Mapping) else told
    if not isinstance(items, list):
        raise FileRefused("no_official_figures", series=series)
    read = ReadSeries()
    for row, item in enumerate(items, start=1):
        if isinstance(item, Mapping) and str(item.get("kpi", series)).upper() == series:
            read.take(
                row, series, _cell(item.get("municipality")), _cell(item.get("period")), _both(item)
            )
    return read


def _both(item: Mapping[str, object]) -> Cell:
    """The value for women and men together."""
    values = item.get("values")
    if not isinstance(values, list):
        return _cell(item.get("value"))
    for one in values:
        if isinstance(one, Mapping) and str(one.get("gender", "T")) == "T":
            return _cell(one.get("value"))
    return None


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str | int | float) else None


def _tables(data: bytes, series: str) -> ReadSeries:
    read = ReadSeries()
    for sheet in sheets.read(data, budget=Budget(SHEET_WORK_SECONDS)):
        for row, code, year, value in _figures(sheet, series):
            read.take(row, series, code, year, value)
    return read


def _figures(sheet: Sheet, series: str) -> Iterator[tuple[int, Cell, Cell, Cell]]:
    """Each figure of a sheet with its row, area and year."""
    for index, (_, cells) in enumerate(sheet.rows[:HEADER_ROWS]):
        names = [header(text_of(cell)) for cell in cells]
        code = _first(names, CODE)
        if code is None:
            continue
        year, value = _first(names, YEAR), _first(names, VALUE)
        rows = sheet.rows[index + 1 :]
        if year is not None and value is not None:
            kept = (row for row in rows if _is_wanted(row[1], names, series))
            yield from ((n, _at(r, code), _at(r, year), _at(r, value)) for n, r in kept)
            return
        years = {at: found[1] for at, name in enumerate(names) if (found := _YEAR_IN.search(name))}
        if years:
            yield from _wide(rows, names, code=code, years=years, series=series)
            return


def _wide(
    rows: Sequence[NumberedRow],
    names: Sequence[str],
    *,
    code: int,
    years: Mapping[int, str],
    series: str,
) -> Iterator[tuple[int, Cell, Cell, Cell]]:
    for number, cells in rows:
        if not text_of(_at(cells, code)) or not _is_wanted(cells, names, series):
            continue
        for at, year in years.items():
            yield number, _at(cells, code), year, _at(cells, at)


def _is_wanted(cells: Sequence[Cell], names: Sequence[str], series: str) -> bool:
    """Whether a row is of this series, and of women and men together."""
    kpi, gender = _first(names, KPI), _first(names, GENDER)
    says = header(text_of(_at(cells, kpi))) if kpi is not None else ""
    is_series = not says or series.casefold() in says
    return is_series and (gender is None or header(text_of(_at(cells, gender))) in BOTH_GENDERS)


def _first(names: Sequence[str], known: Sequence[str]) -> int | None:
    return next((names.index(name) for name in known if name in names), None)


def _at(cells: Sequence[Cell], position: int) -> Cell:
    return cells[position] if position < len(cells) else None


def _area_code(cell: Cell) -> str:
    """A municipality's four digits or a county's two; a lost leading zero is put back.

    Kolada writes counties as 0010 and the country as 0000.
    """
    text = text_of(cell)
    found = _CODE.match(text)
    if found is None or (len(text) > len(found[0]) and text[len(found[0])].isalnum()):
        raise RuleBroken("municipality", "not_a_code")
    digits = found[0]
    if len(digits) <= 2 or digits.startswith("00"):
        return digits[-2:].zfill(2)
    return digits.zfill(4)


def _year(cell: Cell) -> int:
    year = year_of(cell, column="year")
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleBroken("year", "not_a_year")
    return year


def _percent(cell: Cell) -> float:
    text = text_of(cell).rstrip("% ")
    number = decimal_of(cell if isinstance(cell, int | float) else text, column="value")
    if number is None:
        raise RuleBroken("value", "missing")
    if number > HIGHEST_PERCENT:
        raise RuleBroken("value", "too_large", facts={"largest": HIGHEST_PERCENT})
    return round(number, 4)
