"""The newest approved count of an association in each village."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ReportingRound,
    ReportVersion,
)
from outreach.connections.queries.figures import says_something
from outreach.connections.rules import CountFigures, DwellingsSource, ReportState
from outreach.measures.classes import DwellingType

OwnKey: TypeAlias = tuple[int, int, DwellingType]
"""Association, village and dwelling type."""


@dataclass(frozen=True, slots=True)
class LastCount:
    """What was last approved of a village, and the date it speaks of."""

    figures: CountFigures
    on: date
    source: DwellingsSource


def last_approved(
    session: Session, association_ids: Collection[int], *, up_to: date
) -> dict[OwnKey, LastCount]:
    """Each association's newest approved counts that speak of this date or an earlier one."""
    newest = func.row_number().over(
        partition_by=[
            ConnectionReport.association_id,
            ConnectionCount.village_id,
            ConnectionCount.dwelling_type,
        ],
        order_by=[ReportingRound.reference_date.desc(), ReportVersion.number.desc()],
    )
    ranked = (
        select(
            ConnectionReport.association_id,
            ConnectionCount.village_id,
            ConnectionCount.dwelling_type,
            ConnectionCount.dwellings,
            ConnectionCount.homes_passed,
            ConnectionCount.connected,
            ConnectionCount.active,
            ConnectionCount.dwellings_source,
            ReportingRound.reference_date,
            newest.label("rank"),
        )
        .join(ReportVersion, ReportVersion.id == ConnectionCount.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(ReportingRound, ReportingRound.id == ConnectionReport.round_id)
        .where(
            ConnectionReport.association_id.in_(association_ids),
            ReportVersion.state == ReportState.APPROVED,
            ReportingRound.reference_date <= up_to,
            says_something(),
        )
        .subquery()
    )
    rows = session.execute(select(ranked).where(ranked.c.rank == 1))
    return {
        (row.association_id, row.village_id, row.dwelling_type): LastCount(
            CountFigures(row.dwellings, row.homes_passed, row.connected, row.active),
            row.reference_date,
            row.dwellings_source,
        )
        for row in rows
    }
