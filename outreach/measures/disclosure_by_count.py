"""Disclosure control count by count: what is small withholds itself, not the village's others.

`disclosure.disclose` withholds all counts of a village together. Here each count is withheld by
itself, one after the other; dwellings are the register's, and public.

**Each count is a linear system of its own.** A published sum adds one count over villages, never
two. So what follows by adding and subtracting follows count by count, and each is withheld by a
run of the same search, which gives every withheld figure its certificate:

1. *connected*, from dwellings and connected. The denominators of the activation are sums of
   connected over the villages with active counts; the run knows those sums as well.
2. *homes passed*, from dwellings, homes passed and connected: too few passed but not connected
   withholds the homes passed, and with it the take-up; the connection rate stays.
3. *active*, from connected and active, of the villages that have active counts.

**What ties the counts together are inequalities**: active <= connected <= passed <= dwellings.
They let one count bound another, and are met so:

- *Where connected is withheld, so are the other two.* Otherwise passed = 0 would give it, and
  active would bound it from below. So a withheld connected is known to lie between zero and the
  dwellings and no closer; withheld homes passed between connected and dwellings, which are none
  or at least k apart as connected is shown; withheld active between zero and connected likewise.
- *None apart* is a figure known: homes passed where all dwellings are connected, active where
  none is, all three where there is no dwelling. Nobody can hide behind it, so it is left out of
  the run. It is shown, as nothing in it is small; but where the dwellings alone came to be too
  few, zeros known from earlier are withheld for the rates' sake.
- *Sums.* A sum that the connected run unpublished is unpublished in the other two. So wherever a
  sum of homes passed can be derived over some withheld villages, the connected of those can too,
  partly from villages and partly from sums; and what is left, passed less connected, is one of
  the amounts the run keeps at none or at least k. The same holds for connected less active. If
  it is none, passed equals connected in each, and what is known of one is known of the other;
  neither is then small, where connected is shown.

**Blanks.** Where a village of a county lacks dwellings, homes passed or connected that others
have, or breaks the order of the counts, measures are summed over different villages. Then the
whole county is left to `disclose`: all counts together. Active may be blank.

What `disclosure` says of its limits holds here too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from outreach.measures.rates import Measure
from outreach.measures.suppression.outcome import (
    Withheld,
    withhold,
    withhold_within,
)
from outreach.measures.suppression.table import DEFAULT_K, Cell, Part

_Key = tuple[int, date]

RUNS: Mapping[Measure, tuple[tuple[str, Measure], ...]] = {
    Measure.coverage: (("homes_passed", Measure.coverage),),
    Measure.connection_rate: (("connected", Measure.connection_rate),),
    Measure.take_up: (
        ("homes_passed", Measure.take_up),
        ("connected", Measure.connection_rate),
    ),
    Measure.activation: (("active", Measure.activation), ("connected", Measure.activation)),
}
"""The runs that have a say in a measure's sums, and what the sums are called in each. The
numerator of the take-up is that of the connection rate, as no village has one without the other.
"""


@dataclass(frozen=True, slots=True)
class WithheldCounts:
    """What the public may not see, by the name of the count: `homes_passed` and so on."""

    by_count: Mapping[str, Withheld]

    @classmethod
    def together(cls, withheld: Withheld) -> "WithheldCounts":
        """All counts of a village withheld where one is."""
        return cls(dict.fromkeys(("homes_passed", "connected", "active"), withheld))

    def hides_count(self, village: int, day: date, name: str) -> bool:
        """Whether one of a village's counts is withheld on a date; its dwellings never are."""
        return name in self.by_count and self.by_count[name].hides_village(village, day)

    def hidden_villages(self, day: date, name: str) -> Iterable[int]:
        """The villages one of whose counts is withheld on a date."""
        withheld = self.by_count.get(name)
        return [] if withheld is None else [one for one, on in withheld.villages if on == day]

    def hides_sum(self, area: str, day: date, *, part: Part, measure: Measure) -> bool:
        """Whether a measure's sums over a part of an area are withheld on a date."""
        return any(
            self.by_count[name].hides_sum(area, day, part=part, measure=known_as)
            for name, known_as in RUNS[measure]
        )


