"""The check of the sums on one date: nothing too small may follow from any of them.

In each area the published sums give the sums of its blocks (`Sums.blocks`). A municipality's
block within one block of the county is known, and adds nothing. The others, called split, do:
for any choice of the county's blocks,

- what the chosen blocks and the split ones have in common follows from the sums, all of it
  together; with it goes what municipalities don't publish at all, if it is in a chosen block;
- and if nothing of that is, what is outside of the chosen blocks in the split ones that are
  partly inside follows as well.

No other sum of cells does. (Take all blocks for the points of a graph, and each overlap of a
municipality's block with a county's for a line; what isn't published is one more point, whose
sum nobody knows. The sums that follow are the cuts of this graph.)
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, combinations, product

from outreach.measures.suppression.piles import (
    Blocks,
    Column,
    Parts,
    Pile,
    hidden_columns,
    is_unknown,
    municipal_piles,
    open_parts,
)
from outreach.measures.suppression.solver import Solver
from outreach.measures.suppression.sums import Place
from outreach.measures.suppression.table import ACTIVE, IDLE

COLUMNS_SEARCHED = 6
"""The most blocks of a county all of whose choices are tried; above it, fewer are published."""


def settle(solver: Solver) -> None:
    """Check every county and date that needs it, and mend until nothing needs mending.

    Whatever is mended puts its dates back among the unchecked, so the end is a clean check.
    """
    while solver.unchecked:
        county, day = place = min(solver.unchecked)
        solver.unchecked.discard(place)
        for municipality in solver.atlas.municipalities[county]:
            while _mended_municipality(solver, (municipality, day)):
                solver.unchecked.add(place)
        if _mended_county(solver, place):
            solver.unchecked.add(place)


def _mended_municipality(solver: Solver, place: Place) -> bool:
    """Mend the first block of a municipality that is too small; False if none is."""
    _, day = place
    piles = municipal_piles(solver.present(*place), Blocks(solver.sums, place))
    for (block, active), pile in piles.items():
        if block is None or not pile.hidden:
            continue
        need = _need(solver, [pile], day, active=False)
        if active:
            need |= _need(solver, [pile], day, active=True)
        if not need:
            continue
        if not solver.complete(need, pile.shown, day):
            _give_up_municipal(solver, place, (block, active))
        return True
    return False


def _give_up_municipal(solver: Solver, place: Place, column: Column) -> None:
    """Publish less of a municipality: its active counts, then one cut, then nothing."""
    block, active = column
    if active is not None:
        solver.sums.drop_active(place)
        return
    ranks = Blocks(solver.sums, place).ranks(block)
    cuts = solver.sums.open_cuts(place, ranks[0], ranks[-1] + 1)
    if not cuts:
        solver.sums.close(place)
        return
    solver.sums.isolate(place, max(cuts, key=lambda cut: _gain(solver, place, ranks[0], cut)))


def _gain(solver: Solver, place: Place, rank: int, cut: int) -> tuple[bool, int]:
    """How good it is for the block of a class to give up a cut.

    Best if it needs no more than that, and joins few villages with it; else the more it joins the
    better.
    """
    _, day = place
    wider = Blocks(solver.sums, place, without=cut)
    spells = [
        spell
        for spell in solver.present(*place)
        if spell.stratum.rank in wider.ranks(wider.block(rank))
    ]
    pile = Pile()
    for spell in spells:
        pile.add(spell)
    if _need(solver, [pile], day, active=False) & ~solver.offered(pile.shown, day):
        return False, len(spells)
    return True, -len(spells)


def _mended_county(solver: Solver, place: Place) -> bool:
    """Mend the first too small sum that follows from the county's blocks; False if none does."""
    county, day = place
    parts = open_parts(solver.present_in_county(county, day), solver.sums, place)
    columns = sorted({column for part in parts.values() for column in part if column[0]})
    if len(columns) > COLUMNS_SEARCHED:
        _give_up_county(solver, place, columns)
        return True
    for chosen, active, inside in product(_choices(columns), (False, True), (True, False)):
        piles = (_inside if inside else _outside)(parts, set(chosen), active=active)
        need = _need(solver, piles, day, active=active)
        if not need:
            continue
        if not solver.complete(need, chain.from_iterable(pile.shown for pile in piles), day):
            _give_up_county(solver, place, chosen)
        return True
    return False


def _inside(parts: Parts, chosen: set[Column], *, active: bool) -> list[Pile]:
    """What chosen blocks of a county and the parts that aren't known have in common."""
    return [
        pile
        for key, part in parts.items()
        if is_unknown(key, active=active) or not hidden_columns(part) <= chosen
        for column, pile in part.items()
        if column in chosen and (column[1] or not active)
    ]


def _outside(parts: Parts, chosen: set[Column], *, active: bool) -> list[Pile]:
    """What is outside of the chosen blocks in parts partly inside, if only known parts are."""
    touching = {key: part for key, part in parts.items() if hidden_columns(part) & chosen}
    if any(is_unknown(key, active=active) for key in touching):
        return []
    return [
        pile
        for part in touching.values()
        for column, pile in part.items()
        if column not in chosen and (column[1] or not active)
    ]


def _give_up_county(solver: Solver, place: Place, columns: Collection[Column]) -> None:
    """Publish less of a county: its active counts, then the cut that helps most, then nothing."""
    if any(active is not None for _, active in columns):
        solver.sums.drop_active(place)
        return
    blocks = Blocks(solver.sums, place)
    cuts: set[int] = set()
    for block, _ in columns:
        ranks = blocks.ranks(block)
        cuts.update(solver.sums.open_cuts(place, ranks[0], ranks[-1] + 1))
    if not cuts:
        solver.sums.close(place)
        return
    solver.sums.isolate(
        place, min(sorted(cuts), key=lambda cut: _parts_left_open(solver, place, cut))
    )


def _parts_left_open(solver: Solver, place: Place, cut: int) -> int:
    return len(open_parts(solver.present_in_county(*place), solver.sums, place, without=cut))


def _choices(columns: list[Column]) -> Iterator[tuple[Column, ...]]:
    for count in range(1, len(columns) + 1):
        yield from combinations(columns, count)


def _need(solver: Solver, piles: Iterable[Pile], day: int, *, active: bool) -> int:
    """The amounts of which too little is hidden: those of active counts, or all the others."""
    rows = [spell.row_on(day) for pile in piles for spell in pile.hidden]
    return solver.table.shortfall(rows) & (ACTIVE | IDLE if active else ~(ACTIVE | IDLE))
