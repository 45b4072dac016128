"""The gap's tables for files, each row with its passport."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from outreach.gap.blank_words import blank_in
from outreach.gap.disclosed import Audience, VillageFigures
from outreach.gap.passports import codes, day_name, ranking_together, series_together
from outreach.gap.results import Findings, MeasureGap, MunicipalityFigures, SeriesPoint
from outreach.gap.rules import Beside, Choice, Shown
from outreach.measures.gap import GroupSum
from outreach.measures.passport import DEFINITION_VERSION, Source
from outreach.measures.rates import Measure, Share
from outreach.web.delimited import Cell

DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Table:
    """A table for a file. `head` are the columns' names for programs."""

    name: str
    head: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


PASSPORT = (
    "reference_date",
    "dwelling_type",
    "source",
    "scheme",
    "definition_version",
    "audience",
)
VILLAGES = (
    "code",
    "name",
    "municipality_code",
    "municipality",
    "settlement_class",
    "group",
    "state",
    "dwellings",
    "homes_passed",
    "connected",
    "active",
    *(measure.value for measure in Measure),
    "reported_on",
)
UNLIKE = "unlike"
COVERED = ("covered_dwellings", "register_dwellings")
SIDES = tuple(
    f"{side}_{part}"
    for side in ("rural", "urban", "all")
    for part in ("numerator", "denominator", "share")
)
BASIS = tuple(
    f"{side}_{part}"
    for side in ("rural", "urban", "all")
    for part in ("villages", "covered_dwellings", "register_dwellings")
)


def villages(findings: Findings) -> Table:
    """Every village of the area."""
    beside = findings.choice.beside
    if beside is None:
        rows = [_village(village) for village in findings.villages]
        return _with_passport("villages", VILLAGES, rows, findings)
    head = (*VILLAGES, f"{beside.value}_numerator", f"{beside.value}_denominator", beside.value)
    rows = [(*_village(one), *_sides([one.share])) for one in findings.villages]
    return _with_passport("villages", head, rows, findings)


def municipalities(findings: Findings) -> Table:
    """The chosen measure's two sides in each municipality."""
    head = ("code", "name", "measure", *SIDES, "gap_points", *BASIS, "expected", "reported", UNLIKE)
    measure, unlike = findings.choice.shown, codes(ranking_together(findings))
    rows = [
        (*_municipality(one, measure), unlike.get(one.name) or None)
        for one in findings.municipalities
    ]
    return _with_passport("municipalities", head, rows, findings)


def series(findings: Findings) -> Table:
    """The chosen measure's two sides on every date."""
    head = ("date", "measure", *SIDES, "gap_points", "blank", "expected", "reported", *COVERED,
            UNLIKE)  # fmt: skip
    unlike = codes(series_together(findings))
    rows = [
        (*_moment(point, findings.choice.shown), unlike.get(day_name(point.day)) or None)
        for point in findings.series
    ]
    return _with_passport("series", head, rows, findings)


def gaps(findings: Findings) -> Table:
    """Both gaps, and the chosen measure's; of people, theirs alone, as it has its own passport."""
    head = (
        "measure",
        *SIDES,
        "gap_points",
        "ratio",
        "par_points",
        "dwellings_to_close",
        "dwellings_to_close_is_least",
        *BASIS,
        "oldest_report",
    )
    chosen = [findings.build, findings.take_up]
    if findings.choice.beside is not None:
        chosen = [findings.chosen]
    elif findings.chosen not in chosen:
        chosen.append(findings.chosen)
    oldest = findings.reporting.oldest if findings.basis is None else findings.basis.day
    return _with_passport("gaps", head, [(*_gap(one), oldest) for one in chosen], findings)


def source_of(beside: Beside | None) -> str:
    """Who the figures come from, for programs."""
    if beside is None:
        return Source.association_report.value
    return "survey" if beside is Beside.maturity else "session_log"


TABLES = {"villages": villages, "municipalities": municipalities, "series": series, "gaps": gaps}


def _with_passport(
    name: str, head: Sequence[str], rows: Iterable[tuple[Cell, ...]], findings: Findings
) -> Table:
    choice = findings.choice
    source = None if choice.beside is None else source_of(choice.beside)
    return with_passport(name, head, rows, choice=choice, audience=findings.audience, source=source)


def with_passport(
    name: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    choice: Choice,
    audience: Audience,
    source: str | None = None,
) -> Table:
    """The table with what every figure in it has in common at the end of each row.

    With another source than reports, the figures are of people and not of dwellings.
    """
    is_past = choice.known_on is not None
    passport: tuple[Cell, ...] = (
        choice.day,
        None if source else choice.dwellings.value,
        source or Source.association_report.value,
        choice.scheme.value,
        DEFINITION_VERSION,
        audience.value,
        *([choice.known_on] if is_past else []),
    )
    columns = (*PASSPORT, "as_known_on") if is_past else PASSPORT
    return Table(name, (*head, *columns), [(*row, *passport) for row in rows])


def _village(village: VillageFigures) -> tuple[Cell, ...]:
    counts = village.counts
    return (
        village.code,
        village.name,
        village.municipality_code,
        village.municipality_name,
        _value(village.settlement_class),
        _value(village.group),
        village.state.value,
        village.dwellings,
        counts.homes_passed,
        counts.connected,
        counts.active,
        *(_rounded(village.share_of(measure).value) for measure in Measure),
        village.reported_on,
    )


def _municipality(one: MunicipalityFigures, measure: Shown) -> tuple[Cell, ...]:
    sides = (one.rural, one.urban, one.whole)
    return (
        one.code,
        one.name,
        measure.value,
        *_sides(side.share for side in sides),
        _rounded(one.points),
        *_basis(sides),
        *((None, None) if isinstance(measure, Beside) else (one.expected, one.reported)),
    )


def _moment(point: SeriesPoint, measure: Shown) -> tuple[Cell, ...]:
    return (
        point.day,
        measure.value,
        *_sides((point.rural, point.urban, point.whole)),
        _rounded(point.points),
        _value(blank_in(point)),
        point.reporting.denominator,
        point.reporting.numerator,
        point.completeness.numerator,
        point.completeness.denominator,
    )


def _gap(found: MeasureGap) -> tuple[Cell, ...]:
    sides = (found.gap.rural, found.gap.urban, found.whole)
    return (
        found.shown.value,
        *_sides(side.share for side in sides),
        _rounded(found.gap.points),
        _rounded(found.gap.ratio),
        _rounded(found.par),
        found.to_close,
        int(found.is_least),
        *_basis(sides),
    )


def _sides(shares: Iterable[Share]) -> list[Cell]:
    return [
        cell
        for share in shares
        for cell in (share.numerator, share.denominator, _rounded(share.value))
    ]


def _basis(sides: Iterable[GroupSum]) -> list[Cell]:
    return [
        cell
        for side in sides
        for cell in (side.villages, side.covered_dwellings, side.register_dwellings)
    ]


def _value(member: str | None) -> str | None:
    return None if member is None else str(member)


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, DECIMALS)
