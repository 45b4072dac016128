"""The cells to be published, with the amounts in them that can be too small to show."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from outreach.measures.classes import FineClass, Group, Scheme, SettlementClass
from outreach.measures.rates import Measure

IntArray = npt.NDArray[np.int64]

RANKS = {fine: rank for rank, fine in enumerate(FineClass)}
DEFAULT_K = 5
"""The smallest count above zero that may be shown, unless the region sets another."""

CUTS = len(RANKS) + 1
"""Places where the row of fine classes can be cut: before, between and after them."""


class Part(StrEnum):
    """What an area's published sums are taken over: all of it, a class, or a side of a scheme."""

    total = "total"
    tatort = "tatort"
    smaort = "smaort"
    outside = "outside"
    pts_urban = "pts_urban"
    pts_rural = "pts_rural"
    scb_urban = "scb_urban"
    scb_rural = "scb_rural"
    large_urban = "large_urban"
    large_rural = "large_rural"


SPANS = {
    Part.total: (0, 6),
    Part.tatort: (0, 3),
    Part.smaort: (3, 4),
    Part.outside: (4, 5),
    Part.pts_urban: (0, 4),
    Part.pts_rural: (4, 5),
    Part.scb_urban: (0, 3),
    Part.scb_rural: (3, 5),
    Part.large_urban: (0, 1),
    Part.large_rural: (2, 5),
}
"""Each part as a stretch of the fine classes, from one cut to another."""


def part_of(scheme: Scheme, group: Group) -> Part:
    """The part that is one side of a scheme."""
    return Part(f"{scheme}_{group}")


def part_of_class(settlement_class: SettlementClass) -> Part:
    """The part that is one settlement class."""
    return Part(settlement_class.value)


class Cell(NamedTuple):
    """One village's counts on one date; None is unknown. See `disclosure.disclose`.

    A tuple, as a county's are made, hashed and changed by the ten thousand.
    """

    village: int
    date: date
    county: str
    municipality: str
    fine_class: FineClass
    dwellings: int | None
    homes_passed: int | None
    connected: int | None
    active: int | None


PASSED, CONNECTED, ACTIVE, UNPASSED, UNCONNECTED, LEFT, IDLE = (1 << bit for bit in range(7))
"""The amounts of a cell that must not be small: three counts, and what is left of the rates:
dwellings not passed, dwellings not connected, passed not connected, connected not active.
"""

KIND_MEASURES = {1: Measure.coverage, 2: Measure.connection_rate, 4: Measure.take_up}
"""A cell's kind is the sum of the keys whose measure has both of its counts in the cell."""


class Table:
    """All cells with anything reported, by village and date, with what is derived from them.

    Row by row: `days` (the date's place among all dates), `kinds`, `masks` (which of the seven
    amounts are above zero), `small` (whether one of them is above zero and under k, or the cell
    is withheld for another reason) and `tiny` (whether the dwellings are).
    """

    def __init__(
        self, cells: Iterable[Cell], k: int, *, also: Collection[tuple[int, date]] = ()
    ) -> None:
        """Sort and measure the cells; two cells for one village and date are an error.

        `also` are villages and dates to be withheld whatever their amounts are.
        """
        reported = (
            cell
            for cell in cells
            if not (cell.homes_passed is None and cell.connected is None and cell.active is None)
        )
        self.k = k
        self.cells: list[Cell] = sorted(reported, key=attrgetter("village", "date"))
        for one, other in pairwise(self.cells):
            if one.village == other.village and one.date == other.date:
                raise ValueError(f"two cells for village {one.village} on {one.date}")
        self.dates = sorted({cell.date for cell in self.cells})
        place = {day: index for index, day in enumerate(self.dates)}
        self.days = [place[cell.date] for cell in self.cells]
        self._measure()
        for row, cell in enumerate(self.cells):
            self.small[row] |= (cell.village, cell.date) in also

    def _measure(self) -> None:
        dwellings, passed, connected, active = (
            np.array([_or_minus_one(getattr(cell, name)) for cell in self.cells], dtype=np.int64)
            for name in ("dwellings", "homes_passed", "connected", "active")
        )
        amounts = np.stack(
            [
                np.maximum(passed, 0),
                np.maximum(connected, 0),
                np.maximum(active, 0),
                _left(dwellings, passed),
                _left(dwellings, connected),
                _left(passed, connected),
                _left(connected, active),
            ],
            axis=1,
        )
        tiny = (dwellings > 0) & (dwellings < self.k)
        small = ((amounts > 0) & (amounts < self.k)).any(axis=1) | tiny
        kinds = (
            1 * ((dwellings >= 0) & (passed >= 0))
            + 2 * ((dwellings >= 0) & (connected >= 0))
            + 4 * ((passed >= 0) & (connected >= 0))
        )
        self._columns: list[list[int]] = amounts.T.tolist()
        self.masks: list[int] = ((amounts > 0) @ (1 << np.arange(7))).tolist()
        self.tiny: list[bool] = tiny.tolist()
        self.small: list[bool] = small.tolist()
        self.kinds: list[int] = kinds.tolist()

    def shortfall(self, rows: Sequence[int]) -> int:
        """The amounts whose sum over the rows is above zero and under k."""
        bits = 0
        for bit, column in enumerate(self._columns):
            if 0 < sum([column[row] for row in rows]) < self.k:
                bits |= 1 << bit
        return bits

    def wishes(self, rows: Sequence[int]) -> int:
        """The amounts that had better not be zero in the sum of the rows.

        Where none of the rows is passed, or all dwellings are, each row's count follows from
        its dwellings; that is a count under k where the dwellings are.
        """
        if not any(self.tiny[row] for row in rows):
            return 0
        known = self.kinds[rows[0]]
        pairs = (known & 1) * (PASSED | UNPASSED) | (known & 2) // 2 * (CONNECTED | UNCONNECTED)
        for row in rows:
            pairs &= ~self.masks[row]
        return pairs


def _or_minus_one(count: int | None) -> int:
    return -1 if count is None else count


def _left(whole: IntArray, taken: IntArray) -> IntArray:
    """What is left of one count by another, 0 where either is unknown."""
    left: IntArray = np.where((whole >= 0) & (taken >= 0), np.maximum(whole - taken, 0), 0)
    return left
