"""One association in one round, for staff: its villages, exceptions, and whether it declined."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.accounts.rules import Reach
from outreach.associations.models import Association, ServedVillage
from outreach.associations.queries.conditions import served_on, staffed_by
from outreach.connections.models import ExpectedPair, LockException, RoundRefusal
from outreach.connections.queries.progress import pair_progress
from outreach.connections.queries.rounds import RoundHead
from outreach.database.ordering import swedish_order
from outreach.places.models import County, Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME


@dataclass(frozen=True, slots=True)
class AssociationHead:
    """The association, found within the reach of staff."""

    id: int
    name: str
    county_code: str
    county_name: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """A village that the association is expected to report; `reason` where somebody added it."""

    village_id: int
    code: str
    village: str
    municipality: str
    reason: str | None
    is_received: bool
    is_on_time: bool
    is_approved: bool


@dataclass(frozen=True, slots=True)
class VillageChoice:
    """A village that may be expected as well."""

    id: int
    village: str
    municipality: str


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """A lock exception: who gave it, why, and until when; `ended_at` where it was ended before."""

    reason: str
    granted_by: str | None
    granted_at: datetime
    until: datetime
    ended_at: datetime | None

    def is_in_force(self, at: datetime) -> bool:
        """Whether the association may report now because of it."""
        return self.ended_at is None and at < self.until


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The association was asked and will not answer."""

    reason: str
    noted_by: str | None
    noted_at: datetime


def staffed_association(
    session: Session, association_id: int, *, reach: Reach
) -> AssociationHead | None:
    """The association, or None outside the counties that the person handles."""
    row = session.execute(
        select(Association.id, Association.name, Association.county_code, County.name)
        .join(County, County.code == Association.county_code)
        .where(Association.id == association_id, staffed_by(reach))
    ).one_or_none()
    return None if row is None else AssociationHead(*row)


def pairs_of(
    session: Session, round_id: int, association_id: int, *, reach: Reach
) -> list[PairRow]:
    """The villages expected of the association, by name."""
    pairs = pair_progress(session, round_id, reach=reach)
    rows = session.execute(
        select(
            Village.id,
            Village.code,
            Village.name,
            MUNICIPALITY_NAME,
            ExpectedPair.reason,
            pairs.c.received,
            pairs.c.on_time,
            pairs.c.approved,
        )
        .select_from(pairs)
        .join(Village, Village.id == pairs.c.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .join(
            ExpectedPair,
            (ExpectedPair.association_id == pairs.c.association_id)
            & (ExpectedPair.village_id == pairs.c.village_id)
            & (ExpectedPair.round_id == round_id),
        )
        .where(pairs.c.association_id == association_id)
        .order_by(swedish_order(Village.name), Village.code)
    )
    return [PairRow(*row[:5], *(flag > 0 for flag in row[5:])) for row in rows]


def served_not_expected(
    session: Session, head: RoundHead, association_id: int
) -> list[VillageChoice]:
    """Villages that the association serves on the round's date and is not expected to report."""
    expected = select(ExpectedPair.village_id).where(
        ExpectedPair.round_id == head.id, ExpectedPair.association_id == association_id
    )
    rows = session.execute(
        select(Village.id, Village.name, MUNICIPALITY_NAME)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(
            Village.id.in_(_served(association_id, on=head.reference_date)),
            Village.id.not_in(expected),
        )
        .order_by(swedish_order(Village.name), Village.code)
    )
    return [VillageChoice(*row) for row in rows]


def exceptions_of(session: Session, round_id: int, association_id: int) -> list[ExceptionRow]:
    """The association's lock exceptions in the round, the newest first."""
    rows = session.execute(
        select(
            LockException.reason,
            User.name,
            LockException.granted_at,
            LockException.until,
            LockException.ended_at,
        )
        .outerjoin(User, User.id == LockException.granted_by_id)
        .where(LockException.round_id == round_id, LockException.association_id == association_id)
        .order_by(LockException.granted_at.desc(), LockException.id.desc())
    )
    return [ExceptionRow(*row) for row in rows]


def no_answer_of(session: Session, round_id: int, association_id: int) -> NoAnswer | None:
    """The note that stands, or None."""
    row = session.execute(
        select(RoundRefusal.reason, User.name, RoundRefusal.noted_at)
        .outerjoin(User, User.id == RoundRefusal.noted_by_id)
        .where(
            RoundRefusal.round_id == round_id,
            RoundRefusal.association_id == association_id,
            RoundRefusal.withdrawn_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else NoAnswer(*row)


def late_until(session: Session, round_id: int, *, at: datetime) -> dict[int, datetime]:
    """The associations that may report in the closed round now, each with until when."""
    rows = session.execute(
        select(LockException.association_id, LockException.until).where(
            LockException.round_id == round_id,
            LockException.ended_at.is_(None),
            LockException.until > at,
        )
    )
    return dict(rows.all())


def _served(association_id: int, *, on: date) -> Select[int]:
    return select(ServedVillage.village_id).where(
        ServedVillage.association_id == association_id, served_on(on)
    )
