"""Geometries of a file's rows, checked and in SWEREF 99 TM, whatever they were written as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from outreach.files import rings
from outreach.files.areas import as_area
from outreach.files.budget import Budget
from outreach.files.crs import SWEREF99_TM, Crs
from outreach.files.faults import Fault, FileRefused, fault
from outreach.files.fields import Fields
from outreach.files.limits import REFUSALS
from outreach.files.placing import Placed, place
from outreach.files.table import FileKind, Row, Table
from outreach.places.columns import COORDINATES
from outreach.rules import RuleBroken


@dataclass(frozen=True, slots=True)
class Options:
    """What whoever imports a file says about it."""

    encoding: str | None = None
    crs: Crs | None = None
    swap_axes: bool = False
    delimitation_year: int | None = None
    reference_date: date | None = None


@dataclass(frozen=True, slots=True)
class Shapes:
    """Geometries by row number, and the faults met on the way."""

    by_row: Mapping[int, BaseGeometry] = field(default_factory=dict)
    refused: Sequence[Fault] = ()
    warnings: Sequence[Fault] = ()


@dataclass(frozen=True, slots=True)
class _Columns:
    """Two columns that say where something is."""

    fields: Fields
    crs: Crs | None

    @property
    def written(self) -> str:
        return f"{self.fields.written('east')}, {self.fields.written('north')}"


def shapes_of(table: Table, *, options: Options) -> Shapes:
    """Every row's geometry: the feature's own, or the point that its columns tell."""
    columns = None if table.has_shapes else _coordinate_columns(table)
    if columns is None and not table.has_shapes:
        return Shapes()
    found: dict[int, BaseGeometry] = {}
    refused: list[Fault] = []
    for row in table:
        try:
            shape = row.shape if columns is None else _point(row, columns.fields)
        except RuleBroken as error:
            refused.append(fault(row.number, error))
            refuse_if_hopeless(refused)
            continue
        if shape is not None:
            found[row.number] = shape
    placed = place(
        list(found.values()),
        stated=options.crs or (table.crs if columns is None else columns.crs),
        may_be_default=table.kind is FileKind.GEOJSON and options.crs is None,
        swap_axes=options.swap_axes,
    )
    hint = "axes_swapped_needlessly" if options.swap_axes else "axes_swapped"
    column = "geometry" if columns is None else columns.written
    refused += _outside(found, placed, hint=hint, column=column)
    inside = zip(found, placed.shapes, strict=True)
    return Shapes(
        {number: shape for number, shape in inside if shape is not None},
        refused,
        _guessed(placed, is_our_format=columns is not None) if found else (),
    )


def refuse_if_hopeless(refused: Sequence[Fault]) -> None:
    """Give up a file of which so many rows are refused that it must be of another kind."""
    if len(refused) > REFUSALS:
        raise FileRefused("too_many_refused", largest=REFUSALS)


def area_bytes(shape: BaseGeometry, *, repairs: Budget) -> tuple[bytes, bool]:
    """A geometry as the well-known binary of a multipolygon, and whether it was repaired."""
    area, was_repaired = as_area(shape, repairs=repairs)
    return to_bytes(area), was_repaired


def to_bytes(shape: BaseGeometry) -> bytes:
    """The one well-known binary of a geometry that equal geometries share."""
    return bytes(shapely.to_wkb(shape, byte_order=1, output_dimension=2, include_srid=False))


def _coordinate_columns(table: Table) -> _Columns | None:
    for pair in COORDINATES:
        fields = Fields.of(table.columns, {"east": pair.east, "north": pair.north}, required=())
        if fields.has("east") and fields.has("north"):
            return _Columns(fields, pair.crs)
    return None


def _point(row: Row, fields: Fields) -> BaseGeometry | None:
    """The point of a row, None where both cells are blank; half a point is refused."""
    east, north = fields.coordinate(row, "east"), fields.coordinate(row, "north")
    if east is None and north is None:
        return None
    if east is None or north is None:
        raise RuleBroken(fields.written("east" if east is None else "north"), "missing")
    return rings.point(east, north)


def _outside(
    found: Mapping[int, BaseGeometry], placed: Placed, *, hint: str, column: str
) -> Sequence[Fault]:
    facts = {"crs": placed.crs.name}
    return [
        Fault(hint if would_fit else "outside_sweden", number, column, _quoted(raw), facts)
        for (number, raw), shape, would_fit in zip(
            found.items(), placed.shapes, placed.would_fit_swapped, strict=True
        )
        if shape is None
    ]


def _guessed(placed: Placed, *, is_our_format: bool) -> Sequence[Fault]:
    """What to say of a guess; columns called east and north are SWEREF 99 TM unless they can't."""
    if not placed.is_guessed or (is_our_format and placed.crs == SWEREF99_TM):
        return ()
    return [
        Fault(
            "crs_guessed",
            facts={"crs": placed.crs.name, "code": placed.crs.definition.removeprefix("EPSG:")},
        )
    ]


def _quoted(shape: BaseGeometry) -> str:
    """The first point of a geometry as it stands in the file."""
    first = shapely.get_coordinates(shape)[0]
    return f"{first[0]:.10g}, {first[1]:.10g}"
