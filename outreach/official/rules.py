"""Official municipal series: what each counts, and where it breaks.

Kolada's N07918 (PTS) counts the population up to 2014, households 2015–2020 and the population
from 2021 on, on 1 October, without holiday homes. A figure on one side of a break is not compared
with one on the other.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

REFERENCE_MONTH, REFERENCE_DAY = 10, 1
FIRST_YEAR, LAST_YEAR = 2007, 2100
HIGHEST_PERCENT = 100.0


class Counted(StrEnum):
    """What a series counts the share of."""

    POPULATION = "population"
    HOUSEHOLDS = "households"


class OfficialMeasure(StrEnum):
    """Which of our measures a series stands beside."""

    COVERAGE = "coverage"
    CONNECTION_RATE = "connection_rate"


@dataclass(frozen=True, slots=True)
class Series:
    """An official series by the code it has at its publisher."""

    code: str
    measure: OfficialMeasure
    publisher: str


SERIES = {
    "N07918": Series("N07918", OfficialMeasure.COVERAGE, "PTS, Kolada"),
    "PTS-CONNECTED": Series("PTS-CONNECTED", OfficialMeasure.CONNECTION_RATE, "PTS"),
    "PTS-PASSED": Series("PTS-PASSED", OfficialMeasure.COVERAGE, "PTS"),
}
"""Series that can be imported. The first breaks as described above; so do PTS's own."""

BREAKS = (2015, 2021)
"""The first years that are counted in another way than the year before."""


@dataclass(frozen=True, slots=True)
class OfficialEntry:
    """One figure as published: a municipality's or county's percentage in one year."""

    row: int
    series: str
    area_code: str
    year: int
    percent: float

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.percent / 100


def breaks_between(first: int, last: int) -> list[int]:
    """The breaks that lie between two years' figures: the first year of each new way."""
    return [year for year in BREAKS if first < year <= last]


def break_span(year: int) -> str:
    """A break as it is written: 2014/15."""
    return f"{year - 1}/{year % 100:02}"


def breaks_lie_at(year: int) -> date:
    """Half-way between the last figure of the old way and the first of the new one."""
    before, after = day_of(year - 1), day_of(year)
    return before + (after - before) / 2


def counted_in(year: int) -> Counted:
    """What the series count in a year."""
    return Counted.HOUSEHOLDS if BREAKS[0] <= year < BREAKS[1] else Counted.POPULATION


def day_of(year: int) -> date:
    """The series' reference date."""
    return date(year, REFERENCE_MONTH, REFERENCE_DAY)
