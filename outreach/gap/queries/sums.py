"""Sums of what is published, as they are kept: SQL adds the counts, Python divides them."""

from datetime import date
from typing import TypeAlias

from sqlalchemy import Integer, Label, RowMapping, cast, func, null, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from outreach.connections.queries.known import PRESENT, Published
from outreach.connections.sum_models import StatusSum
from outreach.gap.queries.area import within
from outreach.gap.rules import Area, FineSum, SeriesSum
from outreach.measures.classes import DwellingType
from outreach.measures.rates import Measure, Share
from outreach.places.models import Municipality
from outreach.places.queries.names import MUNICIPALITY_NAME

Sum: TypeAlias = InstrumentedAttribute[int | None]


def series(
    session: Session, area: Area, *, measure: Measure, published: Published = PRESENT
) -> list[SeriesSum]:
    """One measure's sums over the area by date and fine class, oldest date first.

    The one query that reads every date, so it is the database that adds the counties up. Villages
    with one of the two counts unknown add to neither.
    """
    sums = published.sums
    above, below = _pair(measure, sums)
    keys = (sums.reference_date, sums.fine_class)
    rows = session.execute(
        select(
            *keys,
            func.sum(above),
            func.sum(below),
            func.sum(sums.reported),
            func.sum(sums.expected),
            func.sum(sums.covered_dwellings),
            func.sum(_register(sums, published)),
        )
        .where(within(area, sums, published.dwellings))
        .group_by(*keys)
        .order_by(sums.reference_date)
    )
    return [
        SeriesSum(
            day,
            fine_class,
            _share(above, below),
            _share(reported, expected),
            _share(None if register is None else covered or 0, register),
        )
        for day, fine_class, above, below, reported, expected, covered, register in rows
    ]


def sums_on(
    session: Session, area: Area, *, day: date, published: Published = PRESENT
) -> list[FineSum]:
    """Every measure's sums by municipality and fine class on one date, by municipality's code."""
    sums = published.sums
    names = [column.key for column in StatusSum.__table__.c if column.key != "register_dwellings"]
    columns = [*(getattr(sums, name) for name in names), _register(sums, published)]
    rows = session.execute(
        select(*columns, MUNICIPALITY_NAME)
        .join(Municipality, Municipality.code == sums.municipality_code)
        .where(within(area, sums, published.dwellings), sums.reference_date == day)
        .order_by(sums.municipality_code, sums.fine_class)
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


def _register(sums: type[StatusSum], published: Published) -> Label[int | None] | Label[int]:
    """The register's dwellings, of which reports cover a share.

    Only permanent ones have a row for every village. Of the others there are rows just where they
    were ever reported, and a share of those would say that nearly everything is covered.
    """
    if published.dwellings is DwellingType.permanent:
        return sums.register_dwellings.label("register_dwellings")
    return cast(null(), Integer).label("register_dwellings")


def _pair(measure: Measure, sums: type[StatusSum]) -> tuple[Sum, Sum]:
    return getattr(sums, f"{measure}_above"), getattr(sums, f"{measure}_below")


def _share(numerator: int | None, denominator: int | None) -> Share:
    return Share(
        None if numerator is None else int(numerator),
        None if denominator is None else int(denominator),
    )
