"""Training reach as a measure of the gap page: what the page of training reach shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from outreach.gap.beside import (
    OfMunicipality,
    People,
    Seen,
    Sides,
    as_seen,
    in_place_of_rate,
    state_of,
    three,
    unseen,
)
from outreach.gap.people_passports import reach_passport
from outreach.gap.queries.reaching import Period, Reached
from outreach.gap.results import BesideBasis, Findings, SeriesPoint
from outreach.gap.rules import Beside, Choice, VillageState
from outreach.gap.summing import fine_classes, sides
from outreach.measures.classes import Group
from outreach.measures.disclosure import Part
from outreach.measures.gap import dwellings_to_close
from outreach.measures.passport import Passport
from outreach.measures.reach import ReachSum, reach


def with_reach(
    found: Findings,
    reached: Iterable[Reached],
    periods: Mapping[Period, Sequence[ReachSum]],
    logged: Mapping[Period, frozenset[str]],
) -> Findings:
    """The findings about the inhabitants with a session near them; `periods` are newest first."""
    choice, now = found.choice, next(iter(periods))
    near = _Near(choice, periods, logged)
    shares = {one.code: one.share for one in reached}
    seen = {code: Seen(share, state_of(share), choice.day) for code, share in shares.items()}
    villages = [
        as_seen(village, seen, expected=True)
        if village.county_code in logged[now]
        else unseen(village, VillageState.NOT_EXPECTED)
        for village in found.villages
    ]
    people = People(
        Beside.reach,
        near.sides(now),
        villages=villages,
        municipalities={
            one.code: OfMunicipality(near.sides(now, one.code), near.passport(now, one.code))
            for one in found.municipalities
        },
        series=[
            SeriesPoint(one.until, *near.sides(one), passport=near.passport(one))
            for one in sorted(periods, key=lambda one: one.until)
        ],
        basis=BesideBasis(
            choice.day, None, None, None, kilometres=choice.near, passport=near.passport(now)
        ),
    )
    changed = in_place_of_rate(found, people)
    _, urban, _ = people.sides
    rural = [one.share for one in villages if one.group is Group.rural and one.share.known]
    to_close = dwellings_to_close(rural, urban)
    return replace(changed, chosen=replace(changed.chosen, to_close=to_close))


@dataclass(frozen=True, slots=True)
class _Near:
    """Whom training reaches in an area, or in the municipality with a code."""

    choice: Choice
    periods: Mapping[Period, Sequence[ReachSum]]
    logged: Mapping[Period, frozenset[str]]

    def sides(self, period: Period, code: str | None = None) -> Sides:
        counties = (code[:2],) if code else self.choice.area.counties
        is_logged = set(counties) <= self.logged[period]
        sums = self._sums(period, code)
        return three(
            reach(
                (one for one in sums if one.fine_class in fine_classes(part)), is_logged=is_logged
            )
            for part in (*sides(self.choice.scheme), Part.total)
        )

    def passport(self, period: Period, code: str | None = None) -> Passport:
        return reach_passport(self.choice, period.until, self._sums(period, code))

    def _sums(self, period: Period, code: str | None) -> list[ReachSum]:
        return [one for one in self.periods[period] if code in (None, one.municipality_code)]
