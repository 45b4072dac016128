"""Digital maturity as a measure of the gap page: what the survey's own page shows of a round.

Of several counties a sum is shown only where every county's is, as it could be added up by anyone.
A village asked in an earlier survey and not in the newest keeps that figure, marked with its age.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from outreach.gap.beside import (
    OfMunicipality,
    People,
    Seen,
    Sides,
    as_seen,
    in_place_of_rate,
    state_of,
    three,
)
from outreach.gap.people_passports import survey_passport
from outreach.gap.results import BesideBasis, Findings, SeriesPoint
from outreach.gap.rules import AreaKind, Beside, Choice, VillageState
from outreach.gap.summing import sides
from outreach.maturity.latest import Measured
from outreach.maturity.queries.rounds import RoundRow
from outreach.measures.disclosure import Part
from outreach.measures.rates import UNKNOWN_SHARE, Share, total
from outreach.measures.wilson import Interval, difference, wilson


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A county's newest round, all its rounds up to the day, and the one before as shown."""

    newest: Measured
    rounds: tuple[RoundRow, ...]
    earlier: Sequence[Measured]


def with_maturity(found: Findings, counties: Mapping[str, Surveyed | None]) -> Findings:
    """The findings about the share with at least basic digital skills, of all who answered."""
    skills = _Skills(found.choice, counties)
    seen = {code: one for surveyed in skills.known for code, one in _of_villages(surveyed).items()}
    of_area = skills.of_area()
    people = People(
        Beside.maturity,
        of_area,
        villages=[
            as_seen(village, seen, expected=counties.get(village.county_code) is not None)
            for village in found.villages
        ],
        municipalities={one.code: skills.of_municipality(one.code) for one in found.municipalities},
        series=skills.series(of_area),
        basis=skills.basis(of_area),
    )
    return in_place_of_rate(found, people)


@dataclass(frozen=True, slots=True)
class _Skills:
    """What the surveys of an area's counties show; None is a county that was never asked."""

    choice: Choice
    counties: Mapping[str, Surveyed | None]

    @property
    def known(self) -> list[Surveyed]:
        return [one for one in self.counties.values() if one is not None]

    @property
    def oldest(self) -> RoundRow | None:
        """Of the counties' newest rounds, the first: what the area's figure is as old as."""
        newest = (one.rounds[0] for one in self.known)
        return min(newest, key=lambda one: one.reference_date, default=None)

    @property
    def _parts(self) -> tuple[Part, Part, Part]:
        return *sides(self.choice.scheme), Part.total

    @property
    def _own(self) -> str | None:
        area = self.choice.area
        return area.code if area.kind is AreaKind.MUNICIPALITY else None

    def of_area(self) -> Sides:
        if len(self.known) < len(self.counties):
            return UNKNOWN_SHARE, UNKNOWN_SHARE, UNKNOWN_SHARE
        return three(
            _all_or_none(one.newest.share(part, municipality_code=self._own) for one in self.known)
            for part in self._parts
        )

    def of_municipality(self, code: str) -> OfMunicipality:
        surveyed = self.counties.get(code[:2])
        if surveyed is None:
            return OfMunicipality((UNKNOWN_SHARE, UNKNOWN_SHARE, UNKNOWN_SHARE), None)
        shares = (surveyed.newest.share(part, municipality_code=code) for part in self._parts)
        return OfMunicipality(three(shares), survey_passport(self.choice, surveyed.rounds[0]))

    def series(self, of_area: Sides) -> list[SeriesPoint]:
        """Every round of a single county; of several, which ask on days of their own, one point."""
        if len(self.counties) > 1 or not self.known:
            oldest = self.oldest
            return [SeriesPoint(oldest.reference_date if oldest else self.choice.day, *of_area)]
        surveyed = self.known[0]
        return [self._point(surveyed.newest, of) for of in reversed(surveyed.rounds)]

    def _point(self, newest: Measured, of: RoundRow) -> SeriesPoint:
        shares = (newest.share(part, municipality_code=self._own, of=of) for part in self._parts)
        passport = survey_passport(self.choice, of)
        return SeriesPoint(of.reference_date, *three(shares), passport=passport)

    def basis(self, of_area: Sides) -> BesideBasis:
        rural, urban, _ = of_area
        apart, oldest = difference(rural, urban), self.oldest
        return BesideBasis(
            day=None if oldest is None else oldest.reference_date,
            interval=None if apart is None else Interval(100 * apart.low, 100 * apart.high),
            rural=wilson(rural),
            urban=wilson(urban),
            is_demonstration=any(one.rounds[0].is_demonstration for one in self.known),
            passport=None if oldest is None else survey_passport(self.choice, oldest),
        )


def maturity_by_village(measured: Measured) -> dict[str, Share]:
    """What is shown of each village of a round that has a figure."""
    return {
        one.code: one.figure.share
        for one in measured.results.villages
        if one.code is not None and one.figure.share.known
    }


def _of_villages(surveyed: Surveyed) -> dict[str, Seen]:
    seen = {
        code: Seen(share, VillageState.OVERDUE, one.results.round.reference_date)
        for one in surveyed.earlier
        for code, share in maturity_by_village(one).items()
    }
    day = surveyed.rounds[0].reference_date
    newest = maturity_by_village(surveyed.newest)
    return seen | {code: Seen(share, state_of(share), day) for code, share in newest.items()}


def _all_or_none(shares: Iterable[Share]) -> Share:
    every = list(shares)
    return total(every) if every and all(one.known for one in every) else UNKNOWN_SHARE
