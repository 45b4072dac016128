"""Which villages a person may report in a round, and for which associations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association, ServedVillage
from outreach.associations.queries.conditions import served_on, within
from outreach.connections.models import ExpectedPair, ReportingRound
from outreach.connections.rules import RoundState
from outreach.database.ordering import swedish_order
from outreach.places.models import Municipality, Village


@dataclass(frozen=True, slots=True)
class ReportedPlace:
    """A village of an association, by everything that a sheet may call them."""

    association_id: int
    association: str
    organisation_number: str | None
    village_id: int
    code: str
    village: str
    municipality_code: str
    municipality: str


def reported_places(
    session: Session, round_id: int, *, reach: Reach, association_id: int | None
) -> list[ReportedPlace]:
    """The pairs of association and village that the person may report, each once.

    Served on the round's date, or expected in it, as on the form. With `association_id` only that
    association's.
    """
    return sorted(
        set(_pairs(session, round_id, reach=reach, association_id=association_id)),
        key=lambda place: (place.association_id, place.village_id),
    )


def _pairs(
    session: Session, round_id: int, *, reach: Reach, association_id: int | None
) -> Iterator[ReportedPlace]:
    reference_date = session.scalars(
        select(ReportingRound.reference_date).where(ReportingRound.id == round_id)
    ).one()
    columns = select(
        Association.id,
        Association.name,
        Association.organisation_number,
        Village.id,
        Village.code,
        Village.name,
        Village.municipality_code,
        Municipality.name,
    ).where(within(reach))
    if association_id is not None:
        columns = columns.where(Association.id == association_id)
    served = (
        columns.join(ServedVillage, ServedVillage.association_id == Association.id)
        .join(Village, Village.id == ServedVillage.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(served_on(reference_date))
    )
    expected = (
        columns.join(ExpectedPair, ExpectedPair.association_id == Association.id)
        .join(Village, Village.id == ExpectedPair.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(ExpectedPair.round_id == round_id)
    )
    for query in (served, expected):
        for row in session.execute(query):
            yield ReportedPlace(*row)


def associations_to_report(
    session: Session, *, reach: Reach, most: int | None = None, only: int | None = None
) -> list[int]:
    """The associations that the person reports for, by name; at most so many, or one of them."""
    query = select(Association.id).where(within(reach))
    if only is not None:
        query = query.where(Association.id == only)
    return list(
        session.scalars(query.order_by(swedish_order(Association.name), Association.id).limit(most))
    )


@dataclass(frozen=True, slots=True)
class RoundChoice:
    """A round that a file may be about."""

    id: int
    reference_date: date


def rounds_to_import(session: Session) -> list[RoundChoice]:
    """The rounds that have been opened, the newest first."""
    rows = session.execute(
        select(ReportingRound.id, ReportingRound.reference_date)
        .where(ReportingRound.state.in_([RoundState.OPEN, RoundState.CLOSED]))
        .order_by(ReportingRound.reference_date.desc())
    )
    return [RoundChoice(*row) for row in rows]
