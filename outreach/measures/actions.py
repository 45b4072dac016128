"""What to do next: villages ranked for those who can act, and the cheapest set for half the gap.

**What the ranking rests on.** Dwellings, the only thing of cost and gain that is counted. An
association can talk to people in dwellings that are passed and not connected; a funder can build
to dwellings that are not passed. A village with more of them comes first; of equal ones the
smaller in dwellings, where they are a larger part. Nothing is known of what a metre of trench
costs there, of who has asked, or of the ground, and the page says so.

**What is assumed of an action.** It reaches everyone it is about: all passed dwellings connect,
or all dwellings are passed and none of the new ones has connected yet. So building lowers the
take-up until people have been talked to, and both gaps are shown after each action.

**The cheapest set.** Of the rural villages, those whose dwellings together are at least what it
takes to halve the gap, as few dwellings as possible, and of such sets one of fewest villages. That
is a knapsack turned round; it is solved exactly by dynamic programming (`cheapest`) as long as
villages times dwellings needed stay under `EXACT_STEPS`. Above that, the largest village goes
first, and then the smallest that is enough: that has the fewest villages there can be, and at
most one village's dwellings more than needed. The result says which it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import ceil

import numpy as np

from outreach.measures.classes import Group
from outreach.measures.rates import Counts, Measure, Share, left_to_build, left_to_connect, rate

EXACT_STEPS = 30_000_000
"""Villages times dwellings needed up to which the cheapest set is found exactly."""

LOW_MATURITY = 0.60
"""Under this share with at least basic skills, a village's maturity is called low.

Source: the project's choice, three quarters of the EU's target of 80 % by 2030.
"""
CONNECTED_ENOUGH = 0.60
"""From this connection rate on, skills rather than cables are what is missing."""


class ActingFor(StrEnum):
    """Who can act: each has another list."""

    associations = "associations"
    funders = "funders"
    civil_society = "civil_society"


MOVES: Mapping[ActingFor, Measure] = {
    ActingFor.associations: Measure.take_up,
    ActingFor.funders: Measure.coverage,
}
"""The gap that an audience's actions are meant to close."""


@dataclass(frozen=True, slots=True)
class Place:
    """A village that something can be done in, as far as its figures are known."""

    code: str
    group: Group | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Sides:
    """The rural and the urban sum of both gaps' measures."""

    rural: Mapping[Measure, Share]
    urban: Mapping[Measure, Share]

    def points(self, measure: Measure) -> float | None:
        """The gap in percentage points."""
        rural, urban = self.rural[measure].exact, self.urban[measure].exact
        return None if rural is None or urban is None else float(100 * (rural - urban))


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do in one village, and both gaps if it succeeds wholly."""

    code: str
    dwellings: int
    after: Sides


@dataclass(frozen=True, slots=True)
class Cheapest:
    """The villages of the cheapest set. `needed` is the least any set has to reach."""

    codes: tuple[str, ...]
    dwellings: int
    needed: int
    is_exact: bool
    after: Sides


def left_in(place: Place, audience: ActingFor) -> int | None:
    """The dwellings an audience can do something for in a village; None if unknown."""
    if audience is ActingFor.associations:
        return left_to_connect(place.counts)
    return left_to_build(place.counts)


def done(counts: Counts, audience: ActingFor) -> Counts:
    """A village's counts when the action has reached everyone."""
    if audience is ActingFor.associations:
        return replace(counts, connected=counts.homes_passed)
    return replace(counts, homes_passed=counts.dwellings)


def ranked(places: Iterable[Place], sides: Sides, audience: ActingFor) -> list[Action]:
    """The audience's actions, most dwellings first; villages with nothing left have none."""
    found = [(place, left) for place in places if (left := left_in(place, audience))]
    found.sort(key=lambda pair: (-pair[1], pair[0].counts.dwellings or 0, pair[0].code))
    return [Action(place.code, left, after(sides, [place], audience)) for place, left in found]


def after(sides: Sides, places: Iterable[Place], audience: ActingFor) -> Sides:
    """Both sides once the action has been done in all these villages."""
    shares = {Group.rural: dict(sides.rural), Group.urban: dict(sides.urban)}
    for place in places:
        if place.group is None:
            continue
        then = done(place.counts, audience)
        side = shares[place.group]
        for measure, share in side.items():
            side[measure] = _moved(share, rate(place.counts, measure), rate(then, measure))
    return Sides(shares[Group.rural], shares[Group.urban])


def _moved(side: Share, before: Share, later: Share) -> Share:
    """A side with one village's share replaced; unknown ones are in no side's sum."""
    if not (before.known and later.known and side.known):
        return side
    return Share(
        (side.numerator or 0) + (later.numerator or 0) - (before.numerator or 0),
        (side.denominator or 0) + (later.denominator or 0) - (before.denominator or 0),
    )


