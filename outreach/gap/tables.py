"""The tables of the gap page: their columns, and their rows in the order asked for."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from flask_babel import gettext

from outreach.database.ordering import swedish_key
from outreach.gap.disclosed import VillageFigures
from outreach.gap.results import MunicipalityFigures
from outreach.gap.rules import Beside, Shown, VillageState
from outreach.gap.wording import DENOMINATORS, DWELLINGS, MEASURES, NUMERATORS
from outreach.measures.rates import Measure
from outreach.web.tables import Column, Sorting

Row = TypeVar("Row")
Value: TypeAlias = str | float | None

BY_VILLAGE = Sorting("name")
BY_GAP = Sorting("m.gap")
_STATES = list(VillageState)


def village_columns(chosen: Shown) -> list[Column]:
    """Counts, coverage, take-up, and the chosen measure where it is another."""
    if isinstance(chosen, Beside):
        return _beside_columns(chosen)
    measures = [Measure.coverage, Measure.take_up]
    if chosen not in measures:
        measures.append(chosen)
    return [
        Column("name", gettext("Village")),
        Column("municipality", gettext("Municipality")),
        Column("class", gettext("Settlement class")),
        Column("dwellings", str(DWELLINGS), is_number=True),
        Column("passed", gettext("Homes passed"), is_number=True),
        Column("connected", gettext("Connected"), is_number=True),
        *(Column(one.value, str(MEASURES[one]), is_number=True) for one in measures),
        Column("state", gettext("Figure from")),
    ]


def _beside_columns(chosen: Beside) -> list[Column]:
    """The share of people with both its numbers, beside the connection."""
    return [
        Column("name", gettext("Village")),
        Column("municipality", gettext("Municipality")),
        Column("class", gettext("Settlement class")),
        Column("dwellings", str(DWELLINGS), is_number=True),
        Column(
            Measure.connection_rate.value, str(MEASURES[Measure.connection_rate]), is_number=True
        ),
        Column("top", str(NUMERATORS[chosen]).capitalize(), is_number=True),
        Column("bottom", str(DENOMINATORS[chosen]).capitalize(), is_number=True),
        Column("shown", str(MEASURES[chosen]), is_number=True),
        Column("state", gettext("Figure from")),
    ]


def municipality_columns(chosen: Shown) -> list[Column]:
    """The sides of the chosen measure, their difference, and what stands behind them."""
    if isinstance(chosen, Beside):
        basis = [
            Column("m.whole", gettext("All"), is_number=True),
            Column("m.bottom", str(DENOMINATORS[chosen]).capitalize(), is_number=True),
        ]
    else:
        basis = [
            Column("m.whole", gettext("All dwellings"), is_number=True),
            Column("m.dwellings", str(DWELLINGS), is_number=True),
            Column("m.reported", gettext("Have reported"), is_number=True),
        ]
    points = gettext("percentage points")
    return [
        Column("m.name", gettext("Municipality")),
        Column("m.rural", gettext("Rural"), is_number=True),
        Column("m.urban", gettext("Urban"), is_number=True),
        Column("m.gap", gettext("Gap"), is_number=True, unit=points),
        *basis,
    ]


def sorted_villages(rows: Sequence[VillageFigures], sorting: Sorting) -> list[VillageFigures]:
    """The villages in order; they come by name."""
    keys: Mapping[str, Callable[[VillageFigures], Value]] = {
        "name": lambda row: swedish_key(row.name),
        "municipality": lambda row: swedish_key(row.municipality_name),
        "class": lambda row: row.settlement_class,
        "dwellings": lambda row: row.dwellings,
        "passed": lambda row: row.counts.homes_passed,
        "connected": lambda row: row.counts.connected,
        "top": lambda row: row.share.numerator,
        "bottom": lambda row: row.share.denominator,
        "shown": lambda row: row.share.value,
        "state": lambda row: _STATES.index(row.state),
        **{measure.value: _share_of(measure) for measure in Measure},
    }
    return _sorted(rows, keys[sorting.key], is_descending=sorting.is_descending)


def sorted_municipalities(
    rows: Sequence[MunicipalityFigures], sorting: Sorting
) -> list[MunicipalityFigures]:
    """The municipalities in order; equal ones by name."""
    keys: Mapping[str, Callable[[MunicipalityFigures], Value]] = {
        "m.name": lambda row: swedish_key(row.name),
        "m.rural": lambda row: row.rural.share.value,
        "m.urban": lambda row: row.urban.share.value,
        "m.gap": lambda row: row.points,
        "m.whole": lambda row: row.whole.share.value,
        "m.bottom": lambda row: row.whole.denominator,
        "m.dwellings": lambda row: row.whole.register_dwellings,
        "m.reported": lambda row: row.reported_share.value,
    }
    by_name = _sorted(rows, keys["m.name"], is_descending=False)
    return _sorted(by_name, keys[sorting.key], is_descending=sorting.is_descending)


def _share_of(measure: Measure) -> Callable[[VillageFigures], Value]:
    return lambda row: row.share_of(measure).value


def _sorted(rows: Sequence[Row], key: Callable[[Row], Value], *, is_descending: bool) -> list[Row]:
    """By the key, and last, whichever way one sorts, what has none."""
    known = [row for row in rows if key(row) is not None]
    unknown = [row for row in rows if key(row) is None]
    return [*sorted(known, key=lambda row: _known(key(row)), reverse=is_descending), *unknown]


def _known(value: Value) -> tuple[float, str]:
    """A key that numbers and texts have in common."""
    if isinstance(value, str):
        return 0.0, value
    return float(value or 0), ""
