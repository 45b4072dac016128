"""Files of localities as SCB publishes them, and of villages in our own format."""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from shapely.geometry.base import BaseGeometry

from outreach.files.areas import hectares
from outreach.files.budget import Budget
from outreach.files.faults import FileRefused
from outreach.files.fields import Fields
from outreach.files.limits import REPAIR_SECONDS
from outreach.files.table import Row, Table
from outreach.measures.classes import DwellingType, SettlementClass
from outreach.places import columns
from outreach.places.reading import (
    LONGEST_CODE,
    LONGEST_NAME,
    Notes,
    Read,
    municipality_of,
    name_of,
    read_rows,
    source_of,
)
from outreach.places.rules import (
    LOCALITY_CODE,
    OWN_CODE,
    VillageEntry,
    checked_code,
    checked_municipality,
    checked_name,
    delimitation_start,
    folded,
    own_code,
)
from outreach.places.shapes import Options, Shapes, area_bytes, shapes_of, to_bytes
from outreach.rules import RuleBroken

FIRST_DELIMITATION = 1960
HECTARES_TOLERATED = 2.0
"""How far an area may be from the hectares that its own file declares."""

CLASS_OF_LETTER = {"T": SettlementClass.tatort, "S": SettlementClass.smaort}
_CLASS_WORDS = {
    "tatort": SettlementClass.tatort,
    "tätort": SettlementClass.tatort,
    "smaort": SettlementClass.smaort,
    "småort": SettlementClass.smaort,
    "outside": SettlementClass.outside,
    "utanför": SettlementClass.outside,
    "utanför tätort och småort": SettlementClass.outside,
    "glesbebyggt": SettlementClass.outside,
}
Geometry: TypeAlias = tuple[bytes | None, bytes | None]


def localities(table: Table, *, options: Options, today: date, source: str) -> Read[VillageEntry]:
    """Tätorter and småorter of one delimitation, known by SCB's codes.

    The code says the municipality and the class. A locality that spans municipalities stays under
    its code's.
    """
    fields = Fields.of(table.columns, columns.LOCALITY, required=("code", "name"))
    if options.delimitation_year is None and not fields.has("year"):
        raise FileRefused("delimitation_year_missing")
    shapes = shapes_of(table, options=options)
    geometry = _geometries(shapes)

    def make(row: Row, notes: Notes) -> VillageEntry:
        code = _locality_code(row, fields, notes)
        _compare_municipality(code, row, fields, notes)
        year = _year(row, fields, options, today=today)
        if year is None:
            raise RuleBroken(fields.written("year"), "missing")
        declared = fields.decimal(row, "hectares")
        point, area = geometry(row, notes, declared)
        return VillageEntry(
            row=row.number,
            code=code,
            municipality_code=code[:4],
            source=source,
            name=name_of(row, fields, notes),
            point=point,
            area=area,
            settlement_class=CLASS_OF_LETTER[code[4]],
            delimitation_year=year,
            reference_date=options.reference_date or delimitation_start(year),
            inhabitants=fields.count(row, "inhabitants"),
            area_hectares=None if declared is None else round(declared),
        )

    return read_rows(table, make, shapes=shapes)


def villages(table: Table, *, options: Options, today: date, source: str) -> Read[VillageEntry]:
    """Villages in our own format: SCB's code, our code, or a municipality and a name."""
    fields = Fields.of(table.columns, columns.VILLAGE, required=())
    if not fields.has("code") and not (fields.has("municipality") and fields.has("name")):
        raise FileRefused("village_columns_missing")
    shapes = shapes_of(table, options=options)
    geometry = _geometries(shapes)

    def make(row: Row, notes: Notes) -> VillageEntry:
        code = _village_code(row, fields, notes)
        _compare_municipality(code, row, fields, notes)
        year = _year(row, fields, options, today=today)
        declared = fields.decimal(row, "hectares")
        point, area = geometry(row, notes, declared)
        inhabitants, dwellings = fields.count(row, "inhabitants"), _dwellings(row, fields)
        day = _reference_day(row, fields, options, year=year, today=today)
        if day is None and (dwellings or inhabitants is not None):
            raise RuleBroken(fields.written("reference_date"), "reference_date_missing")
        return VillageEntry(
            row=row.number,
            code=code,
            municipality_code=code[:4],
            source=source_of(row, fields) or source,
            name=name_of(row, fields, notes) if fields.text(row, "name") else None,
            point=point,
            area=area,
            settlement_class=_class(row, fields, code=code, year=year),
            delimitation_year=year,
            reference_date=day,
            inhabitants=inhabitants,
            area_hectares=None if declared is None else round(declared),
            dwellings=dwellings,
        )

    return read_rows(table, make, shapes=shapes)


