"""Our figures beside the official ones, and where knowledge or fibre is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from outreach.gap.disclosed import VillageFigures
from outreach.gap.results import Findings, MunicipalityFigures, SeriesPoint
from outreach.gap.rules import Area, AreaKind, Choice, VillageState
from outreach.gap.views.reading import Reading
from outreach.measures.rates import Measure, Share, left_to_build
from outreach.measures.residual import Residual, residual
from outreach.official.queries import Official, official
from outreach.official.rules import OfficialMeasure, breaks_between, day_of

OURS = {
    OfficialMeasure.COVERAGE: Measure.coverage,
    OfficialMeasure.CONNECTION_RATE: Measure.connection_rate,
}
LISTED = 25
UNKNOWN_STATES = frozenset({VillageState.NOT_SHOWN, VillageState.NOT_EXPECTED})
NOTHING = Share(None, None)


@dataclass(frozen=True, slots=True)
class Compared:
    """A municipality's two figures; `official` is the newest on our date or before, or None."""

    code: str
    name: str
    ours: Share
    official: Official | None
    difference: Residual | None


class Blank(StrEnum):
    """Why a date has no figure. What is withheld and what is absent are one to the reader."""

    NO_ROUND = "no_round"
    NOT_SHOWN = "not_shown"
    UNDEFINED = "undefined"
    NOT_IMPORTED = "not_imported"
    OTHER_DAY = "other_day"


@dataclass(frozen=True, slots=True)
class OfficialPoint:
    """Both series on one date, each with its figure or the reason why there is none.

    `breaks` lie between the official figure and the one before it: the first years that are
    counted in the new way.
    """

    day: date
    ours: float | None
    official: float | None
    ours_blank: Blank | None
    official_blank: Blank | None
    breaks: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that the page shows. `unknown` has no figures, `unbuilt` dwellings out of reach.

    `offered` are the official series that have figures here, by code, the newest first; one of them
    is chosen, as no two of them count alike.
    """

    choice: Choice
    chosen: str | None
    offered: Sequence[str]
    rows: list[Compared]
    series: list[OfficialPoint]
    unknown: list[tuple[VillageFigures, int | None]]
    unknown_all: int
    unbuilt: list[tuple[VillageFigures, int]]


def compared(
    look: Reading, choice: Choice, measure: OfficialMeasure, *, wanted: str = ""
) -> Comparison:
    """Ours and theirs for each municipality of the area and for the area over time.

    Theirs are of the series `wanted`, or else of the one with the newest figures.
    """
    findings = look.findings(choice)
    codes = [choice.area.code, *(row.code for row in findings.municipalities)]
    published = official(look.session, measure, area_codes=codes)
    last = {each.series: each.year for each in sorted(published, key=lambda one: one.year)}
    offered = sorted(last, key=lambda code: (-last[code], code))
    chosen = wanted if wanted in last else next(iter(offered), None)
    figures = [each for each in published if each.series == chosen]
    newest = {each.area_code: each for each in figures if day_of(each.year) <= choice.day}
    then = _then(look, choice, newest.values())
    unknown = [one for one in findings.villages if one.state in UNKNOWN_STATES]
    return Comparison(
        choice=choice,
        chosen=chosen,
        offered=offered,
        rows=[_row(row, newest.get(row.code), then) for row in findings.municipalities],
        series=_series(findings.series, figures, choice.area),
        unknown=[(one, one.dwellings) for one in _largest(unknown)],
        unknown_all=len(unknown),
        unbuilt=_unbuilt(findings),
    )


def _then(
    look: Reading, choice: Choice, figures: Iterable[Official]
) -> Mapping[tuple[int, str], MunicipalityFigures]:
    """Our own figures on the official dates that we have, by year and municipality."""
    years = {each.year for each in figures if day_of(each.year) in look.options.days}
    return {
        (year, row.code): row
        for year in sorted(years)
        for row in look.gap(replace(choice, day=day_of(year))).municipalities
    }


def _row(
    row: MunicipalityFigures,
    known: Official | None,
    then: Mapping[tuple[int, str], MunicipalityFigures],
) -> Compared:
    if known is None:
        return Compared(row.code, row.name, row.whole.share, None, None)
    earlier = then.get((known.year, row.code))
    difference = residual(
        row.whole.share,
        then=earlier.whole.share if earlier else NOTHING,
        official=known.share,
        uncovered_then=_uncovered(earlier) if earlier else None,
    )
    return Compared(row.code, row.name, row.whole.share, known, difference)


def _uncovered(row: MunicipalityFigures) -> int | None:
    covered, register = row.whole.covered_dwellings, row.whole.register_dwellings
    return None if covered is None or register is None else register - covered


def _series(
    ours: Sequence[SeriesPoint], figures: Sequence[Official], area: Area
) -> list[OfficialPoint]:
    """Every date that one of the two series has."""
    if area.kind is AreaKind.ALL:
        return []
    own = {point.day: point.whole for point in ours}
    theirs = {day_of(each.year): each.share for each in figures if each.area_code == area.code}
    before = dict(zip(list(theirs)[1:], theirs, strict=False))
    return [
        OfficialPoint(
            day,
            own[day].value if day in own else None,
            theirs.get(day),
            ours_blank=_blank_of(own.get(day)),
            official_blank=None if day in theirs else _not_official(day),
            breaks=breaks_between(before[day].year, day.year) if day in before else (),
        )
        for day in sorted({*own, *theirs})
    ]


def _blank_of(share: Share | None) -> Blank | None:
    if share is None:
        return Blank.NO_ROUND
    if share.value is not None:
        return None
    return Blank.UNDEFINED if share.known else Blank.NOT_SHOWN


def _not_official(day: date) -> Blank:
    return Blank.NOT_IMPORTED if day == day_of(day.year) else Blank.OTHER_DAY


def _largest(villages: Iterable[VillageFigures]) -> list[VillageFigures]:
    return sorted(villages, key=lambda one: (-(one.dwellings or 0), one.name))[:LISTED]


def _unbuilt(findings: Findings) -> list[tuple[VillageFigures, int]]:
    left = [(one, count) for one in findings.villages if (count := left_to_build(one.counts))]
    return sorted(left, key=lambda pair: (-pair[1], pair[0].name))[:LISTED]
