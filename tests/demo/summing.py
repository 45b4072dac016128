"""Sums the approved counts by village and area, plainly and apart from the program's own SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from outreach.connections.rules import ReportState
from outreach.demo.entries import CountEntry, DemoRegion
from outreach.measures.classes import SettlementClass


@dataclass(frozen=True, slots=True)
class Sums:
    dwellings: int
    homes_passed: int
    connected: int

    def connection_rate(self, decimals: str) -> str:
        return _percent(self.connected, self.dwellings, decimals)

    def coverage(self, decimals: str) -> str:
        return _percent(self.homes_passed, self.dwellings, decimals)


def _percent(count: int, total: int, decimals: str) -> str:
    share = Decimal(count) * 100 / Decimal(total)
    return str(share.quantize(Decimal(decimals), rounding=ROUND_HALF_UP))


def village_sums(region: DemoRegion, year: int) -> dict[str, Sums]:
    """By village: counts of its associations summed, homes passed at most the dwellings."""
    by_village: dict[str, list[CountEntry]] = {}
    for report in region.reports:
        last = report.versions[-1]
        if report.reference_date.year == year and last.state is ReportState.APPROVED:
            for count in last.counts:
                by_village.setdefault(count.village, []).append(count)
    return {village: _together(counts) for village, counts in by_village.items()}


def _together(counts: list[CountEntry]) -> Sums:
    dwellings = max(count.dwellings for count in counts)
    return Sums(
        dwellings=dwellings,
        homes_passed=min(sum(count.homes_passed for count in counts), dwellings),
        connected=sum(count.connected for count in counts),
    )


def area_sums(region: DemoRegion, year: int, *, of: Callable[[str], bool]) -> Sums:
    """The villages for whose code `of` is true, summed."""
    chosen = [sums for village, sums in village_sums(region, year).items() if of(village)]
    return Sums(
        dwellings=sum(sums.dwellings for sums in chosen),
        homes_passed=sum(sums.homes_passed for sums in chosen),
        connected=sum(sums.connected for sums in chosen),
    )


def rural_villages(region: DemoRegion, year: int) -> set[str]:
    """Villages outside tätort and småort on 1 October, by the delimitation then in force."""
    in_force: dict[str, SettlementClass] = {}
    for entry in sorted(region.classes, key=lambda entry: entry.valid_from):
        if entry.valid_from.year < year:
            in_force[entry.village] = entry.settlement_class
    return {village for village, kind in in_force.items() if kind is SettlementClass.outside}
