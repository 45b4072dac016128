"""The attacker against counts withheld one by one: it also knows that each contains the next."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations

from outreach.measures.disclosure import Cell, WithheldCounts
from outreach.measures.rates import Measure, rate
from tests.measures.attacker import (
    NAMES,
    Rows,
    Sum,
    Unknown,
    add_row,
    counts_of,
    figures,
    parts_of,
    reduced,
    solved,
)

BELOW = (("homes_passed", "connected"), ("connected", "active"))
"""Each count with the one that is part of it."""


def published(cells: Iterable[Cell], withheld: WithheldCounts) -> list[Sum]:
    """Every sum of every measure, part, area and date that is shown and not empty."""
    members: dict[tuple[object, ...], list[Cell]] = {}
    for cell in cells:
        for measure in Measure:
            if not rate(counts_of(cell), measure).known:
                continue
            for part in parts_of(cell):
                for area in (cell.county, cell.municipality):
                    if not withheld.hides_sum(area, cell.date, part=part, measure=measure):
                        members.setdefault((area, cell.date, part, measure), []).append(cell)
    return [Sum(tuple(inside), Measure(str(key[3]))) for key, inside in members.items()]


def is_hidden(cell: Cell, name: str, withheld: WithheldCounts) -> bool:
    return getattr(cell, name) is not None and withheld.hides_count(cell.village, cell.date, name)


def is_known(cell: Cell, name: str, withheld: WithheldCounts) -> bool:
    """Whether a count is shown, or lies between two shown ones that are equal."""
    order = ("active", "connected", "homes_passed")
    at = order.index(name)
    floor = [0] + [
        getattr(cell, other)
        for other in order[: at + 1]
        if getattr(cell, other) is not None and not is_hidden(cell, other, withheld)
    ]
    ceiling = [
        getattr(cell, other)
        for other in (*order[at:], "dwellings")
        if getattr(cell, other) is not None
        and (other == "dwellings" or not is_hidden(cell, other, withheld))
    ]
    return bool(ceiling) and max(floor) == min(ceiling)


def determined_counts(cells: list[Cell], withheld: WithheldCounts) -> set[tuple[str, Unknown]]:
    """The withheld counts that follow, count by count, over all dates.

    Unlike one that sees all counts withheld together, this attacker takes a figure for the same
    only if the whole report stayed the same. That a figure is 0 where there were no dwellings
    is known to anyone; it may help to find others, but is nothing found.
    """
    figure = figures(cells)
    sums = published(cells, withheld)
    empty = {figure[cell] for cell in cells if cell.dwellings == 0}
    found: set[tuple[str, Unknown]] = set()
    for name in NAMES:
        given = [cell for cell in cells if getattr(cell, name) is not None]
        known = {figure[cell] for cell in given if is_known(cell, name, withheld)}
        hidden = {figure[cell] for cell in given if is_hidden(cell, name, withheld)}
        equations = {
            frozenset(figure[cell] for cell in one.cells) - known
            for one in sums
            if name in (one.measure.numerator_field, one.measure.denominator_field)
        }
        found |= {(name, unknown) for unknown in hidden & (known | solved(equations)) - empty}
    return found


def too_small_counts(
    cells: list[Cell], withheld: WithheldCounts, k: int, *, most: int = 8
) -> list[tuple[str, set[int]]]:
    """Amounts above zero and under k that follow on a date, by name and villages.

    For every choice of villages with a count withheld whose sum of it follows: the sum, the
    dwellings left by it, what of it is left by the part of it that follows or is shown, and what
    is left by the shown alone. Figures known to be 0 as there were no dwellings are left out.
    """
    found = []
    figure = figures(cells)
    empty = {figure[cell] for cell in cells if cell.dwellings == 0}
    sums = published(cells, withheld)
    for day in {cell.date for cell in cells}:
        today = [one for one in sums if one.cells[0].date == day]
        secret = [c for c in cells if c.date == day and figure[c] not in empty]
        spans = {each: _span(each, today, secret, withheld) for each in NAMES}
        for name in NAMES:
            hidden = [cell for cell in secret if is_hidden(cell, name, withheld)]
            if len(hidden) > most:
                continue
            for count in range(1, len(hidden) + 1):
                for group in combinations(hidden, count):
                    if _follows(group, spans[name]):
                        found += [
                            (label, {cell.village for cell in group})
                            for label, amount in _amounts(group, name, spans, withheld)
                            if 0 < amount < k
                        ]
    return found


def _amounts(
    group: tuple[Cell, ...], name: str, spans: dict[str, Rows[int]], withheld: WithheldCounts
) -> Iterator[tuple[str, int]]:
    total = sum(getattr(cell, name) for cell in group)
    yield name, total
    if all(cell.dwellings is not None for cell in group):
        yield f"dwellings left by {name}", sum(cell.dwellings or 0 for cell in group) - total
    for whole, within in BELOW:
        if whole != name or any(getattr(cell, within) is None for cell in group):
            continue
        concealed = tuple(cell for cell in group if is_hidden(cell, within, withheld))
        shown = sum(getattr(cell, within) for cell in group if cell not in concealed)
        yield f"{name} left by the {within} shown", total - shown
        if _follows(concealed, spans[within]):
            concealed_sum = sum(getattr(cell, within) for cell in concealed)
            yield f"{name} left by {within}", total - shown - concealed_sum


def _follows(group: tuple[Cell, ...], span: Rows[int]) -> bool:
    return not reduced({cell.village: Fraction(1) for cell in group}, span)


def _span(name: str, sums: list[Sum], secret: list[Cell], withheld: WithheldCounts) -> Rows[int]:
    rows: Rows[int] = []
    for one in sums:
        if name in (one.measure.numerator_field, one.measure.denominator_field):
            hidden = [
                cell for cell in one.cells if cell in secret and is_hidden(cell, name, withheld)
            ]
            add_row(rows, {cell.village: Fraction(1) for cell in hidden})
    return rows