def needed_for_half(sides: Sides, measure: Measure) -> int | None:
    """How many rural dwellings halve a gap; 0 where the countryside isn't behind, None unknown."""
    rural, urban = sides.rural[measure], sides.urban[measure]
    if rural.exact is None or urban.exact is None:
        return None
    goal = (rural.exact + urban.exact) / 2
    return max(0, ceil(goal * (rural.denominator or 0)) - (rural.numerator or 0))


def cheapest_half(places: Iterable[Place], sides: Sides, audience: ActingFor) -> Cheapest | None:
    """The cheapest set of rural villages that closes half of the audience's gap.

    None where the gap is unknown or not behind, or all the villages together aren't enough.
    """
    needed = needed_for_half(sides, MOVES[audience])
    rural = {place.code: place for place in places if place.group is Group.rural}
    lefts = {code: left for code, place in rural.items() if (left := left_in(place, audience))}
    if not needed or sum(lefts.values()) < needed:
        return None
    codes = sorted(lefts, key=lambda code: (-lefts[code], code))
    chosen, is_exact = cheapest([lefts[code] for code in codes], needed)
    names = tuple(codes[index] for index in chosen)
    return Cheapest(
        codes=names,
        dwellings=sum(lefts[code] for code in names),
        needed=needed,
        is_exact=is_exact,
        after=after(sides, [rural[code] for code in names], audience),
    )


def cheapest(lefts: Sequence[int], needed: int) -> tuple[list[int], bool]:
    """Indices of the numbers with the least sum of at least `needed`, the fewest such.

    `lefts` are positive, largest first, and enough together. The second value says whether the
    set is known to be the cheapest, as it is by dynamic programming, or where the greedy one
    happens to need no dwelling too many.
    """
    if len(lefts) * needed > EXACT_STEPS:
        chosen = _greedy(lefts, needed)
        return chosen, sum(lefts[index] for index in chosen) == needed
    return _exact(lefts, needed), True


def _greedy(lefts: Sequence[int], needed: int) -> list[int]:
    """The largest first; the last is the smallest that is enough."""
    chosen: list[int] = []
    missing = needed
    for index, left in enumerate(lefts):
        if left >= missing:
            enough = [at for at in range(index, len(lefts)) if lefts[at] >= missing]
            return [*chosen, enough[-1]]
        chosen.append(index)
        missing -= left
    raise ValueError("the numbers together are not enough")


_NEVER = np.iinfo(np.int64).max // 4
_ONE_DWELLING = 1 << 20
"""A dwelling weighs more than any number of villages, so one number orders by both."""


def _exact(lefts: Sequence[int], needed: int) -> list[int]:
    """The least price for each number of dwellings still missing, one village after the other."""
    prices = np.full(needed + 1, _NEVER, dtype=np.int64)
    prices[0] = 0
    is_taken = np.zeros((len(lefts), needed + 1), dtype=bool)
    for index, left in enumerate(lefts):
        sources = np.maximum(np.arange(needed + 1) - left, 0)
        with_it = prices[sources] + left * _ONE_DWELLING + 1
        is_better = with_it < prices
        is_better[0] = False
        is_taken[index] = is_better
        prices = np.where(is_better, with_it, prices)
    chosen: list[int] = []
    missing = needed
    for index in range(len(lefts) - 1, -1, -1):
        if is_taken[index, missing]:
            chosen.append(index)
            missing = max(0, missing - lefts[index])
    return chosen[::-1]


class Reason(StrEnum):
    """Why civil society is asked to come to a village."""

    low_maturity = "low_maturity"
    out_of_reach = "out_of_reach"


@dataclass(frozen=True, slots=True)
class CivilPlace:
    """A village as civil society sees it.

    `maturity` is the share (0-1) with at least basic skills, shrunk toward the municipality's;
    `has_session` whether one is held within reach; None is unknown, and unknown is no reason.
    """

    code: str
    inhabitants: int | None
    connected: Share
    maturity: float | None
    has_session: bool | None


@dataclass(frozen=True, slots=True)
class CivilAction:
    """A village to hold training in, the people concerned, and why."""

    code: str
    people: int
    reasons: tuple[Reason, ...]


def for_civil_society(places: Iterable[CivilPlace]) -> list[CivilAction]:
    """Villages that are connected but have low maturity, or no session within reach.

    A village is connected from `CONNECTED_ENOUGH` on. First those with both reasons, then by
    people; an unknown number of inhabitants can't be ranked, and such villages are left out.
    """
    found = [
        CivilAction(place.code, place.inhabitants, reasons)
        for place in places
        if place.inhabitants and (reasons := _reasons(place))
    ]
    return sorted(found, key=lambda one: (-len(one.reasons), -one.people, one.code))


def _reasons(place: CivilPlace) -> tuple[Reason, ...]:
    connected = place.connected.exact
    if connected is None or connected < Fraction(CONNECTED_ENOUGH).limit_denominator(1000):
        return ()
    low = place.maturity is not None and place.maturity < LOW_MATURITY
    far = place.has_session is False
    return (*([Reason.low_maturity] if low else []), *([Reason.out_of_reach] if far else []))
