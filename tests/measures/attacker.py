"""An attacker who has read everything published, on every date, and can solve equations.

It knows nothing of how the withholding is done: it reads which villages and sums are shown,
writes down one equation for each count of each shown sum, and solves them exactly.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from outreach.measures.classes import FineClass, Group, Scheme, SettlementClass, group_of
from outreach.measures.disclosure import Cell, Part, Withheld
from outreach.measures.rates import Counts, Measure, rate

Unknown = tuple[int, int]
"""A village and which of its figures it is, counted from its first date."""

U = TypeVar("U")
Vector = dict[int, Fraction]
Rows = list[tuple[U, dict[U, Fraction]]]
NAMES = ("homes_passed", "connected", "active")
LEFT = (
    ("homes_passed", "dwellings"),
    ("connected", "dwellings"),
    ("connected", "homes_passed"),
    ("active", "connected"),
)

CLASSES = {
    FineClass.tatort_large: (SettlementClass.tatort, 3_000),
    FineClass.tatort_unsized: (SettlementClass.tatort, None),
    FineClass.tatort_small: (SettlementClass.tatort, 2_999),
    FineClass.smaort: (SettlementClass.smaort, None),
    FineClass.outside: (SettlementClass.outside, None),
}


@dataclass(frozen=True)
class Sum:
    """A published sum: the cells in it, and the two counts it gives."""

    cells: tuple[Cell, ...]
    measure: Measure


def parts_of(cell: Cell) -> set[Part]:
    """Every part a cell counts in, by the schemes' own words."""
    if cell.fine_class is FineClass.unclassed:
        return {Part.total}
    settlement_class, inhabitants = CLASSES[cell.fine_class]
    parts = {Part.total, Part(settlement_class.value)}
    for scheme in Scheme:
        group: Group | None = group_of(scheme, settlement_class, inhabitants=inhabitants)
        if group is not None:
            parts.add(Part(f"{scheme}_{group}"))
    return parts


def counts_of(cell: Cell) -> Counts:
    return Counts(cell.dwellings, cell.homes_passed, cell.connected, cell.active)


def published_sums(cells: Iterable[Cell], withheld: Withheld) -> list[Sum]:
    """Every sum of every measure, part, area and date that is shown and not empty."""
    members: dict[tuple[str, object, Part, Measure], list[Cell]] = {}
    for cell in cells:
        for measure in Measure:
            if not rate(counts_of(cell), measure).known:
                continue
            for part in parts_of(cell):
                for area in (cell.county, cell.municipality):
                    members.setdefault((area, cell.date, part, measure), []).append(cell)
    hidden = {(key.area, key.date, key.part, key.measure) for key in withheld.sums}
    return [Sum(tuple(inside), key[3]) for key, inside in members.items() if key not in hidden]


def figures(cells: Iterable[Cell]) -> dict[Cell, Unknown]:
    """Which cells show the same figure: neighbours in time with the same reported counts."""
    found: dict[Cell, Unknown] = {}
    last: dict[int, Cell] = {}
    for cell in sorted(cells, key=lambda cell: (cell.village, cell.date)):
        before = last.get(cell.village)
        number = 0 if before is None else found[before][1]
        if before is not None and counts_of(before) != counts_of(cell):
            reported = (before.homes_passed, before.connected, before.active)
            number += reported != (cell.homes_passed, cell.connected, cell.active)
        found[cell] = (cell.village, number)
        last[cell.village] = cell
    return found


def determined(cells: list[Cell], withheld: Withheld) -> set[tuple[str, Unknown]]:
    """The withheld counts that follow from what is shown: count's name, village and figure."""
    figure = figures(cells)
    shown = {figure[cell] for cell in cells if not is_hidden(cell, withheld)}
    sums = published_sums(cells, withheld)
    found: set[tuple[str, Unknown]] = set()
    for name in NAMES:
        hidden = {
            figure[cell]
            for cell in cells
            if is_hidden(cell, withheld) and getattr(cell, name) is not None
        }
        found |= {(name, unknown) for unknown in hidden & shown}
        equations = {
            frozenset(figure[cell] for cell in one.cells) - shown
            for one in sums
            if name in (one.measure.numerator_field, one.measure.denominator_field)
        }
        found |= {(name, unknown) for unknown in solved(equations)}
    return found


def solved(equations: Iterable[frozenset[Unknown]]) -> set[Unknown]:
    """The unknowns with one possible value, when each equation gives the sum of its unknowns."""
    rows: Rows[Unknown] = []
    for equation in sorted(equations, key=sorted):
        add_row(rows, dict.fromkeys(sorted(equation), Fraction(1)))
    return {pivot for pivot, row in rows if len(row) == 1}


