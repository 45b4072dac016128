"""Training in an area as one audience may know it: reach, what was held, topics and ages.

What is held where is public: it stands in the calendar. How many came is judged for the public by
the one disclosure function, over whole calendar years, and told to the nearest ten.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from outreach.gap.disclosed import Audience
from outreach.gap.queries.reaching import Period, YearSum
from outreach.gap.rules import Area, Choice
from outreach.gap.summing import fine_classes, sides
from outreach.measures.classes import SettlementClass
from outreach.measures.disclosure import Cell, Part, Withheld, disclose, part_of_class
from outreach.measures.rates import Measure, Share, points
from outreach.measures.reach import (
    ReachSum,
    per_thousand,
    reach,
    rounded,
    together,
    year_before,
)

YEARS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """What was held in a year, as told: None is unknown or withheld."""

    sessions: int
    participants: int | None
    hours: int | None
    inhabitants: int | None

    @property
    def per_thousand(self) -> tuple[float | None, float | None, float | None]:
        """Sessions, participants and participant-hours for each thousand inhabitants."""
        first, second, third = (
            per_thousand(count, self.inhabitants)
            for count in (self.sessions, self.participants, self.hours)
        )
        return first, second, third


@dataclass(frozen=True, slots=True)
class Line:
    """A part of the area: whom training reaches, and what was held in the last whole year."""

    key: str
    name: str
    reach: Share
    villages: int
    placed: int
    held: Told | None


@dataclass(frozen=True, slots=True)
class Then:
    """Reach in the twelve months up to a day, on both sides."""

    day: date
    rural: Share
    urban: Share
    whole: Share

    @property
    def points(self) -> float | None:
        """The gap in percentage points."""
        return points(self.urban, self.rural)


@dataclass(frozen=True, slots=True)
class Year:
    """What was held in one whole calendar year."""

    year: int
    whole: Told
    rural: Told
    urban: Told


@dataclass(frozen=True, slots=True)
class Training:
    """The page of reach, but for topics and ages."""

    choice: Choice
    audience: Audience
    kilometres: int
    whole: Line
    rural: Line
    urban: Line
    classes: list[Line]
    municipalities: list[Line]
    over_time: list[Then]
    years: list[Year]

    @property
    def points(self) -> float | None:
        """The gap of reach in percentage points."""
        return points(self.urban.reach, self.rural.reach)


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many came, by county, judged over all whole years."""

    by_county: Mapping[str, Withheld]

    def hides(self, code: str, counties: Iterable[str], year: int, part: Part) -> bool:
        """Whether a part's participants are withheld; of several counties, if any county's are."""
        return any(
            self.by_county[county].hides_sum(
                code or county, date(year, 12, 31), part=part, measure=Measure.take_up
            )
            for county in counties
        )


def cells_of(sums: Iterable[YearSum], *, newest: date) -> frozenset[Cell]:
    """What is judged of a county: participants of each village and whole year.

    They stand for homes passed, and nobody for connected, so that they are all that is guarded.
    """
    return frozenset(
        Cell(
            village=one.village_id,
            date=date(one.year, 12, 31),
            county=one.county_code,
            municipality=one.municipality_code,
            fine_class=one.fine_class,
            dwellings=None,
            homes_passed=one.activity.participants,
            connected=0,
            active=None,
        )
        for one in sums
        if one.year < newest.year and one.activity.participants is not None
    )


def judged(cells: Iterable[Cell], *, k: int) -> Withheld:
    """What the public may not know of a county's participants."""
    return disclose(cells, k=k)


def periods_up_to(day: date) -> list[Period]:
    """Twelve months up to the day, and up to the same day in earlier years; newest first."""
    found = []
    for _ in range(YEARS):
        before = year_before(day)
        found.append(Period(before, day))
        day = before
    return found


