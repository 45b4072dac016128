"""Spells: stretches of dates on which a village shows the same figures in the same stratum."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from outreach.measures.suppression.table import RANKS, Cell, Table


class Stratum(NamedTuple):
    """Where a cell counts: its municipality, its fine class, and whether it has active counts."""

    county: str
    municipality: str
    rank: int
    active: bool


@dataclass(slots=True, eq=False)
class Spell:
    """The dates from `start` to just before `end` on which one figure was shown in one stratum.

    A spell that is not the only one of its figure, or has no dwellings, is not `usable`: others
    can't hide behind it. So whether a figure of several spells is withheld is settled at the
    start, for all of them. `cost` is what withholding takes from the public: dwellings times
    dates.
    """

    village: int
    figure: int
    stratum: Stratum
    kind: int
    row: int
    start: int
    end: int
    cost: int
    usable: bool
    hidden: bool = False
    secured: bool = False

    def row_on(self, day: int) -> int:
        """The table's row for this spell on one of its days."""
        return self.row + day - self.start

    @property
    def order(self) -> tuple[int, int, int]:
        """Cheapest first, and the same on every run."""
        return self.cost, self.village, self.start


def spells_of(table: Table) -> list[Spell]:
    """All spells, in order of village and date; those of a figure with a small amount hidden."""
    spells: list[Spell] = []
    for figure, rows in enumerate(_figures(table)):
        hidden = any(table.small[row] for row in rows)
        parts = list(_unbroken(table, rows))
        for part in parts:
            spell = _spell(table, figure, part)
            spell.usable &= len(parts) == 1
            spell.hidden = hidden
            spells.append(spell)
    return spells


def _figures(table: Table) -> Iterator[list[int]]:
    """Rows of one village that follow each other with equal reported counts.

    The dwellings may differ: they come from a register and give nothing away.
    """

    def figure(row: int) -> tuple[int, int | None, int | None, int | None]:
        cell = table.cells[row]
        return cell.village, cell.homes_passed, cell.connected, cell.active

    for _, rows in groupby(range(len(table.cells)), key=figure):
        yield list(rows)


def _unbroken(table: Table, rows: list[int]) -> Iterator[list[int]]:
    """A figure's rows, parted where a date is missing or the village changes its stratum."""
    part: list[int] = []
    for row in rows:
        if part and not _follows(table, part[-1], row):
            yield part
            part = []
        part.append(row)
    yield part


def _follows(table: Table, one: int, other: int) -> bool:
    before, after = table.cells[one], table.cells[other]
    return (
        table.days[other] == table.days[one] + 1
        and table.kinds[other] == table.kinds[one]
        and after.fine_class is before.fine_class
        and after.municipality == before.municipality
        and after.county == before.county
    )


def _stratum(cell: Cell) -> Stratum:
    active = cell.active is not None and cell.connected is not None
    return Stratum(cell.county, cell.municipality, RANKS[cell.fine_class], active)


def _spell(table: Table, figure: int, rows: list[int]) -> Spell:
    first = table.cells[rows[0]]
    cost, usable = 0, True
    for row in rows:
        cell = table.cells[row]
        usable &= cell.dwellings != 0
        cost += 1 + (cell.dwellings or cell.homes_passed or 0)
    return Spell(
        village=first.village,
        figure=figure,
        stratum=_stratum(first),
        kind=table.kinds[rows[0]],
        row=rows[0],
        start=table.days[rows[0]],
        end=table.days[rows[-1]] + 1,
        cost=cost,
        usable=usable,
    )
