"""Digital maturity as a gap: both sides, municipalities, rounds, and villages beside connection.

Maturity is judged by its own disclosure control and is the same for staff; the connection rates
are those the audience sees. A village without both is not in the picture.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outreach.gap.disclosed import VillageFigures
from outreach.gap.people_passports import survey_passport
from outreach.gap.rules import Area, AreaKind, Choice
from outreach.gap.summing import sides
from outreach.maturity.latest import Measured
from outreach.maturity.queries.rounds import RoundRow
from outreach.maturity.results import Figure
from outreach.measures.actions import CONNECTED_ENOUGH, LOW_MATURITY
from outreach.measures.classes import Group
from outreach.measures.disclosure import Part
from outreach.measures.passport import Passport
from outreach.measures.rates import Measure, points
from outreach.measures.wilson import Interval, difference


class Corner(StrEnum):
    """Where a village stands by connection and maturity."""

    BOTH = "both"
    CONNECTED_ONLY = "connected_only"
    SKILLED_ONLY = "skilled_only"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Sides:
    """Maturity on both sides of one place or round."""

    code: str
    name: str
    day: date
    rural: Figure
    urban: Figure
    whole: Figure
    passport: Passport

    @property
    def points(self) -> float | None:
        """The countryside minus towns, in percentage points."""
        return points(self.urban.share, self.rural.share)

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the gap, in percentage points."""
        found = difference(self.rural.share, self.urban.share)
        return None if found is None else Interval(100 * found.low, 100 * found.high)


@dataclass(frozen=True, slots=True)
class Dot:
    """A village in the picture. `maturity` is drawn towards its municipality's."""

    code: str
    name: str
    municipality: str
    group: Group | None
    connected: float
    maturity: float
    figure: Figure

    @property
    def corner(self) -> Corner:
        """Which of the four corners it is in; on a line belongs above it."""
        is_connected = self.connected >= CONNECTED_ENOUGH
        if self.maturity >= LOW_MATURITY:
            return Corner.BOTH if is_connected else Corner.SKILLED_ONLY
        return Corner.CONNECTED_ONLY if is_connected else Corner.NEITHER


@dataclass(frozen=True, slots=True)
class Skills:
    """The page of maturity. Without a round (`here` is None) there is nothing to show."""

    choice: Choice
    here: Sides | None
    municipalities: list[Sides]
    rounds: list[Sides]
    dots: list[Dot]
    is_demonstration: bool

    def within(self, corner: Corner) -> list[Dot]:
        """The villages of a corner."""
        return [dot for dot in self.dots if dot.corner is corner]


def skills(
    choice: Choice,
    found: Measured | None,
    rounds: Sequence[RoundRow],
    villages: Iterable[VillageFigures],
    areas: Sequence[Area],
) -> Skills:
    """Everything; `rounds` are the county's up to the day, and `areas` its municipalities."""
    if found is None:
        return Skills(choice, None, [], [], [], is_demonstration=False)
    area, newest = choice.area, found.results.round
    own = area.code if area.kind is AreaKind.MUNICIPALITY else None

    def both(code: str, name: str, of: RoundRow, municipality: str | None) -> Sides:
        rural, urban, whole = (
            Figure(found.share(part, municipality_code=municipality, of=of))
            for part in (*sides(choice.scheme), Part.total)
        )
        passport = survey_passport(choice, of)
        return Sides(code, name, of.reference_date, rural, urban, whole, passport)

    return Skills(
        choice=choice,
        here=both(area.code, area.name, newest, own),
        municipalities=[both(one.code, one.name, newest, one.code) for one in areas],
        rounds=[both(area.code, area.name, of, own) for of in rounds],
        dots=_dots(found, villages),
        is_demonstration=newest.is_demonstration,
    )


def _dots(found: Measured, villages: Iterable[VillageFigures]) -> list[Dot]:
    measured = {one.code: one for one in found.results.villages if one.code is not None}
    dots = []
    for village in villages:
        one = measured.get(village.code)
        connected = village.share_of(Measure.connection_rate).value
        if one is None or one.shrunk is None or connected is None or not one.figure.share.known:
            continue
        dots.append(
            Dot(
                village.code,
                village.name,
                village.municipality_name,
                village.group,
                connected,
                one.shrunk,
                one.figure,
            )
        )
    return dots