@dataclass(frozen=True, slots=True)
class _Sums:
    """What lines are added up from: people in the newest period, and what whole years held.

    `year` is the last of those.
    """

    period: Period
    year: int
    now: Sequence[ReachSum]
    held: Sequence[YearSum]

    def of(self, code: str) -> "_Sums":
        """Those of one municipality."""
        return replace(
            self,
            now=[one for one in self.now if one.municipality_code == code],
            held=[one for one in self.held if one.municipality_code == code],
        )


@dataclass(frozen=True, slots=True)
class Teller:
    """How sums become the page's lines for one audience and choice."""

    choice: Choice
    audience: Audience
    hidden: Hidden
    logged: Mapping[Period, bool]
    kilometres: int

    def training(
        self,
        reached: Mapping[Period, Sequence[ReachSum]],
        held: Sequence[YearSum],
        *,
        newest: date,
    ) -> Training:
        """Everything. `newest` is the newest published day: whole years end before it."""
        rural, urban = sides(self.choice.scheme)
        period, now = next(iter(reached.items()))
        here = [one for one in held if one.year < newest.year and _is_in(one, self.choice.area)]
        names = {one.municipality_code: one.municipality_name for one in now}
        line = partial(self._line, _Sums(period, newest.year - 1, now, here))
        return Training(
            choice=self.choice,
            audience=self.audience,
            kilometres=self.kilometres,
            whole=line(Part.total),
            rural=line(rural),
            urban=line(urban),
            classes=[line(part_of_class(one)) for one in SettlementClass],
            municipalities=[line(Part.total, code=code, name=name) for code, name in names.items()],
            over_time=[self._then(one, sums) for one, sums in reached.items()],
            years=[
                Year(
                    year,
                    *(
                        self._told(here, now, part, year=year)
                        for part in (Part.total, rural, urban)
                    ),
                )
                for year in sorted({one.year for one in here}, reverse=True)[:YEARS]
            ],
        )

    def _line(self, sums: _Sums, part: Part, *, code: str = "", name: str = "") -> Line:
        own = sums.of(code) if code else sums
        of_part = _part(own.now, part)
        return Line(
            key=code or part.value,
            name=name,
            reach=reach(of_part, is_logged=self.logged[sums.period]),
            villages=sum(one.villages for one in of_part),
            placed=sum(one.placed for one in of_part),
            held=self._told(own.held, own.now, part, year=sums.year, code=code),
        )

    def _then(self, period: Period, sums: Sequence[ReachSum]) -> Then:
        rural, urban = sides(self.choice.scheme)
        of = [
            reach(_part(sums, part), is_logged=self.logged[period])
            for part in (rural, urban, Part.total)
        ]
        return Then(period.until, *of)

    def _told(
        self,
        held: Iterable[YearSum],
        sums: Iterable[ReachSum],
        part: Part,
        *,
        year: int,
        code: str = "",
    ) -> Told:
        fine = fine_classes(part)
        activity = together(
            one.activity for one in held if one.year == year and one.fine_class in fine
        )
        people = [one.inhabitants for one in _part(sums, part) if one.inhabitants is not None]
        inhabitants = sum(people) if people else None
        if self.audience is Audience.INTERNAL:
            hours = None if activity.hours is None else round(activity.hours)
            return Told(activity.sessions, activity.participants, hours, inhabitants)
        area = self.choice.area
        counties = (code[:2],) if code else area.counties
        own = code or (area.code if len(area.code) == 4 else "")
        if self.hidden.hides(own, counties, year, part):
            return Told(activity.sessions, None, None, inhabitants)
        return Told(
            activity.sessions, rounded(activity.participants), rounded(activity.hours), inhabitants
        )


def _part(sums: Iterable[ReachSum], part: Part) -> list[ReachSum]:
    fine = fine_classes(part)
    return [one for one in sums if one.fine_class in fine]


def _is_in(one: YearSum, area: Area) -> bool:
    return one.municipality_code == area.code or (
        one.county_code in area.counties and len(area.code) != 4
    )
