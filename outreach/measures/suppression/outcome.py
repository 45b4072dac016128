"""What came of the search, in the words of those who publish."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from outreach.measures.rates import Measure
from outreach.measures.suppression.audit import settle
from outreach.measures.suppression.solver import Solver
from outreach.measures.suppression.spells import Spell, spells_of
from outreach.measures.suppression.sums import Place, Sums
from outreach.measures.suppression.table import KIND_MEASURES, SPANS, Cell, Part, Table

_HiddenStratum = tuple[int, bool, int]


@dataclass(frozen=True, slots=True)
class SumKey:
    """A published sum: an area's code, a date, the part of the area, and the measure."""

    area: str
    date: date
    part: Part
    measure: Measure


@dataclass(frozen=True, slots=True)
class Withheld:
    """What the public may not see: villages' reported counts on a date, and areas' sums.

    A withheld sum is withheld with both of its counts and its rate.
    """

    villages: frozenset[tuple[int, date]]
    sums: frozenset[SumKey]

    def hides_village(self, village: int, day: date) -> bool:
        """Whether a village's reported counts on a date are withheld."""
        return (village, day) in self.villages

    def hides_sum(self, area: str, day: date, *, part: Part, measure: Measure) -> bool:
        """Whether a measure's sums over a part of an area are withheld on a date."""
        return SumKey(area, day, part, measure) in self.sums


@dataclass(frozen=True, slots=True)
class Gaps:
    """Which sums of each area and date are unpublished, in the terms of `sums.Sums`."""

    labels: Mapping[tuple[str, date], tuple[int, ...]] = field(default_factory=dict)
    without_active: frozenset[tuple[str, date]] = frozenset()


NO_GAPS = Gaps()


def withhold(cells: Iterable[Cell], k: int) -> Withheld:
    """Search kind by kind: each kind's sums are thought published apart, which is more than is."""
    table = Table(cells, k)
    spells = spells_of(table)
    by_kind: dict[int, list[Spell]] = defaultdict(list)
    for spell in spells:
        by_kind[spell.kind].append(spell)
    sums: set[SumKey] = set()
    for kind in sorted(by_kind):
        sums.update(_withheld_sums(table, by_kind[kind], _solved(table, by_kind[kind], Sums())))
    return Withheld(_withheld_villages(table, spells), frozenset(sums))


def withhold_within(
    cells: Iterable[Cell], k: int, *, also: Collection[tuple[int, date]] = (), gaps: Gaps = NO_GAPS
) -> tuple[Withheld, Gaps]:
    """The same for cells of one kind, beginning with what is withheld and unpublished already."""
    table = Table(cells, k, also=also)
    spells = spells_of(table)
    sums = _solved(table, spells, _sums(table, gaps))
    left = Gaps(
        {(area, table.dates[day]): labels for (area, day), labels in sums.labels.items()},
        frozenset((area, table.dates[day]) for area, day in sums.without_active),
    )
    withheld = Withheld(
        _withheld_villages(table, spells), frozenset(_withheld_sums(table, spells, sums))
    )
    return withheld, left


def _solved(table: Table, spells: list[Spell], sums: Sums) -> Sums:
    """The sums that can stay published, once more is withheld where that is needed."""
    if any(spell.hidden for spell in spells):
        solver = Solver(table, spells, sums)
        solver.close_strata()
        settle(solver)
    return sums


def _sums(table: Table, gaps: Gaps) -> Sums:
    place = {day: index for index, day in enumerate(table.dates)}
    sums = Sums()
    for (area, day), labels in gaps.labels.items():
        if day in place:
            sums.part((area, place[day]), labels)
    for area, day in gaps.without_active:
        if day in place:
            sums.drop_active((area, place[day]))
    return sums


def _withheld_villages(table: Table, spells: Iterable[Spell]) -> frozenset[tuple[int, date]]:
    return frozenset(
        (spell.village, table.dates[day])
        for spell in spells
        if spell.hidden
        for day in range(spell.start, spell.end)
    )


def _withheld_sums(table: Table, spells: Iterable[Spell], sums: Sums) -> Iterator[SumKey]:
    """The sums that are unpublished and have something withheld in them."""
    for (area, day), strata in _hidden_strata(spells, sums).items():
        for part, (first, last) in SPANS.items():
            inside = {stratum for stratum in strata if first <= stratum[0] < last}
            for measure in _unpublished((area, day), part, inside, sums):
                yield SumKey(area, table.dates[day], part, measure)


def _hidden_strata(spells: Iterable[Spell], sums: Sums) -> dict[Place, set[_HiddenStratum]]:
    """What is hidden where not everything is published: class, active or not, and kind."""
    hidden: dict[Place, set[_HiddenStratum]] = defaultdict(set)
    places = sums.restricted()
    for spell in spells:
        if not spell.hidden:
            continue
        county, municipality, rank, active = spell.stratum
        for day in range(spell.start, spell.end):
            for area in (county, municipality):
                if (area, day) in places:
                    hidden[area, day].add((rank, active, spell.kind))
    return hidden


def _unpublished(
    place: Place, part: Part, inside: set[_HiddenStratum], sums: Sums
) -> Iterator[Measure]:
    first, last = SPANS[part]
    labels = sums.of(place)
    parted = labels[first] != labels[last]
    if parted:
        for bit, measure in KIND_MEASURES.items():
            if any(kind & bit for _, _, kind in inside):
                yield measure
    if (parted or place in sums.without_active) and any(active for _, active, _ in inside):
        yield Measure.activation
