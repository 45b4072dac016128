"""What `village_status` should hold, worked out the slow and obvious way, one row at a time.

Written from docs and domain rules, not from the SQL: the two must agree on whatever is thrown at
them.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Figure:
    """One approved count of one association."""

    association: int
    village: int
    kind: str
    on: date
    uses_register: bool
    dwellings: int | None
    passed: int | None
    connected: int | None
    active: int | None


@dataclass
class World:
    """Everything that the status of a village follows from."""

    villages: list[int]
    classes: dict[int, list[tuple[date, str]]] = field(default_factory=dict)
    population: dict[int, list[tuple[date, int]]] = field(default_factory=dict)
    register: dict[tuple[int, str], list[tuple[date, int]]] = field(default_factory=dict)
    served: list[tuple[int, int, date, date | None]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


Row = tuple[object, ...]


def status(world: World, on: date, *, months: int) -> dict[tuple[int, str], Row]:
    """Per village and dwelling type: the row without its place columns."""
    rows = {}
    for village in world.villages:
        for kind in ("permanent", "holiday", "workplace"):
            row = _row(world, village, kind, on, months)
            if row is not None:
                rows[village, kind] = row
    return rows


def _row(world: World, village: int, kind: str, on: date, months: int) -> Row | None:
    serving = {
        association
        for association, served, start, end in world.served
        if served == village and start <= on and (end is None or on < end)
    }
    latest: dict[int, Figure] = {}
    for figure in sorted(world.figures, key=lambda figure: figure.on):
        is_empty = {figure.dwellings, figure.passed, figure.connected, figure.active} == {None}
        if figure.village == village and figure.kind == kind and figure.on <= on and not is_empty:
            latest[figure.association] = figure
    expected = serving if kind == "permanent" else serving & set(latest)
    if kind != "permanent" and not latest:
        return None
    register = _as_of(world.register.get((village, kind), []), on)
    used = [f for f in latest.values() if _months_old(f.on, on) <= months]
    reported_by_serving = [f.on for f in used if f.association in serving]
    used = [
        f
        for f in used
        if f.association in serving or not reported_by_serving or f.on >= max(reported_by_serving)
    ]
    facts = (
        _as_of(world.classes.get(village, []), on),
        _as_of(world.population.get(village, []), on),
        register,
    )
    if not used:
        state = "missing" if expected else "not_expected"
        return (*facts, state, 0, None, None, None, None, None)
    current = {f.association for f in used if f.on == on}
    is_current = all(f.on == on for f in used) and expected <= current
    dwellings = _dwellings(used, register)
    passed = _least(_total([f.passed for f in used]), dwellings)
    connected = _least(_total([f.connected for f in used]), passed, dwellings)
    active = _least(_total([f.active for f in used]), connected)
    state = "reported" if is_current else "carried_forward"
    reported_on = min(f.on for f in used)
    return (*facts, state, len(used), reported_on, dwellings, passed, connected, active)


def _dwellings(used: list[Figure], register: int | None) -> int | None:
    stated = []
    for figure in used:
        first, second = figure.dwellings, register
        if figure.uses_register:
            first, second = register, figure.dwellings
        stated.append(second if first is None else first)
    known = [value for value in stated if value is not None]
    if not known:
        return None
    counted = [n for f in used for n in (f.passed, f.connected) if n is not None]
    return max(known + counted)


def _total(parts: list[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _least(value: int | None, *limits: int | None) -> int | None:
    if value is None:
        return None
    return min([value, *(limit for limit in limits if limit is not None)])


def _months_old(then: date, now: date) -> float:
    """Whole months, and a half for any days beyond them."""
    whole = (now.year - then.year) * 12 + now.month - then.month
    return whole + (0.5 if now.day > then.day else 0) - (0.5 if now.day < then.day else 0)


def _as_of(rows: list[tuple[date, object]], on: date) -> object:
    ordered = sorted(rows, key=lambda row: row[0])
    before = [value for day, value in ordered if day <= on]
    if before:
        return before[-1]
    return ordered[0][1] if ordered else None
