"""The counts of every served village on 1 October, each year built on the one before."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from outreach.demo.facts import Event, Facts, Measure
from outreach.demo.rounding import LEFT_ALONE, Fits, is_clear, nearest, tidied
from outreach.demo.settling import Part, settle
from outreach.demo.targets import connected_totals, dwellings_total, nearest_count, percent
from outreach.demo.villages import Village, main_towns

FIRST_YEAR = 2016
BUILT_BY_YEAR = (0.35, 0.7)
"""The part of a village that can be connected in its first and second year; then all of it."""

EARLY_TAKE_UP = 0.92
YEARS_TO_FULL_TAKE_UP = 9
OVERLAP_FROM_SHARE = 0.75
"""With this share connected, two networks in one village have come to pass each other's homes."""


@dataclass(frozen=True, slots=True)
class VillageYear:
    """One village on one 1 October, whoever serves it. `reason` is given for an event."""

    dwellings: int
    homes_passed: int
    connected: int
    reason: str | None


Counts = Mapping[str, VillageYear]


@dataclass(frozen=True, slots=True)
class _Step:
    """What a year's counts are worked out from."""

    facts: Facts
    villages: Mapping[str, Village]
    year: int
    before: Counts
    events: Mapping[str, Event]
    dwellings: Mapping[str, int]


def yearly_counts(
    facts: Facts, villages: Mapping[str, Village], *, open_year: int
) -> dict[int, Counts]:
    """Every served village's counts for each year from 2016 to the open round's.

    The register for the open year is not out yet: its dwellings are those of the year before.
    """
    years: dict[int, Counts] = {}
    before: Counts = {}
    for year in range(FIRST_YEAR, open_year + 1):
        events = {e.village: e for e in facts.events if (e.year or open_year) == year}
        past = [e for e in facts.events if (e.year or open_year) <= year]
        step = _Step(
            facts,
            villages,
            year,
            before,
            events,
            _dwellings(facts, villages, past, year=min(year, open_year - 1)),
        )
        before = _counts(step)
        years[year] = before
    return years


def _dwellings(
    facts: Facts, villages: Mapping[str, Village], past: Collection[Event], *, year: int
) -> dict[str, int]:
    """Dwellings by village; the main town takes what the municipality's total leaves over."""
    dwellings = {code: village.dwellings(year) for code, village in villages.items()}
    for event in past:
        dwellings[event.village] += event.dwellings
    for municipality, town in main_towns(villages).items():
        dwellings[town] = dwellings_total(facts, municipality, year) - sum(
            dwellings[code]
            for code, village in villages.items()
            if village.place.municipality == municipality and code != town
        )
    return dwellings


def _counts(step: _Step) -> Counts:
    connected = _connected(step)
    passed = _passed(step, connected)
    return {
        code: VillageYear(
            dwellings=step.dwellings[code],
            homes_passed=passed[code],
            connected=connected[code],
            reason=step.events[code].reason if code in step.events else None,
        )
        for code in step.villages
    }


def _connected(step: _Step) -> dict[str, int]:
    """Rural villages share out the county's rural target, the others what that leaves."""
    rural = [code for code, village in step.villages.items() if village.is_rural]
    target = nearest_count(
        sum(step.dwellings[code] for code in rural),
        percent(step.facts, step.facts.county_code, Measure.RURAL_CONNECTED, year=step.year),
    )
    parts = [_connected_part(step, code) for code in rural]
    connected = dict(zip(rural, settle(target, parts), strict=True))
    totals = connected_totals(step.facts, _totals(step), year=step.year)
    for municipality, total in totals.items():
        urban = _urban(step, municipality)
        left = total - _sum_in(step, connected, municipality)
        parts = [_connected_part(step, code) for code in urban]
        connected.update(zip(urban, settle(left, parts), strict=True))
        for codes in (urban, _rural(step, municipality)):
            connected.update(_tidy_connected(step, codes, connected))
    return connected


def _tidy_connected(
    step: _Step, codes: Sequence[str], connected: Mapping[str, int]
) -> dict[str, int]:
    counts = [connected[code] for code in codes]
    parts = [_connected_part(step, code) for code in codes]
    fits = [_fits_connected(step, code) for code in codes]
    return dict(zip(codes, tidied(counts, parts, fits), strict=True))


