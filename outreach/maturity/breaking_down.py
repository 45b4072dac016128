"""The breakdowns of a round by level, DigComp area, age and sex, each judged before it is shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from outreach.maturity.results import AgeRow, Figure, LevelRow, SexRow, SkillRow
from outreach.measures.breakdown import Counts, is_safe, joined, shown_rows
from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import AgeGroup, Level, Sex, Tally, added
from outreach.measures.rates import Share

_LOW = frozenset({Level.narrow, Level.limited, Level.no_skills})
"""Shown together for municipalities, which rarely have enough of each."""
_SEXES = (Sex.woman, Sex.man, Sex.other, None)


@dataclass(frozen=True, slots=True)
class Breaking:
    """A county's tallies by municipality; `withheld` are municipalities without shown totals."""

    by_municipality: Mapping[str, Tally]
    withheld: Collection[str]
    k: int

    @property
    def county(self) -> Tally:
        """Everybody."""
        return added(self.by_municipality.values())

    def levels(self, reference: Mapping[str, float]) -> list[LevelRow]:
        """The county's levels, joined where they would be too few."""
        groups = self._level_groups()
        if not is_safe(_by_groups(self.county, groups), k=self.k):
            return []
        return [
            LevelRow(
                group,
                Share(_persons(self.county, group), self.county.persons),
                _reference(group, reference),
            )
            for group in groups
        ]

    def assessed(self) -> dict[str, Share]:
        """Shares of those assessed, by municipality, and the county's under an empty code."""
        shown: dict[str, Share] = {}
        groups = self._level_groups()
        if (Level.not_assessed,) not in groups:
            return shown
        if is_safe(_by_groups(self.county, groups), k=self.k):
            shown[""] = self.county.of_assessed
        coarse = _coarse(groups)
        if (Level.not_assessed,) not in coarse:
            return shown
        rows = {code: _by_groups(one, coarse) for code, one in self.by_municipality.items()}
        for code in shown_rows(rows, k=self.k, never=self.withheld):
            shown[code] = self.by_municipality[code].of_assessed
        return shown

    def skills(self, reference: Mapping[str, float]) -> list[SkillRow]:
        """Each DigComp area by itself."""
        return [self._skill(area, reference.get(area.value)) for area in DigCompArea]

    def ages(self, sums: Mapping[tuple[str, AgeGroup], Tally]) -> list[AgeRow]:
        """Age groups, neighbours joined where they would be too few; the same everywhere."""
        by_age = {
            age: added(one for (_, other), one in sums.items() if other is age) for age in AgeGroup
        }
        asked = [age for age in AgeGroup if by_age[age].persons]
        if not asked:
            return []
        groups = [
            tuple(asked[place] for place in group)
            for group in joined([_guarded(by_age[age]) for age in asked], k=self.k)
        ]
        in_groups = {
            code: [
                added(sums[code, age] for age in group if (code, age) in sums) for group in groups
            ]
            for code in self.by_municipality
        }
        rows = {
            code: tuple(count for tally in tallies for count in _guarded(tally))
            for code, tallies in in_groups.items()
        }
        whole = [added(by_age[age] for age in group) for group in groups]
        if not all(is_safe(_guarded(tally), k=self.k) for tally in whole):
            return []
        shown = shown_rows(rows, k=self.k, never=self.withheld)
        return [
            AgeRow(
                group,
                Figure(whole[place].of_all),
                {code: Figure(in_groups[code][place].of_all) for code in shown},
            )
            for place, group in enumerate(groups)
        ]

    def sexes(self, sums: Mapping[Sex | None, Tally]) -> list[SexRow]:
        """The county by sex; what was not said stands beside other."""
        asked = [sex for sex in _SEXES if sex in sums and sums[sex].persons]
        if not any(asked):
            return []
        groups = joined([_guarded(sums[sex]) for sex in asked], k=self.k)
        whole = [added(sums[asked[place]] for place in group) for group in groups]
        if not all(is_safe(_guarded(tally), k=self.k) for tally in whole):
            return []
        return [
            SexRow(tuple(asked[place] for place in group), Figure(tally.of_all))
            for group, tally in zip(groups, whole, strict=True)
        ]

    def _skill(self, area: DigCompArea, reference: float | None) -> SkillRow:
        def guarded(tally: Tally) -> Counts:
            return tally.areas[area], tally.persons - tally.areas[area]

        rows = {code: guarded(one) for code, one in self.by_municipality.items()}
        if not is_safe(guarded(self.county), k=self.k):
            return SkillRow(area, Figure(), reference, {})
        shown = shown_rows(rows, k=self.k, never=self.withheld)
        return SkillRow(
            area,
            Figure(self.county.in_area(area)),
            reference,
            {code: Figure(self.by_municipality[code].in_area(area)) for code in shown},
        )

    def _level_groups(self) -> list[tuple[Level, ...]]:
        """The levels as they are shown for the county.

        The areas' counts, less what the levels say of them, give how many of those without skills
        are basic in one area; where these or the others are few, the level is joined with limited.
        """
        county = self.county
        levels = list(Level)
        groups = [
            tuple(levels[place] for place in group)
            for group in joined([(county.levels[level],) for level in levels], k=self.k)
        ]
        last = next(group for group in groups if Level.no_skills in group)
        if Level.limited in last:
            return groups
        of_areas = {Level.above_basic: 5, Level.basic: 5, Level.low: 4, Level.narrow: 3}
        of_areas[Level.limited] = 2
        known = sum(of_areas.get(level, 0) * county.levels[level] for level in levels)
        in_one = sum(county.areas.values()) - known
        if is_safe((in_one, _persons(county, last) - in_one), k=self.k):
            return groups
        at = groups.index(last)
        return [*groups[: at - 1], groups[at - 1] + last, *groups[at + 1 :]]


def _guarded(tally: Tally) -> Counts:
    """What must not be small: all, those at least basic, and the others."""
    return tally.persons, tally.at_least_basic, tally.persons - tally.at_least_basic


def _persons(tally: Tally, group: Sequence[Level]) -> int:
    return sum(tally.levels[level] for level in group)


def _by_groups(tally: Tally, groups: Sequence[Sequence[Level]]) -> Counts:
    return tuple(_persons(tally, group) for group in groups)


def _coarse(groups: Sequence[tuple[Level, ...]]) -> list[tuple[Level, ...]]:
    """The groups with the lowest levels together."""
    low = [group for group in groups if _LOW & set(group)]
    return [
        *(group for group in groups if group not in low),
        tuple(level for group in low for level in group),
    ]


def _reference(group: Sequence[Level], reference: Mapping[str, float]) -> float | None:
    shares = [reference.get(level.value) for level in group]
    known = [share for share in shares if share is not None]
    return sum(known) if len(known) == len(shares) else None
