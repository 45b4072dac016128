"""How one association counts the villages it serves, alone or beside another network."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from outreach.connections.rules import DwellingsSource
from outreach.demo.entries import CountEntry
from outreach.demo.facts import Association, Facts
from outreach.demo.rounding import is_clear, nearest
from outreach.demo.years import FIRST_YEAR, Counts, VillageYear

FIRST_NETWORK_SHARE = 0.65
"""The part of an overlapped village that the first of its two associations has connected."""

SECOND_NETWORK_REACH = 0.5
ACTIVATION_GAIN_A_YEAR = 0.005
HIGHEST_ACTIVATION = 0.985


@dataclass(frozen=True, slots=True)
class Reporter:
    """An association and the part of its connections that was active in the first year."""

    facts: Facts
    association: Association
    activation: float


def count_villages(
    reporter: Reporter, villages: Counts, earlier: Mapping[str, CountEntry], *, year: int
) -> tuple[CountEntry, ...]:
    """What the association reports for a year, given what it reported last."""
    return tuple(
        _count(reporter, code, villages[code], earlier=earlier.get(code), year=year)
        for code in reporter.association.villages
    )


def decreases(counts: Iterable[CountEntry], earlier: Mapping[str, CountEntry]) -> int:
    """In how many villages fewer homes are connected than reported last."""
    return sum(
        count.village in earlier and count.connected < earlier[count.village].connected
        for count in counts
    )


def _count(
    reporter: Reporter,
    code: str,
    village: VillageYear,
    *,
    earlier: CountEntry | None,
    year: int,
) -> CountEntry:
    homes_passed, connected = _own_part(reporter, code, village)
    active = _active(reporter, connected, year) if reporter.association.counts_active else None
    is_unchanged = earlier is not None and (
        (village.dwellings, homes_passed, connected, active)
        == (earlier.dwellings, earlier.homes_passed, earlier.connected, earlier.active)
    )
    return CountEntry(
        village=code,
        dwellings=village.dwellings,
        dwellings_source=(
            DwellingsSource.REPORTER
            if reporter.association.counts_dwellings
            else DwellingsSource.REGISTER
        ),
        homes_passed=homes_passed,
        connected=connected,
        active=active,
        is_unchanged=is_unchanged,
        reason=village.reason,
    )


def _own_part(reporter: Reporter, code: str, village: VillageYear) -> tuple[int, int]:
    """Homes passed and connected of this association's network in the village.

    Two networks share the connected homes. Both pass most homes once the whole village is
    passed, so that their sum exceeds the dwellings; before that they pass different ones.
    """
    networks = [a.key for a in reporter.facts.associations if code in a.villages]
    if len(networks) == 1:
        return village.homes_passed, village.connected
    first = round(village.connected * FIRST_NETWORK_SHARE)
    second = village.connected - first
    is_full = village.homes_passed == village.dwellings
    reach = max(second, math.floor(village.homes_passed * SECOND_NETWORK_REACH))
    if networks[0] == reporter.association.key:
        return (village.homes_passed if is_full else village.homes_passed - second), first
    return (reach if is_full else second), second


def _active(reporter: Reporter, connected: int, year: int) -> int:
    activation = reporter.activation + ACTIVATION_GAIN_A_YEAR * (year - FIRST_YEAR)
    wanted = math.floor(connected * min(activation, HIGHEST_ACTIVATION))
    return nearest(wanted, (0, connected), lambda count: is_clear(count, connected - count))