def disclose_counts(cells: Iterable[Cell], *, k: int = DEFAULT_K) -> WithheldCounts:
    """What to withhold of each count. Takes the same cells as `disclosure.disclose`."""
    counties: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        if not (cell.homes_passed is None and cell.connected is None and cell.active is None):
            counties[cell.county].append(cell)
    found = [_of_county(counties[code], k) for code in sorted(counties)]
    return WithheldCounts(
        {
            name: Withheld(
                frozenset().union(*(one.by_count[name].villages for one in found)),
                frozenset().union(*(one.by_count[name].sums for one in found)),
            )
            for name in ("homes_passed", "connected", "active")
        }
    )


def _of_county(cells: Collection[Cell], k: int) -> WithheldCounts:
    if not all(_is_whole(cell) for cell in cells):
        return WithheldCounts.together(withhold(cells, k))
    empty = _empty(cells)
    rest = [cell for cell in cells if cell not in empty]
    connected, gaps = withhold_within(map(_for_connected, rest), k)
    hidden = connected.villages
    passed, _ = withhold_within(_for_passed(rest, hidden), k, also=hidden, gaps=gaps)
    active, _ = withhold_within(_for_active(rest, hidden), k, also=hidden, gaps=gaps)
    few = {(cell.village, cell.date) for cell in empty if 0 < (cell.dwellings or 0) < k}
    runs = {"homes_passed": passed, "connected": connected, "active": active}
    return WithheldCounts(
        {name: Withheld(run.villages | few, run.sums) for name, run in runs.items()}
    )


def _empty(cells: Iterable[Cell]) -> frozenset[Cell]:
    """The cells of figures that are known to be zero, as there once was no dwelling."""
    by_figure = groupby(
        sorted(cells, key=lambda cell: (cell.village, cell.date)),
        key=lambda cell: (cell.village, cell.homes_passed, cell.connected, cell.active),
    )
    figures = [list(figure) for _, figure in by_figure]
    return frozenset(
        cell for figure in figures if any(one.dwellings == 0 for one in figure) for cell in figure
    )


def _is_whole(cell: Cell) -> bool:
    """Whether the counts are there, in their order; only active may be blank."""
    if cell.dwellings is None or cell.homes_passed is None or cell.connected is None:
        return False
    return 0 <= (cell.active or 0) <= cell.connected <= cell.homes_passed <= cell.dwellings


def _for_connected(cell: Cell) -> Cell:
    """With connected in the place of active.

    As the denominator of the activation it is summed over the villages with active counts.
    """
    active = None if cell.active is None else cell.connected
    return Cell(*cell[:6], None, cell.connected, active)


def _for_passed(cells: Iterable[Cell], hidden: Collection[_Key]) -> list[Cell]:
    """Without the figures known from connected: on one date it was shown to be all dwellings."""
    open_cells = [cell for cell in cells if (cell.village, cell.date) not in hidden]
    known = {_figure(cell) for cell in open_cells if cell.connected == cell.dwellings}
    given = {(cell.village, cell.date) for cell in open_cells if _figure(cell) in known}
    return [Cell(*cell[:8], None) for cell in cells if (cell.village, cell.date) not in given]


def _for_active(cells: Iterable[Cell], hidden: Collection[_Key]) -> list[Cell]:
    """Those with active counts, without the zeros known from connected."""
    return [
        Cell(*cell[:6], None, *cell[7:])
        for cell in cells
        if cell.active is not None and (cell.connected or (cell.village, cell.date) in hidden)
    ]


def _figure(cell: Cell) -> tuple[int, int | None, int | None]:
    return cell.village, cell.homes_passed, cell.connected
