"""Which approved count of each association holds for a village on one date."""

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.sql.selectable import CTE

from outreach.associations.models import ServedVillage
from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ReportingRound,
    ReportVersion,
)
from outreach.connections.queries.as_of import PERMANENT, Slice
from outreach.connections.rules import ReportState


def expected_reports_by_village(part: Slice) -> CTE:
    """How many associations serve each village on the date, and so are expected to report."""
    return (
        select(
            ServedVillage.village_id,
            func.count(ServedVillage.association_id.distinct()).label("associations"),
        )
        .where(_is_in_force(part), part.covers(ServedVillage.village_id))
        .group_by(ServedVillage.village_id)
        .cte("expected")
    )


def figures_in_force(part: Slice) -> CTE:
    """Each association's newest count of a village, and whether it serves the village still.

    `newest_of_serving` is the date of the newest count by any association that does.
    """
    newest = _newest_counts(part)
    serves = (
        select(ServedVillage.id)
        .where(
            ServedVillage.association_id == newest.c.association_id,
            ServedVillage.village_id == newest.c.village_id,
            _is_in_force(part),
        )
        .exists()
    )
    known = select(newest, serves.label("serves")).where(newest.c.rank == 1).subquery()
    newest_of_serving = func.max(case((known.c.serves, known.c.reference_date))).over(
        partition_by=known.c.village_id
    )
    return select(known, newest_of_serving.label("newest_of_serving")).cte("figures")


def _newest_counts(part: Slice) -> CTE:
    """The counts approved up to the date, numbered from the newest by association and village."""
    counts = _counts(part)
    newest_first = func.row_number().over(
        partition_by=[ConnectionReport.association_id, counts.c.village_id],
        order_by=[ReportingRound.reference_date.desc(), ReportVersion.number.desc()],
    )
    return (
        select(
            ConnectionReport.association_id,
            ReportingRound.reference_date,
            *(column for column in counts.c if column.key != "version_id"),
            newest_first.label("rank"),
        )
        .select_from(counts)
        .join(ReportVersion, ReportVersion.id == counts.c.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(ReportingRound, ReportingRound.id == ConnectionReport.round_id)
        .where(
            ReportVersion.state == ReportState.APPROVED,
            ReportingRound.reference_date <= part.on,
            _can_matter(part),
        )
        .cte("newest_counts")
    )


def _counts(part: Slice) -> CTE:
    counts = (
        select(
            ConnectionCount.version_id,
            ConnectionCount.village_id,
            ConnectionCount.dwellings_source,
            ConnectionCount.dwellings,
            ConnectionCount.homes_passed,
            ConnectionCount.connected,
            ConnectionCount.active,
        )
        .where(
            ConnectionCount.dwelling_type == part.dwelling_type,
            part.covers(ConnectionCount.village_id),
            says_something(),
        )
        .cte("counts")
    )
    if part.village_ids is None:
        return counts
    # SQLite would else begin with all approved versions of the country for a few villages.
    return counts.prefix_with("MATERIALIZED")


def _is_in_force(part: Slice) -> ColumnElement[bool]:
    return and_(
        ServedVillage.valid_from <= part.on,
        or_(ServedVillage.valid_to.is_(None), ServedVillage.valid_to > part.on),
    )


def _can_matter(part: Slice) -> ColumnElement[bool]:
    # Of the optional types, an old count still tells that the type is reported in this village.
    if part.dwelling_type is PERMANENT:
        return and_(ReportingRound.reference_date >= part.oldest)
    return true()


def says_something() -> ColumnElement[bool]:
    """The condition that a stored count states at least one figure."""
    return or_(
        ConnectionCount.dwellings.is_not(None),
        ConnectionCount.homes_passed.is_not(None),
        ConnectionCount.connected.is_not(None),
        ConnectionCount.active.is_not(None),
    )
