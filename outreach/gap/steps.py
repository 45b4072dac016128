"""What to do next in an area, as an audience may know it.

The villages are those whose figures the audience sees; both gaps are the published ones. So what
the public is told here follows from what is published.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from outreach.gap.disclosed import VillageFigures
from outreach.gap.queries.reaching import Reached
from outreach.gap.results import Direction, Findings, MeasureGap, direction
from outreach.measures.actions import (
    MOVES,
    ActingFor,
    Action,
    Cheapest,
    CivilAction,
    CivilPlace,
    Place,
    Sides,
    after,
    cheapest_half,
    for_civil_society,
    left_in,
    ranked,
)
from outreach.measures.gap import GroupSum
from outreach.measures.rates import Counts, Measure, rate

BOTH = (Measure.coverage, Measure.take_up)
OFFERED = (ActingFor.associations, ActingFor.funders, ActingFor.civil_society)
"""The audiences with a list."""


@dataclass(frozen=True, slots=True)
class RankedVillage:
    """A village with its action, and whether the reader has ticked it."""

    village: VillageFigures
    action: Action
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """What the ticked villages come to."""

    villages: int
    dwellings: int
    after: Sides


@dataclass(frozen=True, slots=True)
class Training:
    """A village that civil society is asked to come to, and what is known of it."""

    village: VillageFigures
    action: CivilAction
    place: CivilPlace


@dataclass(frozen=True, slots=True)
class NextSteps:
    """The ranked list of an audience, the cheapest half, and what the reader tries out.

    Civil society's list is `training`: it closes neither gap, and is None for the others.
    """

    findings: Findings
    audience: ActingFor
    before: Sides
    ranked: tuple[RankedVillage, ...]
    half: Cheapest | None
    tried: Tried | None
    training: tuple[Training, ...] | None = None

    @property
    def dwellings(self) -> int:
        """The dwellings that there is something to do for: all of the area's, where that is known.

        So it is the number that other pages tell, and not only that of the villages shown.
        """
        whole = self._whole
        if whole.numerator is None or whole.denominator is None:
            return sum(one.action.dwellings for one in self.ranked)
        return whole.denominator - whole.numerator

    @property
    def is_least(self) -> bool:
        """Whether the dwellings are those of the villages shown only."""
        return not self._whole.share.known

    @property
    def _whole(self) -> GroupSum:
        is_building = self.audience is ActingFor.funders
        return (self.findings.build if is_building else self.findings.take_up).whole

    @property
    def half_names(self) -> list[VillageFigures]:
        """The villages of the cheapest set, most dwellings first."""
        chosen = set(self.half.codes) if self.half else set()
        return [one.village for one in self.ranked if one.village.code in chosen]


def training_steps(
    findings: Findings, reached: Iterable[Reached], maturity: Mapping[str, float], *, known: bool
) -> NextSteps:
    """Civil society's page. `maturity` is by village, drawn towards the municipality's.

    `known` says whether sessions are logged at all, as without a log none can be told to lack one.
    """
    villages = {one.code: one for one in findings.villages}
    places = {
        one.code: CivilPlace(
            one.code,
            one.inhabitants,
            villages[one.code].share_of(Measure.connection_rate),
            maturity.get(one.code),
            one.is_within if known else None,
        )
        for one in reached
        if one.code in villages
    }
    return NextSteps(
        findings=findings,
        audience=ActingFor.civil_society,
        before=Sides({}, {}),
        ranked=(),
        half=None,
        tried=None,
        training=tuple(
            Training(villages[one.code], one, places[one.code])
            for one in for_civil_society(places.values())
        ),
    )


def next_steps(findings: Findings, audience: ActingFor, ticked: Sequence[str]) -> NextSteps:
    """Everything on the page, from what was found about the area."""
    before = Sides(
        rural={one.measure: one.gap.rural.share for one in _both(findings)},
        urban={one.measure: one.gap.urban.share for one in _both(findings)},
    )
    villages = {one.code: one for one in findings.villages}
    places = {code: _place(one) for code, one in villages.items()}
    wanted = [places[code] for code in ticked if code in places]
    chosen = {place.code for place in wanted}
    return NextSteps(
        findings=findings,
        audience=audience,
        before=before,
        ranked=tuple(
            RankedVillage(villages[one.code], one, one.code in chosen)
            for one in ranked(places.values(), before, audience)
        ),
        half=half_of(places.values(), before, audience),
        tried=_tried(wanted, before, audience) if wanted else None,
    )


def half_of(places: Iterable[Place], sides: Sides, audience: ActingFor) -> Cheapest | None:
    """The cheapest half of a gap; None also where town and countryside are called level."""
    if direction(sides.points(MOVES[audience])) is Direction.LEVEL:
        return None
    return cheapest_half(places, sides, audience)


def _tried(wanted: Sequence[Place], before: Sides, audience: ActingFor) -> Tried:
    return Tried(
        villages=len(wanted),
        dwellings=sum(left_in(place, audience) or 0 for place in wanted),
        after=after(before, wanted, audience),
    )


def _both(findings: Findings) -> tuple[MeasureGap, MeasureGap]:
    return findings.build, findings.take_up


def _place(village: VillageFigures) -> Place:
    """With what both measures know of the village: a share with a hidden count is unknown."""
    counts = village.counts
    whole = all(rate(counts, measure).known for measure in BOTH)
    return Place(
        village.code,
        village.group,
        Counts(counts.dwellings, counts.homes_passed, counts.connected if whole else None),
    )