def _passed(step: _Step, connected: Mapping[str, int]) -> dict[str, int]:
    """Rural networks are built where people have signed up; elsewhere the target is shared out."""
    passed = {
        code: _rural_passed(step, code, connected[code])
        for code, village in step.villages.items()
        if village.is_rural
    }
    for municipality, dwellings in _totals(step).items():
        urban = _urban(step, municipality)
        share = percent(step.facts, municipality, Measure.PASSED, year=step.year)
        left = nearest_count(dwellings, share) - _sum_in(step, passed, municipality)
        parts = [_passed_part(step, code, connected[code]) for code in urban]
        fits = [_fits_passed(step, code, connected[code]) for code in urban]
        # Rounding in the countryside may ask a few more of the towns than is built there.
        left = max(sum(part.low for part in parts), min(left, sum(part.high for part in parts)))
        passed.update(zip(urban, tidied(settle(left, parts), parts, fits), strict=True))
    return passed


def _connected_part(step: _Step, code: str) -> Part:
    size = step.dwellings[code]
    earlier = step.before[code].connected if code in step.before else 0
    event = step.events.get(code)
    if event is not None and event.connected:
        settled = earlier + event.connected
        return Part(size, settled, settled, 0.0)
    return Part(size, earlier, max(earlier, _built(step, code)), step.villages[code].lean)


def _passed_part(step: _Step, code: str, connected: int) -> Part:
    low = max(connected, _passed_before(step, code))
    return Part(step.dwellings[code], low, max(low, _built(step, code)), step.villages[code].lean)


def _rural_passed(step: _Step, code: str, connected: int) -> int:
    """As many homes as signed-up ones call for; all of them where two networks overlap."""
    ripened = min(1.0, (step.year - FIRST_YEAR) / YEARS_TO_FULL_TAKE_UP)
    take_up = step.villages[code].take_up * (EARLY_TAKE_UP + (1 - EARLY_TAKE_UP) * ripened)
    wanted = max(math.ceil(connected / take_up), _passed_before(step, code))
    is_overlapped = step.villages[code].networks > 1
    if is_overlapped and connected >= OVERLAP_FROM_SHARE * step.dwellings[code]:
        return step.dwellings[code]
    limits = max(connected, _passed_before(step, code)), step.dwellings[code]
    # Rather one too few than too many: what is passed here, the towns have to do without.
    return nearest(
        max(limits[0], min(wanted, limits[1]) - 1), limits, _fits_passed(step, code, connected)
    )


def _fits_connected(step: _Step, code: str) -> Fits:
    size = step.dwellings[code]
    return lambda count: size < LEFT_ALONE or is_clear(count, size - count)


def _fits_passed(step: _Step, code: str, connected: int) -> Fits:
    size = step.dwellings[code]
    return lambda count: size < LEFT_ALONE or is_clear(count, size - count, count - connected)


def _passed_before(step: _Step, code: str) -> int:
    """Homes passed last year, but for those demolished since."""
    if code not in step.before:
        return 0
    event = step.events.get(code)
    gone = min(0, event.dwellings) if event is not None else 0
    return step.before[code].homes_passed + gone


def _built(step: _Step, code: str) -> int:
    since = step.year - step.villages[code].first_year
    if since < 0:
        return 0
    share = BUILT_BY_YEAR[since] if since < len(BUILT_BY_YEAR) else 1.0
    return math.floor(step.dwellings[code] * share)


def _totals(step: _Step) -> dict[str, int]:
    totals: dict[str, int] = {}
    for code, village in step.villages.items():
        municipality = village.place.municipality
        totals[municipality] = totals.get(municipality, 0) + step.dwellings[code]
    return totals


def _urban(step: _Step, municipality: str) -> list[str]:
    return [
        code
        for code, village in step.villages.items()
        if village.place.municipality == municipality and not village.is_rural
    ]


def _rural(step: _Step, municipality: str) -> list[str]:
    return [
        code
        for code, village in step.villages.items()
        if village.place.municipality == municipality and village.is_rural
    ]


def _sum_in(step: _Step, counts: Mapping[str, int], municipality: str) -> int:
    return sum(
        count
        for code, count in counts.items()
        if step.villages[code].place.municipality == municipality
    )
