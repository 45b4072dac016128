"""The sums that `status_sum` keeps, worked out in SQL from the rows of `village_status`."""

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, Label, Select, and_, case, func, literal, select
from sqlalchemy.sql.selectable import Subquery

from outreach.connections.models import VillageStatus
from outreach.connections.rules import VillageState
from outreach.connections.sum_models import StatusSum
from outreach.measures.classes import LARGE_TATORT_INHABITANTS, FineClass, SettlementClass
from outreach.measures.rates import Measure

COVERED = (VillageState.REPORTED, VillageState.CARRIED_FORWARD)
KEYS = ("reference_date", "municipality_code", "fine_class", "dwelling_type", "county_code")


def status_sums(
    conditions: Collection[ColumnElement[bool]], status: type[VillageStatus] = VillageStatus
) -> tuple[list[str], Select[tuple[object, ...]]]:
    """The columns of `status_sum` in order, and the sums over the rows that meet the conditions.

    `status` are the rows themselves, or what they were earlier.
    """
    rows = _classed(conditions, status)
    query = select(*(rows.c[name] for name in KEYS), *_sums(rows)).group_by(
        *(rows.c[name] for name in KEYS)
    )
    return [column.key or "" for column in query.selected_columns], query


def _classed(conditions: Collection[ColumnElement[bool]], status: type[VillageStatus]) -> Subquery:
    """The rows with their fine class, as `fine_class_of` gives it.

    A query of its own: PostgreSQL doesn't see that two expressions with parameters are the same.
    """
    return select(status, fine_class(status).label("fine_class")).where(*conditions).subquery()


def fine_class(status: type[VillageStatus] = VillageStatus) -> ColumnElement[FineClass]:
    """A row's fine class."""
    kind = StatusSum.fine_class.type
    return case(
        (status.settlement_class.is_(None), literal(FineClass.unclassed, kind)),
        (
            status.settlement_class == SettlementClass.smaort,
            literal(FineClass.smaort, kind),
        ),
        (
            status.settlement_class == SettlementClass.outside,
            literal(FineClass.outside, kind),
        ),
        (status.inhabitants.is_(None), literal(FineClass.tatort_unsized, kind)),
        (status.inhabitants >= LARGE_TATORT_INHABITANTS, literal(FineClass.tatort_large, kind)),
        else_=literal(FineClass.tatort_small, kind),
    )


def _sums(rows: Subquery) -> Iterator[Label[int] | Label[int | None]]:
    row = rows.c
    is_covered = row.state.in_(COVERED)
    yield func.count().label("villages")
    yield func.count().filter(is_covered).label("covered")
    yield func.count().filter(row.state != VillageState.NOT_EXPECTED).label("expected")
    yield func.count().filter(row.state == VillageState.REPORTED).label("reported")
    yield func.sum(row.register_dwellings).label("register_dwellings")
    yield func.sum(row.register_dwellings).filter(is_covered).label("covered_dwellings")
    yield func.min(row.reported_on).label("oldest")
    for measure in Measure:
        above, below = row[measure.numerator_field], row[measure.denominator_field]
        is_known = and_(above.is_not(None), below.is_not(None))
        yield func.sum(above).filter(is_known).label(f"{measure}_above")
        yield func.sum(below).filter(is_known).label(f"{measure}_below")
        yield func.count().filter(is_known).label(f"{measure}_counted")
