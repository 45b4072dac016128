"""What a gap can be asked for, and the rows its page, map and files are made of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from outreach.measures.classes import DwellingType, FineClass, Scheme, SettlementClass
from outreach.measures.rates import UNKNOWN_SHARE, Counts, Measure, Share
from outreach.measures.reach import KILOMETRES

ALL_AREAS = "all"
DWELLINGS = (DwellingType.permanent, DwellingType.holiday)
"""What a gap can be taken over: a workplace is counted by associations, but is no dwelling."""


class Beside(StrEnum):
    """What the gap page can show of people instead of dwellings, beside their connection."""

    maturity = "maturity"
    reach = "reach"


Shown: TypeAlias = Measure | Beside
"""Whatever the map, the charts and the tables of the gap can be about."""


class AreaKind(StrEnum):
    """How large an area is."""

    ALL = "all"
    COUNTY = "county"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Area:
    """What a gap is taken over. `counties` are the codes of the counties it lies in."""

    code: str
    name: str
    kind: AreaKind
    counties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What there is to choose from. Dates newest first; areas widest first, then by name.

    `dwellings` is the type that the dates are of, `types` are those that have any figures.
    """

    days: tuple[date, ...]
    areas: tuple[Area, ...]
    dwellings: DwellingType = DwellingType.permanent
    types: tuple[DwellingType, ...] = (DwellingType.permanent,)

    def area(self, code: str) -> Area | None:
        """The area of a code, if something is published about it."""
        return next((area for area in self.areas if area.code == code), None)


@dataclass(frozen=True, slots=True)
class Choice:
    """One gap: what is measured, how urban and rural are told apart, where and when.

    `known_on` is the day as of whose end the figures are those that were published; None for
    what is published now. With `beside` the page is about that, and `measure` is the rate of
    connection that stands beside it. `near` is how many kilometres a session is taken to reach.
    """

    measure: Measure
    scheme: Scheme
    day: date
    area: Area
    known_on: date | None = None
    beside: Beside | None = None
    near: int = KILOMETRES
    dwellings: DwellingType = DwellingType.permanent

    @property
    def shown(self) -> Shown:
        """What the map, the charts and the tables are about."""
        return self.measure if self.beside is None else self.beside


class VillageState(StrEnum):
    """How a village stands on the map and in the table, each drawn apart.

    NOT_SHOWN is one state for the public, whether nothing was reported or privacy forbids to
    show it: telling the two apart would itself give something away. UNDEFINED is a rate whose
    denominator is 0, such as the take-up where no dwelling is passed.
    """

    REPORTED = "reported"
    ZERO = "zero"
    OVERDUE = "overdue"
    NOT_EXPECTED = "not_expected"
    UNDEFINED = "undefined"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One village on one date as published and not yet disclosed."""

    village_id: int
    code: str
    name: str
    municipality_code: str
    municipality_name: str
    county_code: str
    settlement_class: SettlementClass | None
    fine_class: FineClass
    inhabitants: int | None
    register_dwellings: int | None
    is_expected: bool
    is_carried_forward: bool
    reported_on: date | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class FineSum:
    """Sums over the villages of one fine class, of one municipality or more, on one date.

    `shares` and `counted` (villages in the share) are by measure, in the measures' order.
    `villages` are all there are; `covered` those with a report, of that date or carried forward;
    `expected` and `reported` those asked to report for the date, and those that have.
    """

    municipality_code: str
    municipality_name: str
    fine_class: FineClass
    villages: int
    covered: int
    expected: int
    reported: int
    register_dwellings: int | None
    covered_dwellings: int | None
    oldest: date | None
    shares: tuple[Share, ...]
    counted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SeriesSum:
    """One measure's sums over a fine class of an area on one date.

    `reporting` are villages that have reported for the date of those asked to, `completeness` the
    register's dwellings in villages with a report, of all.
    """

    day: date
    fine_class: FineClass
    share: Share
    reporting: Share = UNKNOWN_SHARE
    completeness: Share = UNKNOWN_SHARE
