"""The served villages with what chance gives each of them once and for all years."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach.demo.facts import Association, Facts, Place
from outreach.demo.targets import BASE_YEAR, INHABITANTS_PER_DWELLING
from outreach.measures.classes import SettlementClass

TOWN_INHABITANTS = 3000
GROWING_INHABITANTS = 400
FEWEST_DWELLINGS = 3
GROUPING_DELIMITATION = 2015
"""Rural villages are those outside localities on 1 October 2018, the year whose rural share is
published: the delimitation then in force is that of 2015."""

TOWN_LEAN = 0.6
SMAORT_LEAN = -0.8
OVERLAP_LEAN = 2.5
"""Where two networks compete, nearly everyone has been asked twice."""

RURAL_SPREAD = 3.2
URBAN_SPREAD = 1.2


@dataclass(frozen=True, slots=True)
class Village:
    """A place and its constants: `lean` and `take_up` set its curve, `first_year` its start.

    `networks` is how many associations serve it.
    """

    place: Place
    is_rural: bool
    base_dwellings: int
    growth_a_year: float
    lean: float
    take_up: float
    first_year: int
    networks: int

    def dwellings(self, year: int) -> int:
        """Dwellings in a year by steady growth; events come on top."""
        return round(self.base_dwellings * (1 + self.growth_a_year * (year - BASE_YEAR)))


def settlement_class(facts: Facts, place: Place, delimitation_year: int) -> SettlementClass:
    """A place's class at one delimitation."""
    for change in facts.class_changes:
        if (change.village, change.delimitation_year) == (place.code, delimitation_year):
            return change.settlement_class
    return place.settlement_class


def estimated_dwellings(place: Place, *, variation: float) -> int:
    """About one dwelling to 2.1 inhabitants, `variation` (around 1) more or fewer."""
    expected = float(place.inhabitants_2020 / INHABITANTS_PER_DWELLING)
    return max(FEWEST_DWELLINGS, round(expected * variation))


def served_villages(facts: Facts, *, seed: str) -> dict[str, Village]:
    """Every village that an association serves, by code.

    Each draws from its own generator, so that a new place leaves the others as they were.
    """
    served_by: dict[str, list[Association]] = {}
    for association in facts.associations:
        for code in association.villages:
            served_by.setdefault(code, []).append(association)
    return {
        place.code: _village(facts, place, served_by=served_by[place.code], seed=seed)
        for place in facts.places
        if place.code in served_by
    }


def main_towns(villages: Mapping[str, Village]) -> dict[str, str]:
    """The code of each municipality's largest place."""
    by_size = sorted(villages.values(), key=lambda village: village.place.inhabitants_2020)
    return {village.place.municipality: village.place.code for village in by_size}


def _village(facts: Facts, place: Place, *, served_by: Sequence[Association], seed: str) -> Village:
    chance = random.Random(f"{seed}:{place.code}")
    variation, growth, lean, take_up, delay = (chance.random() for _ in range(5))
    is_overlapped = len(served_by) > 1
    kind = settlement_class(facts, place, GROUPING_DELIMITATION)
    is_rural = kind is SettlementClass.outside
    is_growing = place.inhabitants_2020 >= GROWING_INHABITANTS
    return Village(
        place=place,
        is_rural=is_rural,
        base_dwellings=estimated_dwellings(place, variation=0.95 + 0.1 * variation),
        growth_a_year=-0.001 + 0.006 * growth if is_growing else 0.0,
        lean=(OVERLAP_LEAN if is_overlapped else _lean(kind, place))
        + (lean - 0.5) * (RURAL_SPREAD if is_rural else URBAN_SPREAD),
        take_up=0.97 + 0.025 * take_up,
        first_year=min(association.first_connected_year for association in served_by)
        + int(delay * (4 if is_rural else 2)),
        networks=len(served_by),
    )


def _lean(kind: SettlementClass, place: Place) -> float:
    if kind is SettlementClass.smaort:
        return SMAORT_LEAN
    return TOWN_LEAN if place.inhabitants_2020 >= TOWN_INHABITANTS else 0.0
