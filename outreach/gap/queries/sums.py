"""Sums of what is published: SQL adds the counts, Python divides them."""

from datetime import date
from typing import TypeAlias

from sqlalchemy import ColumnElement, Label, RowMapping, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from outreach.connections.models import VillageStatus
from outreach.connections.rules import VillageState
from outreach.gap.queries.area import IS_LARGE, fine_class, within
from outreach.gap.rules import Area, FineSum, SeriesSum
from outreach.measures.rates import Measure, Share
from outreach.places.models import Municipality

Count: TypeAlias = InstrumentedAttribute[int | None]
Sum: TypeAlias = ColumnElement[int | None]

_COVERED = VillageStatus.state.in_([VillageState.REPORTED, VillageState.CARRIED_FORWARD])
_EXPECTED = VillageStatus.state != VillageState.NOT_EXPECTED
_REPORTED = VillageStatus.state == VillageState.REPORTED


def series(session: Session, area: Area, *, measure: Measure) -> list[SeriesSum]:
    """One measure's sums by date, county and fine class, oldest date first.

    The one query that reads every date. Villages with one of the two counts unknown add to
    neither.
    """
    numerator, denominator = _counts(measure)
    above, below = _pair(numerator, denominator)
    rows = session.execute(
        select(
            VillageStatus.reference_date,
            VillageStatus.county_code,
            VillageStatus.settlement_class,
            IS_LARGE.label("is_large"),
            above,
            below,
        )
        .where(within(area))
        .group_by(
            VillageStatus.reference_date,
            VillageStatus.county_code,
            VillageStatus.settlement_class,
            IS_LARGE,
        )
        .order_by(VillageStatus.reference_date)
    )
    return [
        SeriesSum(
            day, county, fine_class(settlement_class, is_large=is_large), _share(above, below)
        )
        for day, county, settlement_class, is_large, above, below in rows
    ]


def sums_on(session: Session, area: Area, *, day: date) -> list[FineSum]:
    """Every measure's sums by municipality and fine class on one date, by municipality's code."""
    grouped = (
        VillageStatus.municipality_code,
        Municipality.name,
        VillageStatus.settlement_class,
        IS_LARGE,
    )
    rows = session.execute(
        select(
            VillageStatus.municipality_code,
            Municipality.name,
            VillageStatus.settlement_class,
            IS_LARGE.label("is_large"),
            func.count().label("villages"),
            func.count().filter(_COVERED).label("covered"),
            func.count().filter(_EXPECTED).label("expected"),
            func.count().filter(_REPORTED).label("reported"),
            func.sum(VillageStatus.register_dwellings).label("register_dwellings"),
            func.sum(VillageStatus.register_dwellings).filter(_COVERED).label("covered_dwellings"),
            func.min(VillageStatus.reported_on).label("oldest"),
            *(column for measure in Measure for column in _measured(measure)),
        )
        .join(Municipality, Municipality.code == VillageStatus.municipality_code)
        .where(within(area), VillageStatus.reference_date == day)
        .group_by(*grouped)
        .order_by(VillageStatus.municipality_code)
    )
    return [_fine_sum(row) for row in rows.mappings()]


def _measured(measure: Measure) -> tuple[Label[int | None], Label[int | None], Label[int]]:
    numerator, denominator = _counts(measure)
    above, below = _pair(numerator, denominator)
    both_known = and_(numerator.is_not(None), denominator.is_not(None))
    return (
        above.label(f"{measure}_above"),
        below.label(f"{measure}_below"),
        func.count().filter(both_known).label(f"{measure}_counted"),
    )


def _fine_sum(row: RowMapping) -> FineSum:
    return FineSum(
        municipality_code=row["municipality_code"],
        municipality_name=row["name"],
        fine_class=fine_class(row["settlement_class"], is_large=row["is_large"]),
        villages=row["villages"],
        covered=row["covered"],
        expected=row["expected"],
        reported=row["reported"],
        register_dwellings=row["register_dwellings"],
        covered_dwellings=row["covered_dwellings"],
        oldest=row["oldest"],
        shares=tuple(
            _share(row[f"{measure}_above"], row[f"{measure}_below"]) for measure in Measure
        ),
        counted=tuple(row[f"{measure}_counted"] for measure in Measure),
    )


def _counts(measure: Measure) -> tuple[Count, Count]:
    return (
        getattr(VillageStatus, measure.numerator_field),
        getattr(VillageStatus, measure.denominator_field),
    )


def _pair(numerator: Count, denominator: Count) -> tuple[Sum, Sum]:
    return (
        func.sum(numerator).filter(denominator.is_not(None)),
        func.sum(denominator).filter(numerator.is_not(None)),
    )


def _share(numerator: int | None, denominator: int | None) -> Share:
    return Share(
        None if numerator is None else int(numerator),
        None if denominator is None else int(denominator),
    )
