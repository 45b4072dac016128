"""Commitments: the public list with its filters, and one of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association, Commitment, commitment_village
from outreach.associations.queries.conditions import (
    is_late,
    is_open,
    serves_municipality,
    within,
)
from outreach.associations.rules import CommitmentKind, CommitmentStatus, is_overdue
from outreach.database.ordering import contains, swedish_order
from outreach.database.snapshot import in_portions
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME
from outreach.web.paging import Paging


@dataclass(frozen=True, slots=True)
class CommitmentFilter:
    """Which commitments are wanted; an empty part asks for all."""

    text: str = ""
    kind: CommitmentKind | None = None
    status: CommitmentStatus | None = None
    municipality_code: str = ""
    association_id: int | None = None
    late_only: bool = False

    def conditions(self, today: date) -> list[ColumnElement[bool]]:
        """The filter as conditions on `Commitment` joined with `Association`."""
        found: list[ColumnElement[bool]] = []
        if self.text:
            found.append(
                or_(contains(Commitment.title, self.text), contains(Association.name, self.text))
            )
        if self.kind is not None:
            found.append(Commitment.kind == self.kind)
        if self.status is not None:
            found.append(Commitment.status == self.status)
        if self.municipality_code:
            found.append(_in_municipality(self.municipality_code, today))
        if self.association_id is not None:
            found.append(Commitment.association_id == self.association_id)
        if self.late_only:
            found.append(is_late(today))
        return found


@dataclass(frozen=True, slots=True)
class VillageName:
    """A village that a commitment is about."""

    code: str
    name: str
    municipality: str


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One commitment as the public sees it."""

    id: int
    association_id: int
    association_name: str
    county_code: str
    kind: CommitmentKind
    title: str
    description: str | None
    target: int | None
    due_date: date | None
    status: CommitmentStatus
    is_overdue: bool
    version: int
    updated_at: datetime
    villages: tuple[VillageName, ...]


def count_commitments(session: Session, wanted: CommitmentFilter, *, today: date) -> int:
    """How many commitments the filter finds."""
    query = (
        select(func.count(Commitment.id))
        .join(Association, Association.id == Commitment.association_id)
        .where(*wanted.conditions(today))
    )
    return session.scalars(query).one()


def commitments(
    session: Session, wanted: CommitmentFilter, *, today: date, paging: Paging | None = None
) -> list[CommitmentRow]:
    """The commitments found: open ones first, the nearest due date first, without one last."""
    query = _found(wanted.conditions(today))
    if paging is not None:
        query = query.offset(paging.offset).limit(paging.size)
    return _rows(session, session.execute(query).all(), today=today)


def all_commitments(
    session: Session, wanted: CommitmentFilter, *, today: date
) -> Iterator[CommitmentRow]:
    """The same, every one, as they are read."""
    return in_portions(
        session,
        lambda own, rows: _rows(own, rows, today=today),
        _found(wanted.conditions(today)),
    )


def commitment(session: Session, commitment_id: int, *, today: date) -> CommitmentRow | None:
    """One commitment, or None where there is none of that id."""
    query = _found([Commitment.id == commitment_id])
    found = _rows(session, session.execute(query).all(), today=today)
    return found[0] if found else None


def reachable_commitment(
    session: Session, commitment_id: int, *, reach: Reach
) -> Commitment | None:
    """The commitment to change, read again and locked; None outside the person's reach."""
    query = (
        select(Commitment)
        .join(Association, Association.id == Commitment.association_id)
        .where(Commitment.id == commitment_id, within(reach))
        .with_for_update(of=Commitment)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def _found(conditions: list[ColumnElement[bool]]) -> Select[*tuple[object, ...]]:
    return (
        select(
            Commitment.id,
            Commitment.association_id,
            Association.name.label("association_name"),
            Association.county_code,
            Commitment.kind,
            Commitment.title,
            Commitment.description,
            Commitment.target,
            Commitment.due_date,
            Commitment.status,
            Commitment.version,
            Commitment.updated_at,
        )
        .join(Association, Association.id == Commitment.association_id)
        .where(*conditions)
        .order_by(
            case((is_open(), 0), else_=1),
            case((Commitment.due_date.is_(None), 1), else_=0),
            Commitment.due_date,
            Commitment.id,
        )
    )


def _rows(
    session: Session, found: Sequence[Row[*tuple[object, ...]]], *, today: date
) -> list[CommitmentRow]:
    villages = _villages(session, [row.id for row in found])
    return [
        CommitmentRow(
            **row._asdict(),
            is_overdue=is_overdue(row.status, row.due_date, today=today),
            villages=villages.get(row.id, ()),
        )
        for row in found
    ]


def _villages(
    session: Session, commitment_ids: Collection[int]
) -> dict[int, tuple[VillageName, ...]]:
    query = (
        select(
            commitment_village.c.commitment_id,
            Village.code,
            Village.name,
            MUNICIPALITY_NAME.label("municipality"),
        )
        .join(Village, Village.id == commitment_village.c.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(commitment_village.c.commitment_id.in_(commitment_ids))
        .order_by(swedish_order(Village.name), Village.code)
    )
    villages: dict[int, tuple[VillageName, ...]] = {}
    for row in session.execute(query):
        name = VillageName(row.code, row.name, row.municipality)
        villages[row.commitment_id] = (*villages.get(row.commitment_id, ()), name)
    return villages


def _in_municipality(code: str, today: date) -> ColumnElement[bool]:
    """A village of the commitment lies there; without villages, one that the association serves."""
    own = exists().where(commitment_village.c.commitment_id == Commitment.id)
    there = own.where(
        commitment_village.c.village_id == Village.id, Village.municipality_code == code
    )
    return or_(there, ~own & serves_municipality(code, on=today))
