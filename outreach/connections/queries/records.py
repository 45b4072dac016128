"""What a round's record is made of, and the records that there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ReportVersion,
    VillageStatus,
)
from outreach.connections.record_models import RoundRecord
from outreach.connections.rules import ReportState
from outreach.places.models import County, Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME

Fact: TypeAlias = str | int | float | None
Facts: TypeAlias = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class RecordHead:
    """One county's record of a round, without its content."""

    county_code: str
    county: str
    sha256: str
    made_at: datetime


def villages_of(session: Session, on: date, *, county_code: str) -> list[Facts]:
    """Everything published of the county's villages for the date, by code and dwelling type."""
    status = VillageStatus
    rows = session.execute(
        select(
            Village.code,
            Village.name,
            status.municipality_code,
            MUNICIPALITY_NAME.label("municipality"),
            status.dwelling_type,
            status.settlement_class,
            status.inhabitants,
            status.register_dwellings,
            status.state,
            status.associations,
            status.reported_on,
            status.dwellings,
            status.homes_passed,
            status.connected,
            status.active,
        )
        .join(Village, Village.id == status.village_id)
        .join(Municipality, Municipality.code == status.municipality_code)
        .where(status.reference_date == on, status.county_code == county_code)
        .order_by(Village.code, status.dwelling_type)
    )
    return [_facts(row) for row in rows.mappings()]


def reports_of(session: Session, round_id: int, *, county_code: str) -> list[Facts]:
    """What the associations of the county reported in the round and was approved."""
    rows = session.execute(
        select(
            Association.id.label("association_id"),
            Association.name.label("association"),
            Association.organisation_number,
            Village.code.label("village_code"),
            Village.name.label("village"),
            ConnectionCount.dwelling_type,
            ReportVersion.number.label("version"),
            ReportVersion.receipt,
            ConnectionCount.dwellings_source,
            ConnectionCount.dwellings,
            ConnectionCount.homes_passed,
            ConnectionCount.connected,
            ConnectionCount.active,
        )
        .join(ReportVersion, ReportVersion.id == ConnectionCount.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(Association, Association.id == ConnectionReport.association_id)
        .join(Village, Village.id == ConnectionCount.village_id)
        .where(
            ConnectionReport.round_id == round_id,
            Association.county_code == county_code,
            ReportVersion.state == ReportState.APPROVED,
        )
        .order_by(Association.id, Village.code, ConnectionCount.dwelling_type)
    )
    return [_facts(row) for row in rows.mappings()]


def counties_of(session: Session, on: date) -> list[tuple[str, str]]:
    """The counties that something is published about for the date: code and name, by code."""
    published = select(VillageStatus.county_code).where(VillageStatus.reference_date == on)
    rows = session.execute(
        select(County.code, County.name).where(County.code.in_(published)).order_by(County.code)
    )
    return [(code, name) for code, name in rows]


def records_of(session: Session, round_id: int, *, reach: Reach) -> list[RecordHead]:
    """A round's records of the counties that the person handles, by code."""
    rows = session.execute(
        select(RoundRecord.county_code, County.name, RoundRecord.sha256, RoundRecord.made_at)
        .join(County, County.code == RoundRecord.county_code)
        .where(RoundRecord.round_id == round_id)
        .order_by(RoundRecord.county_code)
    )
    return [RecordHead(*row) for row in rows if reach.staffs_county(row.county_code)]


def record_content(
    session: Session, round_id: int, *, county_code: str, reach: Reach
) -> str | None:
    """The record as it was stored; None where there is none within reach."""
    if not reach.staffs_county(county_code):
        return None
    return session.scalar(
        select(RoundRecord.content).where(
            RoundRecord.round_id == round_id, RoundRecord.county_code == county_code
        )
    )


def _facts(row: RowMapping) -> Facts:
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()
    }
