"""Figures of people as a measure of the gap page, beside connection.

Nothing new is counted or disclosed here: they are what their own page shows. They take the place
of the chosen rate in the findings, so that map, charts, tables and files are the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from outreach.gap.disclosed import VillageFigures
from outreach.gap.results import (
    BesideBasis,
    Findings,
    MeasureGap,
    MunicipalityFigures,
    SeriesPoint,
)
from outreach.gap.rules import Beside, VillageState
from outreach.measures.classes import Group
from outreach.measures.gap import GroupSum, gap, par
from outreach.measures.passport import Passport
from outreach.measures.rates import UNKNOWN_SHARE, Share

Sides: TypeAlias = tuple[Share, Share, Share]
"""Rural, urban and whole."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a village shows in the place of a rate."""

    share: Share
    state: VillageState
    day: date | None


@dataclass(frozen=True, slots=True)
class OfMunicipality:
    """What a municipality shows in the place of a rate."""

    sides: Sides
    passport: Passport | None


@dataclass(frozen=True, slots=True)
class People:
    """Everything that takes the place of a rate; `municipalities` by code."""

    measure: Beside
    sides: Sides
    villages: list[VillageFigures]
    municipalities: Mapping[str, OfMunicipality]
    series: list[SeriesPoint]
    basis: BesideBasis


def in_place_of_rate(found: Findings, people: People) -> Findings:
    """The findings about people, where they were about the chosen rate."""
    groups = (Group.rural, Group.urban, None)
    rural, urban, whole = (
        _sum(share, [one for one in people.villages if group is None or one.group is group])
        for share, group in zip(people.sides, groups, strict=True)
    )
    chosen = MeasureGap(
        measure=found.choice.measure,
        beside=people.measure,
        gap=gap(rural, urban),
        whole=whole,
        par=par(urban.share, whole.share),
    )
    return replace(
        found,
        chosen=chosen,
        villages=people.villages,
        municipalities=[
            _municipality(one, people.municipalities[one.code]) for one in found.municipalities
        ],
        series=people.series,
        basis=people.basis,
    )


def _municipality(one: MunicipalityFigures, people: OfMunicipality) -> MunicipalityFigures:
    rural, urban, whole = (_sum(share, ()) for share in people.sides)
    return replace(one, rural=rural, urban=urban, whole=whole, passport=people.passport)


def _sum(share: Share, villages: Iterable[VillageFigures]) -> GroupSum:
    counted = sum(one.share.known for one in villages)
    return GroupSum(share.numerator, share.denominator, counted, None, None)


def as_seen(village: VillageFigures, seen: Mapping[str, Seen], *, expected: bool) -> VillageFigures:
    """The village with what is seen of it; `expected` is whether anything was to be."""
    one = seen.get(village.code)
    if one is None or not one.share.known:
        state = VillageState.NOT_SHOWN if expected else VillageState.NOT_EXPECTED
        return unseen(village, state)
    return replace(
        village, share=one.share, state=one.state, reported_on=one.day, is_withheld=False
    )


def unseen(village: VillageFigures, state: VillageState) -> VillageFigures:
    """The village with no figure, and why."""
    return replace(village, share=UNKNOWN_SHARE, state=state, reported_on=None, is_withheld=False)


def state_of(share: Share) -> VillageState:
    """What the map says of a share."""
    if share.value is None:
        return VillageState.UNDEFINED if share.known else VillageState.NOT_SHOWN
    return VillageState.ZERO if share.numerator == 0 else VillageState.REPORTED


def three(shares: Iterable[Share]) -> Sides:
    """Three shares as the sides they are of."""
    rural, urban, whole = shares
    return rural, urban, whole
