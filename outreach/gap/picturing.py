"""From findings to what the pictures show, in the reader's language."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext
from shapely.geometry.base import BaseGeometry

from outreach.gap.chart_words import rank_finding, series_finding
from outreach.gap.charts.specs import (
    Fill,
    LegendEntry,
    Line,
    MapSpec,
    Pair,
    Place,
    RankSpec,
    Ring,
    SeriesSpec,
)
from outreach.gap.disclosed import Audience, VillageFigures
from outreach.gap.people_words import states_of
from outreach.gap.results import Findings
from outreach.gap.rules import VillageState
from outreach.gap.tables import BY_GAP, sorted_municipalities
from outreach.gap.wording import (
    MADE_FROM,
    area_name,
    class_labels,
    meaning_of,
    measure_name,
    points_text,
    share_text,
)
from outreach.measures.classes import POLICY_LIMITS, class_index
from outreach.web import filters
from outreach.web.palette import RURAL, URBAN

TICKS_MOST = 6
ROWS_MOST = 30
"""More municipalities than this are left to the table."""
PICTURE_PIXELS = 730
FILLS = {
    VillageState.REPORTED: Fill.PLAIN,
    VillageState.ZERO: Fill.ZERO,
    VillageState.OVERDUE: Fill.OVERDUE,
    VillageState.NOT_EXPECTED: Fill.NOT_EXPECTED,
    VillageState.UNDEFINED: Fill.UNDEFINED,
    VillageState.NOT_SHOWN: Fill.NOT_SHOWN,
}


def series_spec(findings: Findings) -> SeriesSpec:
    """Town and countryside over time."""
    points = findings.series
    rural = tuple(point.rural.value for point in points)
    urban = tuple(point.urban.value for point in points)
    gap = points[-1].points if points else None
    return SeriesSpec(
        label=f"{_what(findings)}. {series_finding(points)}",
        days=tuple(point.day for point in points),
        ticks=ticks([point.day for point in points]),
        levels=levels(),
        lines=(
            line(gettext("Rural"), RURAL, rural, has_rings=False),
            line(gettext("Urban"), URBAN, urban, has_rings=True),
        ),
        gap=None if gap is None else f"{points_text(gap)}\n{gettext('percentage points')}",
        source=source_of(findings),
    )


def rank_spec(findings: Findings) -> RankSpec:
    """Municipalities, those furthest behind first."""
    ranked = sorted_municipalities(findings.municipalities, BY_GAP)[:ROWS_MOST]
    return RankSpec(
        label=f"{_what(findings)}. {rank_finding(findings.municipalities)}",
        rural=gettext("Rural"),
        urban=gettext("Urban"),
        gap=gettext("percentage points"),
        levels=levels(),
        pairs=tuple(
            Pair(one.name, one.rural.share.value, one.urban.share.value, points_text(one.points))
            for one in ranked
        ),
        source=source_of(findings),
    )


def map_spec(
    findings: Findings,
    *,
    villages: Mapping[str, BaseGeometry],
    municipalities: Mapping[str, BaseGeometry],
) -> MapSpec:
    """The villages on the municipalities' outlines."""
    tolerance = tolerance_of(municipalities)
    middles = {name: shape.representative_point() for name, shape in municipalities.items()}
    choice = findings.choice
    return MapSpec(
        label=_what(findings),
        title=f"{measure_name(choice)}, {area_name(choice.area)}",
        subtitle=f"{meaning_of(choice)}, {filters.day(choice.day)}",
        outlines=tuple(
            ring for shape in municipalities.values() for ring in rings_of(shape, tolerance)
        ),
        names=tuple((name, (middle.x, middle.y)) for name, middle in middles.items()),
        places=tuple(
            _place(village, villages[village.code], tolerance)
            for village in findings.villages
            if village.code in villages
        ),
        legend=legend(findings),
        north=gettext("N"),
        kilometres=gettext("km"),
        source=source_of(findings),
    )


def legend(findings: Findings) -> tuple[LegendEntry, ...]:
    """The five classes, and the states; one that is rare only where it occurs."""
    classes = [LegendEntry(label, index, Fill.PLAIN) for index, label in enumerate(class_labels())]
    occurring = {village.state for village in findings.villages}
    names = states_of(findings.choice.shown)
    states = [
        LegendEntry(str(names[state]), 3 if state is VillageState.OVERDUE else None, FILLS[state])
        for state in VillageState
        if state is not VillageState.REPORTED
        and state in names
        and (state is not VillageState.UNDEFINED or state in occurring)
    ]
    return (*classes, *states)


def _what(findings: Findings) -> str:
    choice = findings.choice
    return f"{measure_name(choice)}, {area_name(choice.area)}, {filters.day(choice.day)}"


def line(name: str, colour: str, shares: tuple[float | None, ...], *, has_rings: bool) -> Line:
    """Shares over time with the words for their first and last known one."""
    known = [share for share in shares if share is not None]
    return Line(
        name=name,
        colour=colour,
        has_rings=has_rings,
        shares=shares,
        first=share_text(known[0]) if known else "",
        last=share_text(known[-1]) if known else "",
    )


def ticks(days: list[date]) -> tuple[tuple[date, str], ...]:
    """The first date of each year, or of every second, third …, so that the years have room."""
    firsts = [day for index, day in enumerate(days) if not index or days[index - 1].year < day.year]
    step = -(-len(firsts) // TICKS_MOST) or 1
    return tuple((day, str(day.year)) for day in firsts[::step])


def levels() -> tuple[tuple[float, str], ...]:
    """The shares that a chart marks, every quarter from none to all."""
    return tuple((quarter / 4, str(filters.share(quarter / 4, decimals=0))) for quarter in range(5))


def _place(village: VillageFigures, shape: BaseGeometry, tolerance: float) -> Place:
    is_point = shape.geom_type == "Point"
    middle = shape if is_point else shape.representative_point()
    return Place(
        rings=() if is_point else rings_of(shape, tolerance),
        point=(middle.x, middle.y),
        dwellings=village.dwellings,
        class_index=class_index(village.share.value, POLICY_LIMITS),
        fill=FILLS[village.state],
    )


def rings_of(shape: BaseGeometry, tolerance: float) -> tuple[Ring, ...]:
    """Outer lines with detail left out that a pixel would not show."""
    parts = getattr(shape.simplify(tolerance), "geoms", None) or [shape.simplify(tolerance)]
    return tuple(tuple(part.exterior.coords) for part in parts if not part.is_empty)


def tolerance_of(shapes: Mapping[str, BaseGeometry]) -> float:
    """Metres that a pixel of a picture of all of it is wide."""
    bounds = [shape.bounds for shape in shapes.values()]
    if not bounds:
        return 0.0
    width = max(one[2] for one in bounds) - min(one[0] for one in bounds)
    return float(width / PICTURE_PIXELS)


def source_of(findings: Findings, *, before: date | None = None) -> str:
    """Where the figures and the borders are from; of two dates where an earlier one is given."""
    day = filters.day(findings.choice.day)
    if before is not None:
        day = gettext("%(before)s and %(after)s", before=filters.day(before), after=day)
    source = gettext(
        "Source: %(source)s, %(day)s. Borders: Statistics Sweden (SCB), CC0.",
        source=str(MADE_FROM[findings.choice.beside]),
        day=day,
    )
    if findings.audience is Audience.INTERNAL:
        return f"{gettext('Internal view, not for publication.')} {source}"
    return str(source)
