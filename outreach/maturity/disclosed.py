"""What of a county's survey rounds the public may see; staff see no more of it.

Villages, classes, municipalities and the county are judged together over all rounds by the one
disclosure function, for how many answered and how many of them are at least basic. Breakdowns by
level, area, age and sex are judged by `measures.breakdown`, on top of that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from outreach.maturity.queries.sums import PlaceSum
from outreach.measures.classes import FineClass
from outreach.measures.disclosure import Cell, Part, Withheld, disclose
from outreach.measures.rates import Measure
from outreach.measures.suppression.table import RANKS


@dataclass(frozen=True, slots=True)
class Judged:
    """What is withheld of a county, asked for by the place's own key."""

    withheld: Withheld

    def hides_place(self, place: PlaceSum) -> bool:
        """Whether a village's figures, or those of small villages together, are withheld."""
        return self.withheld.hides_village(place_key(place), place.day)

    def hides_sum(self, area: str, day: date, *, part: Part = Part.total) -> bool:
        """Whether the sums over a part of a municipality or county are withheld."""
        return self.withheld.hides_sum(area, day, part=part, measure=Measure.take_up)


def judge(county_code: str, sums: Iterable[PlaceSum], *, k: int) -> Judged:
    """Judge all rounds of a county.

    Nothing of a survey is known from a register: how many answered is itself a count of persons.
    It stands in the place of homes passed, and at least basic in that of connected, so that
    both and what is between them are guarded.
    """
    return Judged(disclose([_cell(county_code, one) for one in sums], k=k))


def place_key(place: PlaceSum) -> int:
    """A village's id; for small villages together a number below zero, one for each class."""
    if place.village_id is not None:
        return place.village_id
    return -(int(place.municipality_code) * len(FineClass) + RANKS[place.fine_class])


def _cell(county_code: str, place: PlaceSum) -> Cell:
    return Cell(
        village=place_key(place),
        date=place.day,
        county=county_code,
        municipality=place.municipality_code,
        fine_class=place.fine_class,
        dwellings=None,
        homes_passed=place.tally.persons,
        connected=place.tally.at_least_basic,
        active=None,
    )
