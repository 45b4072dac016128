"""Files of counties and municipalities: codes with names, with or without borders."""

from shapely.geometry.base import BaseGeometry

from outreach.files.budget import Budget
from outreach.files.fields import Fields
from outreach.files.limits import REPAIR_SECONDS
from outreach.files.table import Row, Table
from outreach.places import columns
from outreach.places.reading import Notes, Read, read_rows
from outreach.places.rules import (
    COUNTY_CODE,
    COUNTY_NAMES,
    CountyEntry,
    MunicipalityEntry,
    checked_code,
    checked_municipality,
    checked_name,
    is_same_name,
    looks_garbled,
    short_municipality_name,
)
from outreach.places.shapes import Options, area_bytes, shapes_of
from outreach.rules import RuleBroken

LONGEST_NAME = 80


def counties(table: Table, *, options: Options) -> Read[CountyEntry]:
    """The counties of a file. Their names come from their codes; a file's are only compared."""
    fields = Fields.of(table.columns, columns.COUNTY, required=("code",))
    shapes = shapes_of(table, options=options)
    repairs = Budget(REPAIR_SECONDS)

    def make(row: Row, notes: Notes) -> CountyEntry:
        column, text = fields.written("code"), fields.text(row, "code")
        code, is_repaired = checked_code(text, COUNTY_CODE, column=column)
        if code not in COUNTY_NAMES:
            raise RuleBroken(column, "county_unknown", facts={"county": code})
        if is_repaired:
            notes.warn("code_repaired", column, text, repaired=code)
        name = fields.text(row, "name")
        if name and not is_same_name(name, COUNTY_NAMES[code]):
            notes.warn("name_differs", fields.written("name"), name, kept=COUNTY_NAMES[code])
        return CountyEntry(row.number, code, _area(shapes.by_row.get(row.number), repairs, notes))

    return read_rows(table, make, shapes=shapes)


def municipalities(table: Table, *, options: Options) -> Read[MunicipalityEntry]:
    """The municipalities of a file; a list of short names is believed before any other."""
    fields = Fields.of(table.columns, columns.MUNICIPALITY, required=("code",))
    shapes = shapes_of(table, options=options)
    repairs = Budget(REPAIR_SECONDS)

    def make(row: Row, notes: Notes) -> MunicipalityEntry:
        column, text = fields.written("code"), fields.text(row, "code")
        code, is_repaired = checked_municipality(text, column=column)
        if is_repaired:
            notes.warn("code_repaired", column, text, repaired=code)
        county = fields.text(row, "county")
        if county and county.zfill(2) != code[:2]:
            notes.warn("county_differs", fields.written("county"), county, kept=code[:2])
        name, is_doubtful = _name(row, fields, notes)
        area = _area(shapes.by_row.get(row.number), repairs, notes)
        return MunicipalityEntry(row.number, code, name, is_doubtful, area)

    return read_rows(table, make, shapes=shapes)


def holds_municipalities(table: Table) -> bool:
    """Whether a file of codes lists municipalities rather than counties."""
    named = Fields.of(table.columns, {"code": columns.MUNICIPALITY_CODE}, required=())
    return named.has("code")


def _name(row: Row, fields: Fields, notes: Notes) -> tuple[str | None, bool]:
    """The name and whether it is doubtful; None where the file has no names at all."""
    field = "short_name" if fields.text(row, "short_name") else "name"
    if not fields.has(field):
        return None, False
    column = fields.written(field)
    name = checked_name(fields.text(row, field), column=column, longest=LONGEST_NAME)
    if looks_garbled(name):
        notes.warn("name_garbled", column, name)
    if field == "short_name":
        return name, False
    return short_municipality_name(name)


def _area(shape: BaseGeometry | None, repairs: Budget, notes: Notes) -> bytes | None:
    if shape is None:
        return None
    area, was_repaired = area_bytes(shape, repairs=repairs)
    if was_repaired:
        notes.warn("area_repaired", "geometry")
    return area