def _locality_code(row: Row, fields: Fields, notes: Notes) -> str:
    column, text = fields.written("code"), fields.text(row, "code")
    code, is_repaired = checked_code(text.upper(), LOCALITY_CODE, column=column)
    checked_municipality(code[:4], column=column)
    if is_repaired:
        notes.warn("code_repaired", column, text, repaired=code)
    return code


def _village_code(row: Row, fields: Fields, notes: Notes) -> str:
    """SCB's code or ours as written; without one, ours made from the municipality and the name."""
    text = fields.text(row, "code")
    if LOCALITY_CODE.fullmatch(text.upper()) or LOCALITY_CODE.fullmatch(f"0{text.upper()}"):
        return _locality_code(row, fields, notes)
    if text:
        column = fields.written("code")
        code, is_repaired = checked_code(text, OWN_CODE, column=column)
        checked_municipality(code[:4], column=column)
        if is_repaired:
            notes.warn("code_repaired", column, text, repaired=code)
        return code
    municipality = municipality_of(row, fields, notes)
    name = fields.text(row, "name")
    checked_name(name, column=fields.written("name"), longest=LONGEST_NAME)
    column, code = fields.written("name"), own_code(municipality, name)
    if len(code) > LONGEST_CODE:
        raise RuleBroken(column, "code_needed", facts={"longest": LONGEST_CODE})
    return checked_code(code, OWN_CODE, column=column)[0]


def _compare_municipality(code: str, row: Row, fields: Fields, notes: Notes) -> None:
    """Trust the code; say where the file's own column says another municipality."""
    given = fields.text(row, "municipality")
    if given.isascii() and given.isdigit() and given.zfill(4) != code[:4]:
        notes.warn("municipality_differs", fields.written("municipality"), given, kept=code[:4])


def _year(row: Row, fields: Fields, options: Options, *, today: date) -> int | None:
    column = fields.written("year")
    given = fields.year(row, "year")
    year = given or options.delimitation_year
    if given and options.delimitation_year and given != options.delimitation_year:
        facts = {"stated": options.delimitation_year}
        raise RuleBroken(column, "delimitation_year_differs", facts=facts)
    if year is not None and not FIRST_DELIMITATION <= year <= today.year:
        facts = {"first": FIRST_DELIMITATION, "last": today.year}
        raise RuleBroken(column, "delimitation_year_unlikely", facts=facts)
    return year


def _reference_day(
    row: Row, fields: Fields, options: Options, *, year: int | None, today: date
) -> date | None:
    day = fields.day(row, "reference_date") or options.reference_date
    if day is not None and day > today:
        raise RuleBroken(fields.written("reference_date"), "day_ahead")
    return day or (delimitation_start(year) if year else None)


def _class(row: Row, fields: Fields, *, code: str, year: int | None) -> SettlementClass | None:
    """The class the row states, or outside for our own codes once a delimitation is stated."""
    column, text = fields.written("class"), folded(fields.text(row, "class"))
    if text and text not in _CLASS_WORDS:
        words = ", ".join(sorted(_CLASS_WORDS))
        raise RuleBroken(column, "class_unknown", facts={"known": words})
    if text and year is None:
        raise RuleBroken(column, "delimitation_year_missing")
    if text:
        return _CLASS_WORDS[text]
    return SettlementClass.outside if year and OWN_CODE.fullmatch(code) else None


def _dwellings(row: Row, fields: Fields) -> tuple[tuple[DwellingType, int], ...]:
    counted = ((kind, fields.count(row, kind.value)) for kind in DwellingType)
    return tuple((kind, count) for kind, count in counted if count is not None)


def _geometries(shapes: Shapes) -> Callable[[Row, Notes, float | None], Geometry]:
    """How a row's point and area are found; a polygon also gives a point within it."""
    repairs = Budget(REPAIR_SECONDS)

    def geometry(row: Row, notes: Notes, declared: float | None) -> Geometry:
        shape = shapes.by_row.get(row.number)
        if shape is None:
            return None, None
        if shape.geom_type == "Point":
            return to_bytes(shape), None
        area, was_repaired = area_bytes(shape, repairs=repairs)
        if was_repaired:
            notes.warn("area_repaired", "geometry")
        _compare_hectares(shape, declared, notes)
        return None, area

    return geometry


def _compare_hectares(shape: BaseGeometry, declared: float | None, notes: Notes) -> None:
    measured = hectares(shape)
    if declared is not None and abs(measured - declared) > HECTARES_TOLERATED:
        notes.warn("hectares_differ", "geometry", measured=round(measured, 1), declared=declared)
