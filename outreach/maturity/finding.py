"""Everything shown of a round, from its county's sums and what is withheld of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from outreach.maturity.breaking_down import Breaking
from outreach.maturity.disclosed import Judged
from outreach.maturity.queries.rounds import RoundRow
from outreach.maturity.queries.sums import PlaceSum
from outreach.maturity.results import AreaFigures, Figure, Results, VillageFigures
from outreach.measures.classes import FineClass, SettlementClass
from outreach.measures.disclosure import Part, part_of_class
from outreach.measures.empirical_bayes import Prior, fitted, shrunk
from outreach.measures.maturity import AgeGroup, Level, Sex, Tally, added
from outreach.measures.rates import UNKNOWN_SHARE, Share
from outreach.measures.suppression.table import RANKS, SPANS


@dataclass(frozen=True, slots=True)
class Names:
    """Words for codes: municipalities and villages (code and name) by their keys."""

    municipalities: Mapping[str, str]
    villages: Mapping[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reference:
    """Sweden's published shares of one year, by level and area."""

    year: int | None
    shares: Mapping[str, float]

    @property
    def at_least_basic(self) -> float | None:
        """Above basic and basic together."""
        parts = [self.shares.get(Level.above_basic.value), self.shares.get(Level.basic.value)]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of a county: all sums, and the round's own by age and sex."""

    sums: Sequence[PlaceSum]
    ages: Mapping[tuple[str, AgeGroup], Tally]
    sexes: Mapping[Sex | None, Tally]


@dataclass(frozen=True, slots=True)
class Finder:
    """How sums become results for one round; `before` is the round before it in the county."""

    round: RoundRow
    before: RoundRow | None
    judged: Judged
    names: Names
    reference: Reference
    k: int

    def results(self, found: Found) -> Results:
        """Everything shown of the round."""
        here = [one for one in found.sums if one.round_id == self.round.id]
        earlier = [one for one in found.sums if self.before and one.round_id == self.before.id]
        county = self._area(self.round.county_code, self.round.county, here, earlier, Part.total)
        tallies = {
            code: added(one.tally for one in group) for code, group in _by_municipality(here)
        }
        withheld = {code for code in tallies if self._hides(code)}
        is_shown = county.of_all.share.known
        breaking = Breaking(tallies, withheld, self.k)
        assessed = breaking.assessed() if is_shown else {}
        municipalities = [
            self._area(code, name, _of(here, code), _of(earlier, code), Part.total)
            for code, name in self.names.municipalities.items()
        ]
        return Results(
            round=self.round,
            county=_with_assessed(county, assessed, ""),
            municipalities=[_with_assessed(one, assessed, one.code) for one in municipalities],
            classes=[
                self._area(self.round.county_code, one.value, here, earlier, part_of_class(one))
                for one in SettlementClass
            ],
            villages=self._villages(here, {one.code: one.of_all.share for one in municipalities}),
            levels=breaking.levels(self.reference.shares) if is_shown else [],
            skills=breaking.skills(self.reference.shares) if is_shown else [],
            ages=breaking.ages(found.ages) if is_shown else [],
            sexes=breaking.sexes(found.sexes) if is_shown else [],
            reference_year=self.reference.year,
            reference_at_least_basic=self.reference.at_least_basic,
        )

    def share_in(
        self, sums: Iterable[PlaceSum], part: Part, *, municipality_code: str | None = None
    ) -> Share:
        """The round's share in a part of the county or a municipality, if it is shown."""
        if municipality_code is None:
            return self._share(self.round.county_code, sums, self.round, part)
        return self._share(municipality_code, _of(sums, municipality_code), self.round, part)

    def _hides(self, code: str) -> bool:
        return self.judged.hides_sum(code, self.round.reference_date)

    def _area(
        self,
        code: str,
        name: str,
        here: Iterable[PlaceSum],
        earlier: Iterable[PlaceSum],
        part: Part,
    ) -> AreaFigures:
        return AreaFigures(
            code=code if part is Part.total else part.value,
            name=name,
            of_all=Figure(self._share(code, here, self.round, part)),
            of_assessed=Figure(),
            before=self._share(code, earlier, self.before, part) if self.before else UNKNOWN_SHARE,
        )

    def _share(self, code: str, sums: Iterable[PlaceSum], of: RoundRow, part: Part) -> Share:
        first, last = SPANS[part]
        tallies = [one.tally for one in sums if first <= RANKS[one.fine_class] < last]
        if not tallies or self.judged.hides_sum(code, of.reference_date, part=part):
            return UNKNOWN_SHARE
        return added(tallies).of_all

    def _villages(
        self, here: Iterable[PlaceSum], municipalities: Mapping[str, Share]
    ) -> list[VillageFigures]:
        shown = [one for one in here if not self.judged.hides_place(one)]
        prior = fitted(
            {code: [one.tally.of_all for one in group] for code, group in _by_municipality(shown)}
        )
        rows = [self._village(one, municipalities, prior) for one in shown]
        ordered = sorted(rows, key=lambda row: (-(row.shrunk or 0), row.name))
        # Small villages together are no village, and have no place among them.
        villages = [row for row in ordered if row.code is not None and row.shrunk is not None]
        ranks = {row.code: place for place, row in enumerate(villages, start=1)}
        return [replace(row, rank=ranks.get(row.code)) for row in ordered]

    def _village(
        self, one: PlaceSum, municipalities: Mapping[str, Share], prior: Prior
    ) -> VillageFigures:
        code, name = self.names.villages.get(one.village_id or 0, (None, ""))
        own = one.tally.of_all
        towards = municipalities.get(one.municipality_code, UNKNOWN_SHARE)
        return VillageFigures(
            code=code,
            name=name,
            municipality=self.names.municipalities.get(one.municipality_code, ""),
            settlement_class=_class_of(one.fine_class),
            figure=Figure(own),
            shrunk=shrunk(own, towards, prior=prior),
            rank=None,
        )


def _with_assessed(one: AreaFigures, assessed: Mapping[str, Share], code: str) -> AreaFigures:
    return replace(one, of_assessed=Figure(assessed.get(code, UNKNOWN_SHARE)))


def _by_municipality(sums: Iterable[PlaceSum]) -> list[tuple[str, list[PlaceSum]]]:
    ordered = sorted(sums, key=lambda one: one.municipality_code)
    return [
        (code, list(group)) for code, group in groupby(ordered, lambda one: one.municipality_code)
    ]


def _of(sums: Iterable[PlaceSum], code: str) -> list[PlaceSum]:
    return [one for one in sums if one.municipality_code == code]


def _class_of(fine: FineClass) -> SettlementClass | None:
    if fine is FineClass.unclassed:
        return None
    return (
        SettlementClass.tatort if fine.value.startswith("tatort") else SettlementClass(fine.value)
    )
