"""Digital maturity and training reach as measures of the gap page, beside connection.

Nothing new is counted or disclosed here: maturity is what the survey's own page shows of a round,
after its disclosure control, and reach what the page of training reach shows. They take the place
of the chosen rate in the findings, so that map, charts, tables and files are the same.

Of several counties a sum is shown only where every county's is, as it could be added up by anyone.
A village asked in an earlier survey and not in the newest keeps that figure, marked with its age.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from outreach.gap.disclosed import VillageFigures
from outreach.gap.people_passports import reach_passport, survey_passport
from outreach.gap.queries.reaching import Period, Reached
from outreach.gap.results import (
    BesideBasis,
    Findings,
    MeasureGap,
    MunicipalityFigures,
    SeriesPoint,
)
from outreach.gap.rules import AreaKind, Beside, VillageState
from outreach.gap.summing import fine_classes, sides
from outreach.maturity.latest import Measured
from outreach.maturity.queries.rounds import RoundRow
from outreach.measures.classes import Group
from outreach.measures.disclosure import Part
from outreach.measures.gap import GroupSum, dwellings_to_close, gap, par
from outreach.measures.passport import Passport
from outreach.measures.rates import UNKNOWN_SHARE, Share, total
from outreach.measures.reach import ReachSum, reach
from outreach.measures.wilson import Interval, difference, wilson


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A county's newest round, all its rounds up to the day, and the one before as shown."""

    newest: Measured
    rounds: tuple[RoundRow, ...]
    earlier: Sequence[Measured]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a village shows in the place of a rate."""

    share: Share
    state: VillageState
    day: date | None


def with_maturity(found: Findings, counties: Mapping[str, Surveyed | None]) -> Findings:
    """The findings about the share with at least basic digital skills, of all who answered."""
    choice = found.choice
    area, parts = choice.area, (*sides(choice.scheme), Part.total)
    known = [one for one in counties.values() if one is not None]
    own = area.code if area.kind is AreaKind.MUNICIPALITY else None
    seen = {
        code: one for surveyed in known for code, one in _maturity_of_villages(surveyed).items()
    }
    villages = [
        _as_seen(village, seen, expected=counties.get(village.county_code) is not None)
        for village in found.villages
    ]

    def of_area(part: Part) -> Share:
        if len(known) < len(counties):
            return UNKNOWN_SHARE
        return _all_or_none(one.newest.share(part, municipality_code=own) for one in known)

    def passport_of_municipality(code: str) -> Passport | None:
        surveyed = counties.get(code[:2])
        return None if surveyed is None else survey_passport(choice, surveyed.rounds[0])

    def of_municipality(one: MunicipalityFigures) -> tuple[Share, Share, Share]:
        surveyed = counties.get(one.code[:2])
        rural, urban, whole = (
            UNKNOWN_SHARE
            if surveyed is None
            else surveyed.newest.share(p, municipality_code=one.code)
            for p in parts
        )
        return rural, urban, whole

    shares = _three(of_area(part) for part in parts)
    oldest = min((one.rounds[0] for one in known), key=_day_of_round, default=None)
    series = [SeriesPoint(choice.day if oldest is None else oldest.reference_date, *shares)]
    if len(counties) == 1 and known:
        series = [
            replace(
                SeriesPoint(
                    of.reference_date,
                    *_three(
                        known[0].newest.share(part, municipality_code=own, of=of) for part in parts
                    ),
                ),
                passport=survey_passport(choice, of),
            )
            for of in reversed(known[0].rounds)
        ]
    apart = difference(shares[0], shares[1])
    basis = BesideBasis(
        day=None if oldest is None else oldest.reference_date,
        interval=None if apart is None else Interval(100 * apart.low, 100 * apart.high),
        rural=wilson(shares[0]),
        urban=wilson(shares[1]),
        is_demonstration=any(one.rounds[0].is_demonstration for one in known),
        passport=None if oldest is None else survey_passport(choice, oldest),
    )
    return _about(
        found,
        Beside.maturity,
        villages,
        shares,
        series,
        basis=basis,
        of_municipality=of_municipality,
        passport_of_municipality=passport_of_municipality,
    )


def with_reach(
    found: Findings,
    reached: Iterable[Reached],
    periods: Mapping[Period, Sequence[ReachSum]],
    logged: Mapping[Period, frozenset[str]],
) -> Findings:
    """The findings about the inhabitants with a session near them; `periods` are newest first."""
    choice = found.choice
    now = next(iter(periods))
    own = {one.code: one.share for one in reached}
    seen = {code: _Seen(share, _state_of(share), choice.day) for code, share in own.items()}
    villages = [
        _as_seen(village, seen, expected=True)
        if village.county_code in logged[now]
        else _unseen(village, VillageState.NOT_EXPECTED)
        for village in found.villages
    ]
    parts = (*sides(choice.scheme), Part.total)

    def shares_of(period: Period, code: str | None = None) -> tuple[Share, Share, Share]:
        of = (code[:2],) if code else choice.area.counties
        is_logged = set(of) <= logged[period]
        return _three(
            reach(
                (
                    one
                    for one in periods[period]
                    if one.fine_class in fine_classes(part)
                    and code in (None, one.municipality_code)
                ),
                is_logged=is_logged,
            )
            for part in parts
        )

    def passport_of(period: Period, code: str | None = None) -> Passport:
        of = [one for one in periods[period] if code in (None, one.municipality_code)]
        return reach_passport(choice, period.until, of)

    shares = shares_of(now)
    oldest_first = sorted(periods, key=lambda one: one.until)
    basis = BesideBasis(
        choice.day, None, None, None, kilometres=choice.near, passport=passport_of(now)
    )
    changed = _about(
        found,
        Beside.reach,
        villages,
        shares,
        [
            SeriesPoint(one.until, *shares_of(one), passport=passport_of(one))
            for one in oldest_first
        ],
        basis=basis,
        of_municipality=lambda one: shares_of(now, one.code),
        passport_of_municipality=lambda code: passport_of(now, code),
    )
    rural = [one.share for one in villages if one.group is Group.rural and one.share.known]
    to_close = dwellings_to_close(rural, shares[1])
    return replace(changed, chosen=replace(changed.chosen, to_close=to_close))


def maturity_by_village(measured: Measured) -> dict[str, Share]:
    """What is shown of each village of a round that has a figure."""
    return {
        one.code: one.figure.share
        for one in measured.results.villages
        if one.code is not None and one.figure.share.known
    }


def _maturity_of_villages(surveyed: Surveyed) -> dict[str, _Seen]:
    seen = {
        code: _Seen(share, VillageState.OVERDUE, one.results.round.reference_date)
        for one in surveyed.earlier
        for code, share in maturity_by_village(one).items()
    }
    day = surveyed.rounds[0].reference_date
    newest = maturity_by_village(surveyed.newest)
    return seen | {code: _Seen(share, _state_of(share), day) for code, share in newest.items()}


def _about(
    found: Findings,
    beside: Beside,
    villages: list[VillageFigures],
    shares: tuple[Share, Share, Share],
    series: list[SeriesPoint],
    *,
    basis: BesideBasis,
    of_municipality: Callable[[MunicipalityFigures], tuple[Share, Share, Share]],
    passport_of_municipality: Callable[[str], Passport | None],
) -> Findings:
    rural, urban, whole = (
        _sum(share, [one for one in villages if group is None or one.group is group])
        for share, group in zip(shares, (Group.rural, Group.urban, None), strict=True)
    )
    chosen = MeasureGap(
        measure=found.choice.measure,
        beside=beside,
        gap=gap(rural, urban),
        whole=whole,
        par=par(urban.share, whole.share),
    )
    municipalities = []
    for one in found.municipalities:
        sums = [_sum(share, ()) for share in of_municipality(one)]
        own = passport_of_municipality(one.code)
        municipalities.append(
            replace(one, rural=sums[0], urban=sums[1], whole=sums[2], passport=own)
        )
    return replace(
        found,
        chosen=chosen,
        villages=villages,
        municipalities=municipalities,
        series=series,
        basis=basis,
    )


def _day_of_round(one: RoundRow) -> date:
    return one.reference_date


def _sum(share: Share, villages: Iterable[VillageFigures]) -> GroupSum:
    counted = sum(one.share.known for one in villages)
    return GroupSum(share.numerator, share.denominator, counted, None, None)


def _as_seen(
    village: VillageFigures, seen: Mapping[str, _Seen], *, expected: bool
) -> VillageFigures:
    one = seen.get(village.code)
    if one is None or not one.share.known:
        state = VillageState.NOT_SHOWN if expected else VillageState.NOT_EXPECTED
        return _unseen(village, state)
    return replace(
        village, share=one.share, state=one.state, reported_on=one.day, is_withheld=False
    )


def _unseen(village: VillageFigures, state: VillageState) -> VillageFigures:
    return replace(village, share=UNKNOWN_SHARE, state=state, reported_on=None, is_withheld=False)


def _state_of(share: Share) -> VillageState:
    if share.value is None:
        return VillageState.UNDEFINED if share.known else VillageState.NOT_SHOWN
    return VillageState.ZERO if share.numerator == 0 else VillageState.REPORTED


def _all_or_none(shares: Iterable[Share]) -> Share:
    every = list(shares)
    return total(every) if every and all(one.known for one in every) else UNKNOWN_SHARE


def _three(shares: Iterable[Share]) -> tuple[Share, Share, Share]:
    rural, urban, whole = shares
    return rural, urban, whole
