"""From sums to findings: which side each sum is on, what is hidden, and the division."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import groupby

from outreach.gap.disclosed import Audience, Disclosure, VillageFigures
from outreach.gap.results import MeasureGap, MunicipalityFigures, Reporting, SeriesPoint
from outreach.gap.rules import Choice, FineSum, SeriesSum
from outreach.measures.classes import FineClass, Group, Scheme
from outreach.measures.disclosure import Part, part_of
from outreach.measures.gap import GroupSum, dwellings_to_close, gap, par
from outreach.measures.rates import Measure, Share, total
from outreach.measures.suppression.table import SPANS


@dataclass(frozen=True, slots=True)
class Summing:
    """How fine sums become figures for one audience and choice."""

    choice: Choice
    audience: Audience
    disclosure: Disclosure

    def gap_of(self, measure: Measure, sums: Sequence[FineSum]) -> MeasureGap:
        """One measure's gap over the area."""
        hides = self._hides_in_area
        rural, urban, whole = (
            _group_sum(sums, part=part, measure=measure, is_hidden=hides(part, measure))
            for part in self._parts()
        )
        return MeasureGap(
            measure=measure,
            gap=gap(rural, urban),
            whole=whole,
            par=par(urban.share, whole.share),
        )

    def series(self, sums: Iterable[SeriesSum]) -> list[SeriesPoint]:
        """The chosen measure on every date, oldest first."""
        return [
            self._point(day, list(group)) for day, group in groupby(sums, key=lambda one: one.day)
        ]

    def municipalities(self, sums: Iterable[FineSum]) -> list[MunicipalityFigures]:
        """The chosen measure in each municipality, by code."""
        return [
            self._municipality(list(group))
            for _, group in groupby(sums, key=lambda one: one.municipality_code)
        ]

    def _municipality(self, sums: list[FineSum]) -> MunicipalityFigures:
        measure, code = self.choice.measure, sums[0].municipality_code
        rural, urban, whole = (
            _group_sum(
                sums,
                part=part,
                measure=measure,
                is_hidden=self.audience is Audience.PUBLIC
                and self.disclosure.hides_sum_of(code, self.choice.day, part=part, measure=measure),
            )
            for part in self._parts()
        )
        return MunicipalityFigures(
            code=code,
            name=sums[0].municipality_name,
            rural=rural,
            urban=urban,
            whole=whole,
            expected=sum(one.expected for one in sums),
            reported=sum(one.reported for one in sums),
        )

    def _point(self, day: date, sums: list[SeriesSum]) -> SeriesPoint:
        rural, urban, whole = (
            Share(None, None)
            if self._hides_in_area(part, self.choice.measure, day)
            else total(one.share for one in sums if one.fine_class in fine_classes(part))
            for part in self._parts()
        )
        return SeriesPoint(
            day,
            rural,
            urban,
            whole,
            reporting=total(one.reporting for one in sums),
            completeness=total(one.completeness for one in sums),
        )

    def _parts(self) -> tuple[Part, Part, Part]:
        return (*sides(self.choice.scheme), Part.total)

    def _hides_in_area(self, part: Part, measure: Measure, day: date | None = None) -> bool:
        return self.audience is Audience.PUBLIC and self.disclosure.hides_sum(
            self.choice.area, day or self.choice.day, part=part, measure=measure
        )


def closing(found: MeasureGap, villages: Iterable[VillageFigures]) -> MeasureGap:
    """The gap with the dwellings it takes to close it.

    What is hidden of the countryside counts as if it were one village: that follows from what is
    shown, so it gives nothing away, and takes at most as many dwellings as the villages would.
    """
    rural = found.gap.rural
    shown = [
        share
        for village in villages
        if village.group is Group.rural and (share := village.share_of(found.measure)).known
    ]
    to_close = dwellings_to_close([*shown, _rest(rural.share, shown)], found.gap.urban.share)
    return replace(found, to_close=to_close, is_least=len(shown) < rural.villages)


def _rest(side: Share, shown: Iterable[Share]) -> Share:
    known = total(shown)
    if side.numerator is None or side.denominator is None:
        return Share(None, None)
    return Share(
        side.numerator - (known.numerator or 0), side.denominator - (known.denominator or 0)
    )


def sides(scheme: Scheme) -> tuple[Part, Part]:
    """The rural and the urban part of a scheme."""
    return part_of(scheme, Group.rural), part_of(scheme, Group.urban)


@lru_cache
def fine_classes(part: Part) -> frozenset[FineClass]:
    """The fine classes a part is made of."""
    first, last = SPANS[part]
    return frozenset(list(FineClass)[first:last])


def reporting(sums: Sequence[FineSum]) -> Reporting:
    """How much stands behind an area's figures."""
    return Reporting(
        expected=sum(one.expected for one in sums),
        reported=sum(one.reported for one in sums),
        villages=sum(one.villages for one in sums),
        covered=sum(one.covered for one in sums),
        completeness=_completeness(sums),
        oldest=min((one.oldest for one in sums if one.oldest is not None), default=None),
    )


def _group_sum(
    sums: Iterable[FineSum], *, part: Part, measure: Measure, is_hidden: bool
) -> GroupSum:
    inside = [one for one in sums if one.fine_class in fine_classes(part)]
    index = list(Measure).index(measure)
    share = Share(None, None) if is_hidden else total(one.shares[index] for one in inside)
    completeness = _completeness(inside)
    return GroupSum(
        numerator=share.numerator,
        denominator=share.denominator,
        villages=sum(one.counted[index] for one in inside),
        covered_dwellings=completeness.numerator,
        register_dwellings=completeness.denominator,
    )


def _completeness(sums: Iterable[FineSum]) -> Share:
    """Register dwellings of villages with a report, of all. No report at all is 0, not unknown."""
    known = [one for one in sums if one.register_dwellings is not None]
    if not known:
        return Share(None, None)
    return Share(
        sum(one.covered_dwellings or 0 for one in known),
        sum(one.register_dwellings or 0 for one in known),
    )
