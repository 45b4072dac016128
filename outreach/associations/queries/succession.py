"""One succession and the villages it hands over, for those who make, undo or follow it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.listeners import Handed
from outreach.associations.models import Association, HandedVillage, ServedVillage, Succession
from outreach.associations.queries.conditions import staffed_by


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Whether a service was handed on, and from when it goes on from another's."""

    is_handed_on: bool
    taken_over_on: date | None


def handed_by(session: Session, succession_id: int) -> tuple[Handed, ...]:
    """The villages that a succession hands over, for those who follow up on it."""
    giver, taker = ServedVillage.__table__.alias("giver"), ServedVillage.__table__.alias("taker")
    query = (
        select(
            HandedVillage.id,
            giver.c.village_id,
            giver.c.association_id,
            taker.c.association_id.label("to_association_id"),
            Succession.takes_effect,
        )
        .join(Succession, Succession.id == HandedVillage.succession_id)
        .join(giver, giver.c.id == HandedVillage.from_served_id)
        .join(taker, taker.c.id == HandedVillage.to_served_id)
        .where(HandedVillage.succession_id == succession_id)
        .order_by(HandedVillage.id)
    )
    return tuple(Handed(*row) for row in session.execute(query))


def passed_on(session: Session, served_id: int) -> PassedOn:
    """What successions rest on one service of a village."""
    out = select(HandedVillage.id).where(HandedVillage.from_served_id == served_id)
    into = (
        select(func.min(Succession.takes_effect))
        .join(HandedVillage, HandedVillage.succession_id == Succession.id)
        .where(HandedVillage.to_served_id == served_id)
    )
    return PassedOn(session.scalar(out) is not None, session.scalar(into))


def reachable_succession(
    session: Session, association_id: int, *, succession_id: int, reach: Reach
) -> Succession | None:
    """A succession from an association that staff handle, read again; None outside their reach."""
    query = (
        select(Succession)
        .join(Association, Association.id == Succession.association_id)
        .where(
            Succession.id == succession_id,
            Succession.association_id == association_id,
            staffed_by(reach),
        )
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()
