"""Cycles in time: what keeps a withheld figure from following from sums over many dates.

Take the dates' limits as the points of a graph and each spell as a line from where it starts to
where it ends. Go round a closed walk, adding 1 to the figures walked forwards and taking 1 from
those walked backwards: the sum over all of them stays the same on every date. So if a withheld
spell lies on a cycle of withheld spells, all that is known of their sums fits other values of it
as well. If it lies on none it is a bridge, and follows from the sums by subtraction.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from outreach.measures.suppression.spells import Spell


class Signed(NamedTuple):
    """A spell of a certificate, and whether its figures go up or down by one."""

    spell: Spell
    sign: int


Certificate = list[Signed]
"""Changes to withheld figures that leave the sums the certificate was made for as they are."""

Line = tuple[int, int]


def exposed(spells: Iterable[Spell]) -> list[Spell]:
    """The hidden spells among these that lie on no cycle of hidden, usable ones."""
    hidden = [spell for spell in spells if spell.hidden]
    lines = Counter((spell.start, spell.end) for spell in hidden if spell.usable)
    single = _bridges(lines)
    piece = _pieces(lines)
    return [
        spell
        for spell in hidden
        if (
            (spell.start, spell.end) in single
            if spell.usable
            else piece.get(spell.start, -1) != piece.get(spell.end, -2)
        )
    ]


def cheapest_cycle(own: Sequence[Spell], spells: Iterable[Spell]) -> Certificate | None:
    """The cycle through a figure and usable spells that withholds the least more; or None.

    `own` is the figure's spell, or all its spells in order if they follow each other. Spells
    hidden already cost next to nothing; the rest their dwellings times dates.
    """
    start, end = own[0].start, own[-1].end
    roads: dict[int, list[tuple[int, int, Signed]]] = defaultdict(list)
    for price, other in _best_lines(own, spells).values():
        roads[other.start].append((price, other.end, Signed(other, -1)))
        roads[other.end].append((price, other.start, Signed(other, 1)))
    done: set[int] = set()
    arrived: dict[int, tuple[int, Signed]] = {}
    heap: list[tuple[int, int, int, Signed | None]] = [(0, start, start, None)]
    while heap:
        paid, here, before, by = heappop(heap)
        if here in done:
            continue
        done.add(here)
        if by is not None:
            arrived[here] = (before, by)
        if here == end:
            return [Signed(spell, 1) for spell in own] + _walk_back(arrived, start, end)
        for price, there, signed in roads[here]:
            if there not in done:
                heappush(heap, (paid + price, there, here, signed))
    return None


def _best_lines(own: Sequence[Spell], spells: Iterable[Spell]) -> dict[Line, tuple[int, Spell]]:
    """The cheapest usable spell for each pair of ends, other than the figure's own."""
    best: dict[Line, tuple[int, Spell]] = {}
    for other in spells:
        if other in own or not other.usable:
            continue
        price = other.end - other.start + (0 if other.hidden else 1_000 * other.cost)
        line = (other.start, other.end)
        known = best.get(line)
        if known is None or (price, other.village) < (known[0], known[1].village):
            best[line] = (price, other)
    return best


def _walk_back(arrived: dict[int, tuple[int, Signed]], start: int, end: int) -> Certificate:
    here, walked = end, []
    while here != start:
        here, signed = arrived[here]
        walked.append(signed)
    return walked


def _bridges(lines: Counter[Line]) -> set[Line]:
    """The lines without which the points at their ends would not be connected."""
    roads = _roads(lines)
    order: dict[int, int] = {}
    lowest: dict[int, int] = {}
    found: set[Line] = set()

    def visit(here: int, before: int | None) -> None:
        order[here] = lowest[here] = len(order)
        for there in sorted(roads[here]):
            if there == before:
                continue
            if there in order:
                lowest[here] = min(lowest[here], order[there])
                continue
            visit(there, here)
            lowest[here] = min(lowest[here], lowest[there])
            line = (min(here, there), max(here, there))
            if lowest[there] > order[here] and lines[line] == 1:
                found.add(line)

    for point in sorted(roads):
        if point not in order:
            visit(point, None)
    return found


def _roads(lines: Iterable[Line]) -> dict[int, set[int]]:
    """The points each point has a line to."""
    roads: dict[int, set[int]] = defaultdict(set)
    for start, end in lines:
        roads[start].add(end)
        roads[end].add(start)
    return roads


def _pieces(lines: Iterable[Line]) -> dict[int, int]:
    """A number for each point, equal for points that lines connect."""
    piece: dict[int, int] = {}
    for start, end in sorted(lines):
        one, other = piece.setdefault(start, start), piece.setdefault(end, end)
        if one != other:
            piece.update({point: one for point, number in piece.items() if number == other})
    return piece
