"""The map page's picture: exactly what is on the screen, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext
from shapely.geometry.base import BaseGeometry

from outreach.gap.charts.specs import BesideSpec, Fill, LegendEntry, MapSpec, Place, Ring
from outreach.gap.comparing import VillageChange, changes
from outreach.gap.map_view import CLASS_PREFIX, Limits, MapView, Mode
from outreach.gap.map_words import SIGNS, change_labels, covered, limit_labels
from outreach.gap.marks import Mark, Sign
from outreach.gap.people_words import states_of
from outreach.gap.picturing import FILLS, map_spec, rings_of, source_of, tolerance_of
from outreach.gap.results import Findings
from outreach.gap.rules import VillageState
from outreach.gap.wording import area_name, measure_name
from outreach.measures.classes import POLICY_LIMITS, class_index, quantile_limits
from outreach.web import filters

DARK_CLASS, DARK_CHANGE = 3, 5
"""The class that the legend's sign of an older figure is drawn in."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the map shows: the chosen date's findings, and the earlier date's if it has two."""

    view: MapView
    findings: Findings
    before: Findings | None

    @property
    def changes(self) -> list[VillageChange]:
        """What lies between the two dates."""
        return changes(self.before.villages if self.before else (), self.findings.villages)

    @property
    def limits(self) -> Sequence[float]:
        """The limits of the classes, the same on both dates."""
        if self.view.limits is Limits.FIXED:
            return POLICY_LIMITS
        both = [self.findings, *([self.before] if self.before else [])]
        return quantile_limits(village.share.value for one in both for village in one.villages)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where everything lies, in metres east and north."""

    villages: Mapping[str, BaseGeometry]
    municipalities: Mapping[str, BaseGeometry]
    hulls: tuple[Ring, ...]
    marks: Sequence[Mark] = ()


def map_legend(looked: Looked) -> tuple[LegendEntry, ...]:
    """The classes of the shares or of the differences, and the states."""
    is_change = looked.view.mode is Mode.CHANGE
    labels = change_labels() if is_change else limit_labels(looked.limits)
    classes = [
        LegendEntry(label, index, Fill.PLAIN, is_change, f"{CLASS_PREFIX}{index + 1}")
        for index, label in enumerate(labels)
    ]
    both = [looked.findings, *([looked.before] if looked.before else [])]
    occurring = {village.state for one in both for village in one.villages}
    dark = DARK_CHANGE if is_change else min(DARK_CLASS, len(labels) - 1)
    names = states_of(looked.findings.choice.shown)
    states = [
        LegendEntry(
            str(names[state]),
            dark if state is VillageState.OVERDUE else None,
            FILLS[state],
            is_change,
            state.value,
        )
        for state in VillageState
        if state is not VillageState.REPORTED
        and state in names
        and not (is_change and state is VillageState.ZERO)
        and (state is not VillageState.UNDEFINED or state in occurring)
    ]
    return (*classes, *states)


def picture_of(looked: Looked, ground: Ground) -> MapSpec | BesideSpec:
    """The picture of one date, of two, or of the difference."""
    if looked.before is None or looked.view.mode is Mode.ONE:
        return _of_date(looked, looked.findings, ground)
    if looked.view.mode is Mode.CHANGE:
        return _of_change(looked, ground)
    left, right = (_of_date(looked, one, ground) for one in (looked.before, looked.findings))
    left = replace(left, source=source_of(looked.findings, before=looked.view.before))
    return BesideSpec(f"{left.label}. {right.label}", left, right)


def _of_date(looked: Looked, findings: Findings, ground: Ground) -> MapSpec:
    base = _base(looked, findings, ground)
    view, limits = looked.view, looked.limits
    tolerance = _tolerance(view, ground)
    places = [
        Place(
            *_shape(ground.villages[village.code], tolerance),
            dwellings=village.dwellings,
            class_index=(index := class_index(village.share.value, limits)),
            fill=FILLS[village.state],
            is_faded=not view.stands_out(class_index=index, state=village.state),
        )
        for village in findings.villages
        if village.code in ground.villages
    ]
    return replace(
        base,
        subtitle=f"{base.subtitle}. {covered(findings)}",
        places=tuple(places),
    )


def _of_change(looked: Looked, ground: Ground) -> MapSpec:
    base = _base(looked, looked.findings, ground)
    view, choice = looked.view, looked.findings.choice
    tolerance = _tolerance(view, ground)
    places = [
        Place(
            *_shape(ground.villages[one.code], tolerance),
            dwellings=one.dwellings,
            class_index=one.class_index,
            fill=FILLS[one.state],
            is_change=True,
            is_faded=not view.stands_out(class_index=one.class_index, state=one.state),
        )
        for one in looked.changes
        if one.code in ground.villages
    ]
    title = gettext(
        "Change in %(measure)s, %(area)s",
        measure=measure_name(choice).lower(),
        area=area_name(choice.area),
    )
    subtitle = gettext(
        "%(before)s to %(after)s, percentage points",
        before=filters.day(view.before),
        after=filters.day(choice.day),
    )
    return replace(
        base,
        label=f"{title}, {subtitle}",
        title=title,
        subtitle=f"{subtitle}. {covered(looked.findings)}",
        places=tuple(places),
    )


def _base(looked: Looked, findings: Findings, ground: Ground) -> MapSpec:
    extent = looked.view.extent
    spec = map_spec(
        replace(findings, villages=[]),
        villages={},
        municipalities=ground.municipalities,
    )
    return replace(
        spec,
        legend=(*map_legend(looked), *_signs(ground)),
        hulls=ground.hulls,
        marks=ground.marks,
        extent=None if extent is None else (extent.west, extent.south, extent.east, extent.north),
    )


def _signs(ground: Ground) -> list[LegendEntry]:
    """What the legend says of the layers that are shown."""
    shown = {mark.sign for mark in ground.marks} | ({Sign.SERVED} if ground.hulls else set())
    return [
        LegendEntry(str(words), None, Fill.PLAIN, sign=sign)
        for sign, words in SIGNS.items()
        if sign in shown
    ]


def _shape(shape: BaseGeometry, tolerance: float) -> tuple[tuple[Ring, ...], tuple[float, float]]:
    is_point = shape.geom_type == "Point"
    middle = shape if is_point else shape.representative_point()
    return () if is_point else rings_of(shape, tolerance), (middle.x, middle.y)


def _tolerance(view: MapView, ground: Ground) -> float:
    if view.extent is None:
        return tolerance_of(ground.municipalities)
    return (view.extent.east - view.extent.west) / 730
