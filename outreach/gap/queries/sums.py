"""Sums of what is published, as they are kept: SQL adds the counts, Python divides them."""

from datetime import date
from typing import TypeAlias

from sqlalchemy import RowMapping, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from outreach.connections.sum_models import StatusSum
from outreach.gap.queries.area import within
from outreach.gap.rules import Area, FineSum, SeriesSum
from outreach.measures.rates import Measure, Share
from outreach.places.models import Municipality

Sum: TypeAlias = InstrumentedAttribute[int | None]


def series(session: Session, area: Area, *, measure: Measure) -> list[SeriesSum]:
    """One measure's sums by date, county and fine class, oldest date first.

    The one query that reads every date. Villages with one of the two counts unknown add to
    neither.
    """
    above, below = _pair(measure)
    keys = (StatusSum.reference_date, StatusSum.county_code, StatusSum.fine_class)
    rows = session.execute(
        select(*keys, func.sum(above), func.sum(below))
        .where(within(area, StatusSum))
        .group_by(*keys)
        .order_by(StatusSum.reference_date)
    )
    return [
        SeriesSum(day, county, fine_class, _share(above, below))
        for day, county, fine_class, above, below in rows
    ]


def sums_on(session: Session, area: Area, *, day: date) -> list[FineSum]:
    """Every measure's sums by municipality and fine class on one date, by municipality's code."""
    rows = session.execute(
        select(*StatusSum.__table__.c, Municipality.name)
        .join(Municipality, Municipality.code == StatusSum.municipality_code)
        .where(within(area, StatusSum), StatusSum.reference_date == day)
        .order_by(StatusSum.municipality_code, StatusSum.fine_class)
    )
    return [_fine_sum(row) for row in rows.mappings()]


def _fine_sum(row: RowMapping) -> FineSum:
    return FineSum(
        municipality_code=row["municipality_code"],
        municipality_name=row["name"],
        fine_class=row["fine_class"],
        villages=row["villages"],
        covered=row["covered"],
        expected=row["expected"],
        reported=row["reported"],
        register_dwellings=row["register_dwellings"],
        covered_dwellings=row["covered_dwellings"],
        oldest=row["oldest"],
        shares=tuple(
            Share(row[f"{measure}_above"], row[f"{measure}_below"]) for measure in Measure
        ),
        counted=tuple(row[f"{measure}_counted"] for measure in Measure),
    )


def _pair(measure: Measure) -> tuple[Sum, Sum]:
    return getattr(StatusSum, f"{measure}_above"), getattr(StatusSum, f"{measure}_below")


def _share(numerator: int | None, denominator: int | None) -> Share:
    return Share(
        None if numerator is None else int(numerator),
        None if denominator is None else int(denominator),
    )
