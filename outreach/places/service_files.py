"""Files of service points and of strategic nodes, in our own format.

A column that a file lacks changes nothing. A blank cell in a column that it has says that nothing
is known: no day of closing, neither yes nor no.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

from outreach.files.fields import Fields
from outreach.files.table import Row, Table
from outreach.places import columns
from outreach.places.reading import (
    LONGEST_CODE,
    Notes,
    Read,
    municipality_of,
    name_of,
    read_rows,
    source_of,
)
from outreach.places.rules import checked_name, folded, own_code
from outreach.places.service_rules import NodeEntry, NodeProperty, ServiceKind, ServicePointEntry
from outreach.places.shapes import Options, Shapes, shapes_of, to_bytes
from outreach.rules import RuleBroken

S = TypeVar("S", bound=StrEnum | bool)
MILLIMETRES = 3
"""Decimals of a metre that are kept: a file that is exported and read again says the same."""

_KIND_WORDS: Mapping[str, ServiceKind] = {
    **{kind.value: kind for kind in ServiceKind},
    "dagligvaror": ServiceKind.GROCERY,
    "livsmedel": ServiceKind.GROCERY,
    "drivmedel": ServiceKind.FUEL,
    "paket": ServiceKind.PARCEL,
    "paketombud": ServiceKind.PARCEL,
    "apotek": ServiceKind.PHARMACY,
    "apoteksombud": ServiceKind.PHARMACY,
    "kontanter": ServiceKind.CASH,
    "betaltjänster": ServiceKind.CASH,
    "bibliotek": ServiceKind.LIBRARY,
    "skola": ServiceKind.SCHOOL,
    "annat": ServiceKind.OTHER,
}
_YES_OR_NO: Mapping[str, bool] = {
    **dict.fromkeys(("ja", "yes", "true", "sant", "1", "x"), True),
    **dict.fromkeys(("nej", "no", "false", "falskt", "0"), False),
}


def service_points(table: Table, *, options: Options, source: str) -> Read[ServicePointEntry]:
    """Service points: municipality, name and kind, and where they lie."""
    fields = Fields.of(
        table.columns, columns.SERVICE_POINT, required=("municipality", "name", "kind")
    )
    shapes = shapes_of(table, options=options)

    def make(row: Row, notes: Notes) -> ServicePointEntry:
        municipality, name = municipality_of(row, fields, notes), name_of(row, fields, notes)
        column = fields.written("kind")
        kind = _one_of(fields.text(row, "kind"), _KIND_WORDS, column, broken="kind_unknown")
        if kind is None:
            raise RuleBroken(column, "missing")
        days = {one: fields.day(row, one) for one in ("opened", "closed") if fields.has(one)}
        opened, closed = days.get("opened"), days.get("closed")
        if opened and closed and closed < opened:
            raise RuleBroken(fields.written("closed"), "closed_before_opened")
        return ServicePointEntry(
            row=row.number,
            code=_code(row, fields, f"{municipality}-{kind}", name),
            municipality_code=municipality,
            name=name,
            kind=kind,
            source=source_of(row, fields) or source,
            shape=_point(row, shapes),
            told=days,
        )

    return read_rows(table, make, shapes=shapes)


def nodes(table: Table, *, options: Options, today: date, source: str) -> Read[NodeEntry]:
    """Strategic nodes with what was found on a day: six answers of yes or no, each may be blank."""
    fields = Fields.of(table.columns, columns.NODE, required=("municipality", "name"))
    shapes = shapes_of(table, options=options)

    def make(row: Row, notes: Notes) -> NodeEntry:
        municipality, name = municipality_of(row, fields, notes), name_of(row, fields, notes)
        column = fields.written("assessed_on")
        day = fields.day(row, "assessed_on") or options.reference_date
        if day is None:
            raise RuleBroken(column, "reference_date_missing")
        if day > today:
            raise RuleBroken(column, "day_ahead")
        return NodeEntry(
            row=row.number,
            node=_code(row, fields, municipality, name),
            municipality_code=municipality,
            name=name,
            assessed_on=day,
            source=source_of(row, fields) or source,
            shape=_point(row, shapes),
            told={
                one.value: _one_of(
                    fields.text(row, one),
                    _YES_OR_NO,
                    fields.written(one),
                    broken="not_yes_or_no",
                )
                for one in NodeProperty
                if fields.has(one)
            },
        )

    return read_rows(table, make, shapes=shapes)


def _one_of(text: str, words: Mapping[str, S], column: str, *, broken: str) -> S | None:
    """What a word stands for, None for a blank."""
    word = folded(text)
    if word and word not in words:
        raise RuleBroken(column, broken, facts={"known": ", ".join(sorted(words))})
    return words[word] if word else None


def _code(row: Row, fields: Fields, start: str, name: str) -> str:
    """The code as written, or one made of what the row is about and its name."""
    column, text = fields.written("code"), fields.text(row, "code")
    if text and any(sign.isalpha() for sign in text):
        return checked_name(text, column=column, longest=LONGEST_CODE)
    if len(text) > LONGEST_CODE:
        raise RuleBroken(column, "too_long", facts={"longest": LONGEST_CODE})
    made = text or own_code(start, name)
    if len(made) > LONGEST_CODE:
        raise RuleBroken(fields.written("name"), "code_needed", facts={"longest": LONGEST_CODE})
    return made


def _point(row: Row, shapes: Shapes) -> bytes | None:
    shape = shapes.by_row.get(row.number)
    if shape is None:
        return None
    return at_millimetres(shapely.point_on_surface(shape))


def at_millimetres(point: BaseGeometry) -> bytes:
    """A point as it is kept."""
    east, north = shapely.get_coordinates(point)[0]
    return to_bytes(shapely.Point(round(east, MILLIMETRES), round(north, MILLIMETRES)))
