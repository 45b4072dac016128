"""What of the gap this reader may see: disclosure control applied to villages and to sums."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from outreach.gap.hiding import Hiding
from outreach.gap.rules import Area, AreaKind, StatusRow, VillageState
from outreach.measures.classes import Group, Scheme, SettlementClass, group_of
from outreach.measures.disclosure import Part
from outreach.measures.rates import Counts, Measure, Share, rate

NOTHING_KNOWN = Counts(None, None, None, None)
COUNTS = ("homes_passed", "connected", "active")
"""The counts that are withheld one by one."""


class Audience(StrEnum):
    """Who the figures are made for: everyone, or the region's own staff."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is withheld from the public, by county."""

    withheld: Mapping[str, Hiding]

    def hidden_counts(self, row: StatusRow, day: date) -> frozenset[str]:
        """The names of a village's reported counts that are withheld on a date."""
        withheld = self.withheld[row.county_code]
        return frozenset(name for name in COUNTS if withheld.hides_count(row.village_id, day, name))

    def hidden_villages(self, measure: Measure, day: date) -> frozenset[int]:
        """The villages whose share for a measure is withheld on a date, in all the counties."""
        names = {measure.numerator_field, measure.denominator_field} & set(COUNTS)
        return frozenset(
            village
            for hiding in self.withheld.values()
            for name in names
            for village in hiding.hidden_villages(day, name)
        )

    def hides_sum(self, area: Area, day: date, *, part: Part, measure: Measure) -> bool:
        """Whether a measure's sums over a part of an area are withheld on a date.

        The sum over several counties is shown only where all of theirs are, so it tells nothing
        that cannot be added up from them.
        """
        codes = area.counties if area.kind is AreaKind.ALL else (area.code,)
        return any(
            self.withheld[county].hides_sum(code, day, part=part, measure=measure)
            for code, county in zip(codes, area.counties, strict=True)
        )

    def hides_sum_of(
        self, municipality_code: str, day: date, *, part: Part, measure: Measure
    ) -> bool:
        """The same for a municipality, whose code begins with its county's."""
        withheld = self.withheld[municipality_code[:2]]
        return withheld.hides_sum(municipality_code, day, part=part, measure=measure)


@dataclass(frozen=True, slots=True)
class VillageFigures:
    """A village as one audience sees it; what it may not see is None.

    `dwellings` are those the report counted, or the register's where no report is shown.
    `is_withheld` marks for staff what the public does not see, and is never set for the public.
    """

    code: str
    name: str
    municipality_code: str
    municipality_name: str
    county_code: str
    settlement_class: SettlementClass | None
    group: Group | None
    state: VillageState
    dwellings: int | None
    counts: Counts
    share: Share
    reported_on: date | None
    is_withheld: bool

    def share_of(self, measure: Measure) -> Share:
        """Another measure's rate of the village."""
        return rate(self.counts, measure)


@dataclass(frozen=True, slots=True)
class Lens:
    """How rows become figures: for whom, on which date, by which measure and scheme."""

    audience: Audience
    disclosure: Disclosure
    day: date
    measure: Measure
    scheme: Scheme

    def see(self, row: StatusRow) -> VillageFigures:
        """One village's row as the audience sees it."""
        hidden = self.disclosure.hidden_counts(row, self.day)
        counts = row.counts if row.reported_on is not None else NOTHING_KNOWN
        if self.audience is Audience.PUBLIC:
            counts = _without(counts, hidden)
        is_shown = row.reported_on is not None and counts != NOTHING_KNOWN
        share = rate(counts, self.measure)
        return VillageFigures(
            code=row.code,
            name=row.name,
            municipality_code=row.municipality_code,
            municipality_name=row.municipality_name,
            county_code=row.county_code,
            settlement_class=row.settlement_class,
            group=self._group(row),
            state=_state(row, share, is_shown=is_shown),
            dwellings=row.register_dwellings if counts.dwellings is None else counts.dwellings,
            counts=counts,
            share=share,
            reported_on=row.reported_on if is_shown else None,
            is_withheld=bool(hidden) and self.audience is Audience.INTERNAL,
        )

    def _group(self, row: StatusRow) -> Group | None:
        if row.settlement_class is None:
            return None
        return group_of(self.scheme, row.settlement_class, inhabitants=row.inhabitants)


def _without(counts: Counts, hidden: frozenset[str]) -> Counts:
    """What is left to show; the dwellings only beside another count of the same report."""
    if not hidden:
        return counts
    shown = replace(counts, **dict.fromkeys(hidden))
    is_any = any(getattr(shown, name) is not None for name in COUNTS)
    return shown if is_any else NOTHING_KNOWN


def _state(row: StatusRow, share: Share, *, is_shown: bool) -> VillageState:
    if not is_shown:
        return VillageState.NOT_SHOWN if row.is_expected else VillageState.NOT_EXPECTED
    if share.value is None:
        return VillageState.UNDEFINED if share.known else VillageState.NOT_SHOWN
    if row.is_carried_forward:
        return VillageState.OVERDUE
    return VillageState.ZERO if share.numerator == 0 else VillageState.REPORTED