def add_row(rows: Rows[U], equation: dict[U, Fraction]) -> None:
    """Gauss and Jordan: keep every row's first unknown out of all the others."""
    row = reduced(equation, rows)
    if not row:
        return
    pivot = next(iter(row))
    row = {unknown: value / row[pivot] for unknown, value in row.items()}
    rows[:] = [(first, reduced(other, [(pivot, row)])) for first, other in rows]
    rows.append((pivot, row))


def reduced(equation: dict[U, Fraction], rows: Rows[U]) -> dict[U, Fraction]:
    """What is left of an equation when the rows are taken from it; nothing if it follows."""
    row = dict(equation)
    for pivot, other in rows:
        factor = row.get(pivot, Fraction(0))
        if factor:
            for unknown, value in other.items():
                row[unknown] = row.get(unknown, Fraction(0)) - factor * value
    return {unknown: value for unknown, value in row.items() if value}


def is_hidden(cell: Cell, withheld: Withheld) -> bool:
    return (cell.village, cell.date) in withheld.villages


def too_small(cells: list[Cell], withheld: Withheld, k: int) -> list[tuple[str, set[int]]]:
    """Sums of withheld counts above zero and under k: the measure and the villages.

    Those that are shown, or follow from two shown sums of one date and measure.
    """
    by_place: dict[tuple[object, Measure], set[frozenset[Cell]]] = {}
    for one in published_sums(cells, withheld):
        hidden = frozenset(cell for cell in one.cells if is_hidden(cell, withheld))
        by_place.setdefault((one.cells[0].date, one.measure), set()).add(hidden)
    found = []
    for (_, measure), groups in by_place.items():
        derived = set(groups)
        for one_group, other in combinations(groups, 2):
            if one_group < other or other < one_group:
                derived.add(one_group ^ other)
        found += [
            (measure.value, {cell.village for cell in group})
            for group in derived
            if any(0 < amount < k for amount in amounts(group, measure))
        ]
    return found


def amounts(cells: Iterable[Cell], measure: Measure) -> Iterator[int]:
    """What the sums of a measure over some cells give away, but for the register's dwellings."""
    tops, bottoms = 0, 0
    for cell in cells:
        share = rate(counts_of(cell), measure)
        tops += share.numerator or 0
        bottoms += share.denominator or 0
    yield tops
    yield bottoms - tops
    if measure.denominator_field != "dwellings":
        yield bottoms


def any_too_small(
    cells: list[Cell], withheld: Withheld, k: int, *, most: int = 9
) -> list[tuple[str, set[int]]]:
    """Like `too_small`, for every choice of withheld villages whose sum follows from shown ones.

    From any number of them, of one date. Dates with more than `most` withheld villages are passed
    over.
    """
    found = []
    sums = published_sums(cells, withheld)
    for day in {cell.date for cell in cells}:
        hidden = [cell for cell in cells if cell.date == day and is_hidden(cell, withheld)]
        if len(hidden) > most:
            continue
        spans = {
            name: _span(_equations(name, [one for one in sums if one.cells[0].date == day], hidden))
            for name in NAMES
        }
        for count in range(1, len(hidden) + 1):
            for group in combinations(hidden, count):
                found += [
                    (label, {cell.village for cell in group})
                    for label, amount in _derived(group, spans)
                    if 0 < amount < k
                ]
    return found


def _equations(name: str, sums: list[Sum], hidden: list[Cell]) -> list[Vector]:
    return [
        {cell.village: Fraction(1) for cell in one.cells if cell in hidden}
        for one in sums
        if name in (one.measure.numerator_field, one.measure.denominator_field)
    ]


def _derived(group: tuple[Cell, ...], spans: dict[str, Rows[int]]) -> Iterator[tuple[str, int]]:
    """The amounts of a group that follow: counts, and what is left of one by another."""
    known = {"dwellings": _total(group, "dwellings")}
    for name in NAMES:
        target = {cell.village: Fraction(1) for cell in group}
        known[name] = None if reduced(target, spans[name]) else _total(group, name)
    for name in NAMES:
        count = known[name]
        if count is not None:
            yield name, count
    for name, within in LEFT:
        count, whole = known[name], known[within]
        if count is not None and whole is not None:
            yield f"{within} left by {name}", whole - count


def _total(group: Iterable[Cell], name: str) -> int | None:
    counts = [getattr(cell, name) for cell in group]
    return None if None in counts else sum(counts)


def _span(equations: Iterable[Vector]) -> Rows[int]:
    rows: Rows[int] = []
    for equation in equations:
        add_row(rows, equation)
    return rows


def is_small(cell: Cell, k: int) -> bool:
    """The primary rule, in its own words."""
    counts = counts_of(cell)
    numbers = [counts.dwellings, counts.homes_passed, counts.connected, counts.active]
    if all(number is None for number in numbers[1:]):
        return False
    if any(number is not None and 0 < number < k for number in numbers):
        return True
    shares = [rate(counts, measure) for measure in Measure]
    return any(
        0 < share.denominator - share.numerator < k
        for share in shares
        if share.numerator is not None and share.denominator is not None
    )
