"""The spells of one date, piled up by the blocks whose sums are known."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from outreach.measures.suppression.spells import Spell, Stratum
from outreach.measures.suppression.sums import Block, Place, Sums

Column = tuple[Block | None, bool | None]
"""A block of an area; of the spells with active counts only, those without, or (None) both."""

Part = tuple[str, Column]
"""A block of a municipality; all that municipalities don't publish is in the part `REST`."""

REST: Part = ("", (None, None))


@dataclass(slots=True)
class Pile:
    """Spells that are published in the same sums."""

    hidden: list[Spell] = field(default_factory=list)
    shown: list[Spell] = field(default_factory=list)

    def add(self, spell: Spell) -> None:
        """Put a spell where it belongs."""
        (self.hidden if spell.hidden else self.shown).append(spell)

    def join(self, other: Self) -> None:
        """Put another pile on this one."""
        self.hidden += other.hidden
        self.shown += other.shown


Parts = dict[Part, dict[Column, Pile]]
"""The parts of a county, each by the blocks of the county it lies in."""


class Blocks:
    """The block of each spell of an area on one date; `without` as if one cut were isolated."""

    def __init__(self, sums: Sums, place: Place, *, without: int | None = None) -> None:
        """Look the area's blocks up once."""
        self._blocks = sums.blocks(place, without=without)
        self._apart = place not in sums.without_active

    def column(self, stratum: Stratum) -> Column:
        """Where the counts of a stratum go."""
        block = self._blocks[stratum.rank]
        return block, (stratum.active if self._apart and block is not None else None)

    def block(self, rank: int) -> Block | None:
        """The block a fine class is in."""
        return self._blocks[rank]

    def ranks(self, block: Block | None) -> list[int]:
        """The fine classes in a block."""
        return [rank for rank, other in enumerate(self._blocks) if other == block]


def municipal_piles(spells: Iterable[Spell], blocks: Blocks) -> dict[Column, Pile]:
    """One municipality's spells by its blocks."""
    piles: dict[Column, Pile] = defaultdict(Pile)
    for stratum, pile in _by_stratum(spells).items():
        piles[blocks.column(stratum)].join(pile)
    return piles


def open_parts(
    spells: Iterable[Spell], sums: Sums, place: Place, *, without: int | None = None
) -> Parts:
    """The parts of a county's municipalities of which the county's sums tell more than theirs."""
    _, day = place
    county = Blocks(sums, place, without=without)
    parts: Parts = defaultdict(lambda: defaultdict(Pile))
    for stratum, pile in _by_stratum(spells).items():
        column = Blocks(sums, (stratum.municipality, day)).column(stratum)
        key = REST if column[0] is None else (stratum.municipality, column)
        parts[key][county.column(stratum)].join(pile)
    return {key: part for key, part in parts.items() if _tells_more(key, hidden_columns(part))}


def hidden_columns(part: dict[Column, Pile]) -> set[Column]:
    """The county's blocks in which a part has something hidden."""
    return {column for column, pile in part.items() if pile.hidden}


def is_unknown(key: Part, *, active: bool) -> bool:
    """Whether a part's own sum is unpublished: of active counts also where it has none apart."""
    return key == REST or (active and key[1][1] is None)


def _tells_more(key: Part, columns: set[Column]) -> bool:
    if key == REST:
        return bool(columns)
    return len(columns) > 1 or (key[1][1] is None and any(active for _, active in columns))


def _by_stratum(spells: Iterable[Spell]) -> dict[Stratum, Pile]:
    piles: dict[Stratum, Pile] = {}
    for spell in spells:
        pile = piles.get(spell.stratum)
        if pile is None:
            pile = piles[spell.stratum] = Pile()
        pile.add(spell)
    return piles
