"""Values flagged for follow-up: of a version, of a village, and all that staff have."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from outreach.accounts.models import AccessGrant, Role, User
from outreach.accounts.rules import Reach, RoleName
from outreach.associations.models import Association
from outreach.associations.queries.conditions import staffed_by
from outreach.connections.flag_models import ValueFlag
from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ReportingRound,
    ReportVersion,
)
from outreach.connections.rules import CountField
from outreach.measures.classes import DwellingType
from outreach.places.models import Village
from outreach.web.paging import Paging

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A flag with the value it stands at, as it was reported."""

    id: int
    version_id: int
    number: int
    association: str
    reference_date: date
    village: str
    dwelling_type: DwellingType
    field: CountField
    value: int | None
    note: str
    assignee: str | None
    raised_by: str | None
    raised_at: datetime
    resolution: str | None
    resolved_by: str | None
    resolved_at: datetime | None


def flags_of_version(session: Session, version_id: int, *, reach: Reach) -> list[FlagLine]:
    """The flags of one version within a reviewer's reach, the newest first."""
    return _read(session, _lines(reach).where(ValueFlag.version_id == version_id))


def flags_of_village(session: Session, village_id: int, *, reach: Reach) -> list[FlagLine]:
    """The flags of a village's reports within a reviewer's reach; reporters see none."""
    return _read(session, _lines(reach).where(ValueFlag.village_id == village_id))


def flag(session: Session, flag_id: int, *, reach: Reach) -> FlagLine | None:
    """One flag within a reviewer's reach; None for any other."""
    found = _read(session, _lines(reach).where(ValueFlag.id == flag_id))
    return found[0] if found else None


def count_flags(session: Session, *, resolved: bool, reach: Reach) -> int:
    """How many flags within reach wait, or are resolved."""
    query = _joined(select(func.count())).where(staffed_by(reach), _is(resolved=resolved))
    return session.scalar(query) or 0


def flags(session: Session, *, resolved: bool, reach: Reach, paging: Paging) -> list[FlagLine]:
    """One page of the flags that wait, or are resolved, the newest first; one statement."""
    query = _lines(reach).where(_is(resolved=resolved))
    return _read(session, query.offset(paging.offset).limit(paging.size))


def reviewers(session: Session, county_code: str) -> Mapping[int, str]:
    """Who can be asked to follow up in a county: its staff and the administrators, by name."""
    granted = select(AccessGrant.user_id).where(
        AccessGrant.role == RoleName.REGIONAL_STAFF, AccessGrant.county_code == county_code
    )
    rows = session.execute(
        select(User.id, User.name)
        .where(
            User.active.is_(True),
            or_(
                User.id.in_(granted),
                User.roles.any(Role.name == RoleName.ADMINISTRATOR.value),
            ),
        )
        .order_by(User.name, User.id)
    )
    return {row.id: row.name for row in rows}


_Assignee, _Raiser, _Resolver = aliased(User), aliased(User), aliased(User)


def _is(*, resolved: bool) -> ColumnElement[bool]:
    return ValueFlag.resolved_at.is_not(None) if resolved else ValueFlag.resolved_at.is_(None)


def _joined(query: Select[*Columns]) -> Select[*Columns]:
    return (
        query.select_from(ValueFlag)
        .join(ReportVersion, ReportVersion.id == ValueFlag.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(Association, Association.id == ConnectionReport.association_id)
        .join(ReportingRound, ReportingRound.id == ConnectionReport.round_id)
        .join(Village, Village.id == ValueFlag.village_id)
    )


def _lines(reach: Reach) -> Select[*tuple[object, ...]]:
    value = case(
        (ValueFlag.field == CountField.DWELLINGS, ConnectionCount.dwellings),
        (ValueFlag.field == CountField.HOMES_PASSED, ConnectionCount.homes_passed),
        (ValueFlag.field == CountField.CONNECTED, ConnectionCount.connected),
        else_=ConnectionCount.active,
    )
    query = _joined(
        select(
            ValueFlag.id,
            ValueFlag.version_id,
            ReportVersion.number,
            Association.name.label("association"),
            ReportingRound.reference_date,
            Village.name.label("village"),
            ValueFlag.dwelling_type,
            ValueFlag.field,
            value.label("value"),
            ValueFlag.note,
            _Assignee.name.label("assignee"),
            _Raiser.name.label("raised_by"),
            ValueFlag.raised_at,
            ValueFlag.resolution,
            _Resolver.name.label("resolved_by"),
            ValueFlag.resolved_at,
        )
    )
    return (
        query.join(
            ConnectionCount,
            (ConnectionCount.version_id == ValueFlag.version_id)
            & (ConnectionCount.village_id == ValueFlag.village_id)
            & (ConnectionCount.dwelling_type == ValueFlag.dwelling_type),
        )
        .outerjoin(_Assignee, _Assignee.id == ValueFlag.assignee_id)
        .outerjoin(_Raiser, _Raiser.id == ValueFlag.raised_by_id)
        .outerjoin(_Resolver, _Resolver.id == ValueFlag.resolved_by_id)
        .where(staffed_by(reach))
        .order_by(ValueFlag.raised_at.desc(), ValueFlag.id.desc())
    )


def _read(session: Session, query: Select[*tuple[object, ...]]) -> list[FlagLine]:
    names = [field.name for field in fields(FlagLine)]
    return [
        FlagLine(**{name: getattr(row, name) for name in names}) for row in session.execute(query)
    ]
