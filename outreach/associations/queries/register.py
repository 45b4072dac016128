"""The public register: a page of associations, or all of them for a file."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, case, func, select
from sqlalchemy.orm import Session

from outreach.associations.models import Association, Commitment, ServedVillage
from outreach.associations.queries.conditions import (
    is_late,
    is_open,
    served_on,
    serves_municipality,
)
from outreach.associations.rules import AssociationStatus
from outreach.database.ordering import contains, swedish_order
from outreach.database.snapshot import in_portions
from outreach.places.models import Municipality, Village
from outreach.places.queries.lists import MunicipalityChoice
from outreach.places.queries.names import MUNICIPALITY_NAME
from outreach.web.paging import Paging
from outreach.web.tables import Sorting

BY_NAME = Sorting("name")
"""Also `status`, `villages` and `commitments`."""


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Which associations are wanted; an empty part asks for all."""

    text: str = ""
    municipality_code: str = ""
    status: AssociationStatus | None = None

    def conditions(self, today: date) -> list[ColumnElement[bool]]:
        """The filter as conditions on `Association`."""
        found: list[ColumnElement[bool]] = []
        if self.text:
            found.append(contains(Association.name, self.text))
        if self.municipality_code:
            found.append(serves_municipality(self.municipality_code, on=today))
        if self.status is not None:
            found.append(Association.status == self.status)
        return found


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One association as the public sees it in the list; counts are of today."""

    id: int
    name: str
    status: AssociationStatus
    municipalities: tuple[str, ...]
    villages: int
    open_commitments: int
    late_commitments: int
    is_demonstration: bool


def count_register(session: Session, wanted: RegisterFilter, *, today: date) -> int:
    """How many associations the filter finds."""
    query = select(func.count(Association.id)).where(*wanted.conditions(today))
    return session.scalars(query).one()


def register(
    session: Session,
    wanted: RegisterFilter,
    *,
    today: date,
    sorting: Sorting = BY_NAME,
    paging: Paging,
) -> list[RegisterRow]:
    """A page of the associations found, as ordered."""
    query = _found(wanted, today, sorting).offset(paging.offset).limit(paging.size)
    return _rows(session, session.execute(query).all(), on=today)


def all_registered(
    session: Session, wanted: RegisterFilter, *, today: date, sorting: Sorting = BY_NAME
) -> Iterator[RegisterRow]:
    """The same, every one, as they are read."""
    return in_portions(
        session,
        lambda own, rows: _rows(own, rows, on=today),
        _found(wanted, today, sorting),
    )


def _found(wanted: RegisterFilter, today: date, sorting: Sorting) -> Select[*tuple[object, ...]]:
    villages = _villages(today)
    commitments = _commitments(is_open())
    by_name = swedish_order(Association.name)
    orders: dict[str, ColumnElement[str] | ColumnElement[int]] = {
        "name": by_name,
        "status": _life_order(),
        "villages": villages,
        "commitments": commitments,
    }
    order = orders[sorting.key]
    return (
        select(
            Association.id,
            Association.name,
            Association.status,
            Association.is_demonstration,
            villages.label("villages"),
            commitments.label("open_commitments"),
            _commitments(is_late(today)).label("late_commitments"),
        )
        .where(*wanted.conditions(today))
        .order_by(order.desc() if sorting.is_descending else order, by_name, Association.id)
    )


def _rows(
    session: Session, found: Sequence[Row[*tuple[object, ...]]], *, on: date
) -> list[RegisterRow]:
    municipalities = _municipalities(session, [row.id for row in found], on=on)
    return [
        RegisterRow(
            id=row.id,
            name=row.name,
            status=row.status,
            municipalities=municipalities.get(row.id, ()),
            villages=row.villages,
            open_commitments=row.open_commitments,
            late_commitments=row.late_commitments,
            is_demonstration=row.is_demonstration,
        )
        for row in found
    ]


def municipality_choices(session: Session, *, today: date) -> list[MunicipalityChoice]:
    """The municipalities in which an association serves a village, by name."""
    query = (
        select(Municipality.code, MUNICIPALITY_NAME)
        .where(
            Municipality.code.in_(
                select(Village.municipality_code)
                .join(ServedVillage, ServedVillage.village_id == Village.id)
                .where(served_on(today))
            )
        )
        .order_by(swedish_order(Municipality.name), Municipality.code)
    )
    return [MunicipalityChoice(row.code, row.name) for row in session.execute(query)]


def _life_order() -> ColumnElement[int]:
    """Statuses in the order of an association's life, which is how the enum lists them."""
    places = {status: place for place, status in enumerate(AssociationStatus)}
    return case(places, value=Association.status)


def _villages(today: date) -> ScalarSelect[int]:
    return (
        select(func.count(ServedVillage.village_id.distinct()))
        .where(ServedVillage.association_id == Association.id, served_on(today))
        .correlate(Association)
        .scalar_subquery()
    )


def _commitments(condition: ColumnElement[bool]) -> ScalarSelect[int]:
    return (
        select(func.count(Commitment.id))
        .where(Commitment.association_id == Association.id, condition)
        .correlate(Association)
        .scalar_subquery()
    )


def _municipalities(
    session: Session, association_ids: Collection[int], *, on: date
) -> dict[int, tuple[str, ...]]:
    query = (
        select(ServedVillage.association_id, MUNICIPALITY_NAME)
        .join(Village, Village.id == ServedVillage.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(ServedVillage.association_id.in_(association_ids), served_on(on))
        .group_by(ServedVillage.association_id, Municipality.code, Municipality.name)
        .order_by(swedish_order(Municipality.name), Municipality.code)
    )
    names: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(query):
        names[row.association_id].append(row.name)
    return {key: tuple(found) for key, found in names.items()}
