"""Which approved count of each association holds for a village on one date."""

from sqlalchemy import ColumnElement, Date, Integer, and_, case, func, or_, select, true
from sqlalchemy.sql.selectable import CTE

from outreach.associations.models import ServedVillage
from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ReportingRound,
    ReportVersion,
)
from outreach.connections.queries.as_of import PERMANENT, Slice
from outreach.connections.queries.lineage import (
    bounds_of,
    handed_on,
    heirs_of,
    holders_of,
    in_force,
    stints_of,
)
from outreach.connections.rules import ReportState


def expected_reports_by_village(part: Slice) -> CTE:
    """How many associations serve each village on the date, and so are expected to report."""
    return (
        select(
            ServedVillage.village_id,
            func.count(ServedVillage.association_id.distinct()).label("associations"),
        )
        .where(in_force(part), part.covers(ServedVillage.village_id))
        .group_by(ServedVillage.village_id)
        .cte("expected")
    )


def figures_in_force(part: Slice) -> CTE:
    """Each association's newest count of a village, and who answers for it on the date.

    `answerer_id` is the association itself while it serves the village, or the one that the
    village has passed to; None when nobody does. `counts_from` is the date from which that other
    one's reports answer for the count too, and `is_replaced` says that they do.
    `newest_answered` is the date of the newest count that somebody answers for.
    """
    stints = stints_of(part)
    newest = _newest_counts(part, bounds_of(stints))
    heirs, holders = heirs_of(part, stints), holders_of(part, stints)
    passed, replaced = handed_on(part, heirs, holders), _replaced(newest, heirs)
    answerer = case(
        (holders.c.association_id.is_not(None), newest.c.association_id), else_=passed.c.heir_id
    )
    known = (
        select(
            newest,
            answerer.label("answerer_id"),
            passed.c.counts_from,
            replaced.c.association_id.is_not(None).label("is_replaced"),
        )
        .select_from(newest)
        .outerjoin(holders, _same_stint(holders, newest))
        .outerjoin(passed, _same_stint(passed, newest))
        .outerjoin(replaced, _same_stint(replaced, newest))
        .where(newest.c.rank == 1)
        .subquery()
    )
    newest_answered = func.max(
        case((known.c.answerer_id.is_not(None), known.c.reference_date)), type_=Date
    ).over(partition_by=known.c.village_id)
    return select(known, newest_answered.label("newest_answered")).cte("figures")


def _replaced(newest: CTE, heirs: CTE) -> CTE:
    """The stints for which an heir has reported since it took over."""
    return (
        select(heirs.c.association_id, heirs.c.village_id, heirs.c.stint)
        .join(
            newest,
            and_(
                newest.c.association_id == heirs.c.heir_id,
                newest.c.village_id == heirs.c.village_id,
                newest.c.stint == heirs.c.heir_stint,
                newest.c.rank == 1,
                newest.c.reference_date >= heirs.c.counts_from,
            ),
        )
        .distinct()
        .cte("replaced")
    )


def _same_stint(one: CTE, other: CTE) -> ColumnElement[bool]:
    return and_(
        one.c.association_id == other.c.association_id,
        one.c.village_id == other.c.village_id,
        one.c.stint == other.c.stint,
    )


def _newest_counts(part: Slice, bounds: CTE) -> CTE:
    """The counts approved up to the date, numbered from the newest by village and stint."""
    counts = _counts(part)
    stint = func.coalesce(bounds.c.stint, 0, type_=Integer)
    newest_first = func.row_number().over(
        partition_by=[ConnectionReport.association_id, counts.c.village_id, stint],
        order_by=[ReportingRound.reference_date.desc(), ReportVersion.number.desc()],
    )
    return (
        select(
            ConnectionReport.association_id,
            ReportingRound.reference_date,
            *(column for column in counts.c if column.key != "version_id"),
            stint.label("stint"),
            newest_first.label("rank"),
        )
        .select_from(counts)
        .join(ReportVersion, ReportVersion.id == counts.c.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(ReportingRound, ReportingRound.id == ConnectionReport.round_id)
        .outerjoin(
            bounds,
            and_(
                bounds.c.association_id == ConnectionReport.association_id,
                bounds.c.village_id == counts.c.village_id,
                bounds.c.begins <= ReportingRound.reference_date,
                or_(bounds.c.ends.is_(None), bounds.c.ends > ReportingRound.reference_date),
            ),
        )
        .where(
            _holds(part),
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


def _holds(part: Slice) -> ColumnElement[bool]:
    """The condition that a version is the one of its report that counts."""
    is_approved = ReportVersion.state == ReportState.APPROVED
    if part.as_if is None:
        return is_approved
    version_id, report_id = part.as_if
    return or_(
        ReportVersion.id == version_id, and_(is_approved, ReportVersion.report_id != report_id)
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
