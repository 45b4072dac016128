"""The totals that a year's counts add up to, so that published shares come out as published."""

import math
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import count

from outreach.demo.facts import Facts, Measure, Target

INHABITANTS_PER_DWELLING = Fraction("2.1")
REPORTED_SHARE = Fraction("0.93")
"""The share of a municipality's dwellings that lies in a village of the demonstration."""

WEIGHT_YEAR = 2023
BASE_YEAR = 2018
GROWTH_A_YEAR = Fraction("0.0035")
CATCH_UP_A_YEAR = 0.88
"""After the last target, what is left to 100 % shrinks by this factor every year."""


def shows_as(count: int, total: int, percent: Decimal) -> bool:
    """True where count / total, in percent with as many decimals, is printed as `percent`."""
    share = Decimal(count) * 100 / Decimal(total)
    return share.quantize(percent, rounding=ROUND_HALF_UP) == percent


def nearest_count(total: int, percent: Decimal) -> int:
    """The whole number of a total that comes nearest to a percentage."""
    return math.floor(Fraction(percent) * total / 100 + Fraction(1, 2))


def dwellings_total(facts: Facts, municipality: str, year: int) -> int:
    """A municipality's reported dwellings in a year.

    Proportional to its inhabitants of 2023, because the county's published figures are the
    municipalities' weighted by those, and then the nearest total in which every percentage
    published for the year can occur at all: 68.28 % of 5 784 dwellings does not.
    """
    inhabitants = next(
        place.inhabitants[WEIGHT_YEAR]
        for place in facts.municipalities
        if place.code == municipality
    )
    wanted = (
        inhabitants
        * REPORTED_SHARE
        / INHABITANTS_PER_DWELLING
        * (1 + GROWTH_A_YEAR * (year - BASE_YEAR))
    )
    published = [
        target.percent
        for target in facts.targets
        if target.is_published and (target.area, target.year) == (municipality, year)
    ]
    return _nearest_total(round(wanted), published)


def _nearest_total(wanted: int, published: Sequence[Decimal]) -> int:
    """The search ends: every percentage with two decimals occurs in multiples of 10 000."""
    return next(
        total
        for distance in count()
        for total in (wanted + distance, max(1, wanted - distance))
        if all(shows_as(nearest_count(total, share), total, share) for share in published)
    )


def percent(facts: Facts, area: str, measure: Measure, *, year: int) -> Decimal:
    """The target of an area and year; years after the last target catch up towards 100 %."""
    known = {
        target.year: target
        for target in facts.targets
        if target.area == area and target.measure is measure
    }
    last = max(known)
    if year <= last:
        return known[year].percent
    missing = (100 - float(known[last].percent)) * CATCH_UP_A_YEAR ** (year - last)
    return Decimal(str(round(100 - missing, 1)))


def connected_totals(facts: Facts, totals: Mapping[str, int], *, year: int) -> dict[str, int]:
    """Each municipality's connected dwellings, such that the county's published share holds too.

    Rounding in the municipalities may leave the county a few dwellings off; the largest
    municipality, whose own share notices them least, takes those.
    """
    connected = {
        code: nearest_count(total, percent(facts, code, Measure.CONNECTED, year=year))
        for code, total in totals.items()
    }
    county = _county_target(facts, year)
    everything, together = sum(totals.values()), sum(connected.values())
    if county is not None and not shows_as(together, everything, county.percent):
        largest = max(totals, key=lambda code: totals[code])
        connected[largest] += nearest_count(everything, county.percent) - together
    return connected


def _county_target(facts: Facts, year: int) -> Target | None:
    wanted = (facts.county_code, Measure.CONNECTED, year)
    for target in facts.targets:
        if (target.area, target.measure, target.year) == wanted:
            return target
    return None
