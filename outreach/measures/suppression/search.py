"""Finding others for a withheld spell to hide behind, when its own stratum has none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise, product

from outreach.measures.suppression.cycles import Certificate, Signed, cheapest_cycle
from outreach.measures.suppression.spells import Spell, Stratum
from outreach.measures.suppression.table import RANKS

Corner = tuple[str, int]
"""A municipality and a fine class."""

VILLAGES_TRIED = 3
"""How many villages of each corner a square is tried with."""

SQUARES_TRIED = 300
"""How many squares are tried before giving up: most counties need the first or second."""


class Atlas:
    """The spells of one kind, by where they count."""

    def __init__(self, spells: Iterable[Spell]) -> None:
        """File each spell under its county, municipality, stratum and village."""
        self.by_stratum: dict[Stratum, list[Spell]] = defaultdict(list)
        self.by_corner: dict[Corner, list[Spell]] = defaultdict(list)
        self.by_village: dict[int, list[Spell]] = defaultdict(list)
        self.by_figure: dict[int, list[Spell]] = defaultdict(list)
        self.by_county: dict[str, list[Corner]] = defaultdict(list)
        self.county_of: dict[str, str] = {}
        for spell in spells:
            self.by_stratum[spell.stratum].append(spell)
            self.by_village[spell.village].append(spell)
            self.by_figure[spell.figure].append(spell)
            corner = (spell.stratum.municipality, spell.stratum.rank)
            self.county_of[spell.stratum.municipality] = spell.stratum.county
            if corner not in self.by_corner:
                self.by_county[spell.stratum.county].append(corner)
            self.by_corner[corner].append(spell)
        self.municipalities: dict[str, list[str]] = {}
        for county, corners in self.by_county.items():
            corners.sort()
            self.municipalities[county] = sorted({municipality for municipality, _ in corners})


def certificate_for(spell: Spell, atlas: Atlas) -> Certificate:
    """The certificate that costs the public least, by the order the attempts are made in.

    First within the municipality's class, giving up only the active counts. Then a square: two
    classes in two municipalities, giving up what tells the two classes apart in those two, and
    nothing of the county. Then the same class in another municipality, giving up what those
    two municipalities publish with that class in it. Then wider stretches of classes, first in
    the municipality, then in the county, giving up what tells those classes apart; there a
    figure whose village changed its class is taken as one. At last the spell alone, giving up
    every sum it is in.
    """
    for certificate in _attempts(spell, atlas):
        if certificate is not None:
            return certificate
    return [Signed(spell, 1)]


def _attempts(spell: Spell, atlas: Atlas) -> Iterator[Certificate | None]:
    county, municipality, rank, _ = spell.stratum
    everywhere = atlas.by_county[county]
    here = [corner for corner in everywhere if corner[0] == municipality]
    yield cheapest_cycle([spell], atlas.by_corner[municipality, rank])
    yield _square(spell, atlas)
    yield cheapest_cycle([spell], _within(atlas, everywhere, (rank, rank + 1)))
    whole = _whole_figure(spell, atlas)
    for corners in (here, everywhere):
        for stretch in _wider(rank):
            spells = _within(atlas, corners, stretch)
            if len(whole) > 1 and all(one in spells for one in whole):
                yield cheapest_cycle(whole, spells)
            yield cheapest_cycle([spell], spells)


def _whole_figure(spell: Spell, atlas: Atlas) -> list[Spell]:
    """The spells of a figure if they follow each other without a gap, else the one."""
    spells = atlas.by_figure[spell.figure]
    if any(one.end != other.start for one, other in pairwise(spells)):
        return [spell]
    return spells


def _wider(rank: int) -> list[tuple[int, int]]:
    """Stretches of at least two classes around a class, narrowest first."""
    stretches = [
        (first, last)
        for first in range(rank + 1)
        for last in range(rank + 1, len(RANKS) + 1)
        if last - first > 1
    ]
    return sorted(stretches, key=lambda stretch: stretch[1] - stretch[0])


def _within(atlas: Atlas, corners: Iterable[Corner], stretch: tuple[int, int]) -> list[Spell]:
    first, last = stretch
    return [
        spell
        for corner in corners
        if first <= corner[1] < last
        for spell in atlas.by_corner[corner]
    ]


def _square(spell: Spell, atlas: Atlas) -> Certificate | None:
    """Four villages, one in each of two classes of two municipalities, on the same dates.

    One more here and one less there, and the other way round in the other municipality: the
    sums over both classes stay as they are in each municipality, and those over both
    municipalities in each class.
    """
    for others in islice(_squares(spell, atlas), SQUARES_TRIED):
        certificate = _aligned(spell, others, atlas)
        if certificate is not None:
            return certificate
    return None


def _squares(spell: Spell, atlas: Atlas) -> Iterator[tuple[Spell, Spell, Spell]]:
    """The other three corners: same municipality, same class, and neither; likeliest first."""
    county, municipality, rank, _ = spell.stratum
    corners = set(atlas.by_county[county])
    other_ranks = sorted(
        (other for place, other in corners if place == municipality and other != rank),
        key=lambda other: (abs(other - rank), other),
    )
    others = sorted({place for place, _ in corners if place != municipality})
    for other_rank in other_ranks:
        beside = _likely(atlas.by_corner[municipality, other_rank], spell)
        for place in sorted(others, key=lambda place: _lonely(atlas, (place, rank), spell)):
            if (place, rank) in corners and (place, other_rank) in corners:
                across = _likely(atlas.by_corner[place, rank], spell)
                opposite = _likely(atlas.by_corner[place, other_rank], spell)
                yield from product(beside, across, opposite)


def _likely(spells: Iterable[Spell], spell: Spell) -> list[Spell]:
    """A few usable spells on the spell's first date: those hidden first, then the cheapest."""
    there = [other for other in spells if other.usable and other.start <= spell.start < other.end]
    there.sort(key=lambda other: (not other.hidden, other.secured, other.order))
    return there[:VILLAGES_TRIED]


def _lonely(atlas: Atlas, corner: Corner, spell: Spell) -> bool:
    """False where another spell looks for company on the same date: it comes first."""
    return not any(
        other.hidden and not other.secured and other.start <= spell.start < other.end
        for other in atlas.by_corner.get(corner, ())
    )


def _aligned(spell: Spell, others: tuple[Spell, Spell, Spell], atlas: Atlas) -> Certificate | None:
    """The four villages' spells over the shortest dates that cut none of them in two."""
    start, end = spell.start, spell.end
    beside, across, opposite = others
    four = ((spell, 1), (beside, -1), (across, -1), (opposite, 1))
    while True:
        certificate = []
        for corner, sign in four:
            stretch = _stretch(corner, start, end, atlas)
            if stretch is None or not all(one.usable or one is spell for one in stretch):
                return None
            certificate += [Signed(one, sign) for one in stretch]
        wider = (
            min(signed.spell.start for signed in certificate),
            max(signed.spell.end for signed in certificate),
        )
        if wider == (start, end):
            return certificate
        start, end = wider


def _stretch(corner: Spell, start: int, end: int, atlas: Atlas) -> list[Spell] | None:
    """The village's spells on all of these dates; None if it leaves its corner or its dates."""
    spells = [
        other
        for other in atlas.by_village[corner.village]
        if other.start < end and other.end > start
    ]
    place = corner.stratum[:3]
    covered = sum(min(end, other.end) - max(start, other.start) for other in spells)
    if covered < end - start or any(other.stratum[:3] != place for other in spells):
        return None
    return spells
