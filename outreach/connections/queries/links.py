"""Whom a personal link lets in, and the links of an association's contacts in a round."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from outreach.associations.models import AssociationContact
from outreach.connections.link_models import LinkKey, ReportLink
from outreach.connections.models import ExpectedPair, LockException, ReportingRound
from outreach.connections.rules import RoundState
from outreach.tokens import hashed


@dataclass(frozen=True, slots=True)
class Holder:
    """The contact behind a link, and the one report that it opens."""

    link_id: int
    key_id: int
    contact_name: str
    association_id: int
    reference_date: date


@dataclass(frozen=True, slots=True)
class ContactLink:
    """A present contact of an association, with the link that stands for them in the round.

    `expires_at` is that of the key which lasts longest; None where no link stands.
    """

    association_id: int
    contact_id: int
    name: str
    email: str | None
    link_id: int | None
    made_at: datetime | None
    expires_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class LinkRound:
    """The round that links are kept for."""

    id: int
    reference_date: date
    due_date: date
    state: RoundState

    @property
    def is_open(self) -> bool:
        """Whether everybody may report."""
        return self.state is RoundState.OPEN


def link_round(session: Session, round_id: int) -> LinkRound | None:
    """A round by its id."""
    return _link_round(session, ReportingRound.id == round_id)


def link_round_of(session: Session, reference_date: date) -> LinkRound | None:
    """A round by its reference date."""
    return _link_round(session, ReportingRound.reference_date == reference_date)


def is_expected(session: Session, round_id: int, association_id: int) -> bool:
    """Whether the association is expected to report anything in the round."""
    pair = select(ExpectedPair.id).where(
        ExpectedPair.round_id == round_id, ExpectedPair.association_id == association_id
    )
    return bool(session.scalar(select(pair.exists())))


def holder_of_secret(session: Session, secret: str, *, at: datetime, today: date) -> Holder | None:
    """Whom the secret lets in now; None for any that was guessed, or no longer opens anything.

    Ended, expired, with a contact who has left, for a round that takes no report: whatever the
    reason, it is found out by the same single statement.
    """
    return _holder(session, LinkKey.key_hash == hashed(secret), at=at, today=today)


def holder_of_key(session: Session, key_id: int, *, at: datetime, today: date) -> Holder | None:
    """Whom a key that was shown before still lets in."""
    return _holder(session, LinkKey.id == key_id, at=at, today=today)


def contact_links(
    session: Session, round_id: int, association_ids: Collection[int], *, on: date
) -> dict[int, list[ContactLink]]:
    """The contacts of the day by association, each with their link; one statement."""
    last_key = (
        select(func.max(LinkKey.expires_at))
        .where(LinkKey.link_id == ReportLink.id)
        .correlate(ReportLink)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            AssociationContact.association_id,
            AssociationContact.id,
            AssociationContact.name,
            AssociationContact.email,
            ReportLink.id.label("link_id"),
            ReportLink.created_at,
            last_key.label("expires_at"),
            ReportLink.last_used_at,
        )
        .outerjoin(
            ReportLink,
            and_(
                ReportLink.contact_id == AssociationContact.id,
                ReportLink.round_id == round_id,
                ReportLink.ended_at.is_(None),
            ),
        )
        .where(AssociationContact.association_id.in_(association_ids), in_force(on))
        .order_by(AssociationContact.association_id, AssociationContact.id)
    )
    found: defaultdict[int, list[ContactLink]] = defaultdict(list)
    for row in rows:
        found[row.association_id].append(ContactLink(*row))
    return found


def _link_round(session: Session, which: ColumnElement[bool]) -> LinkRound | None:
    row = session.execute(
        select(
            ReportingRound.id,
            ReportingRound.reference_date,
            ReportingRound.due_date,
            ReportingRound.state,
        ).where(which)
    ).one_or_none()
    return LinkRound(*row) if row else None


def in_force(on: date) -> ColumnElement[bool]:
    """The condition that a contact is one on this day."""
    return and_(
        AssociationContact.valid_from <= on,
        or_(AssociationContact.valid_to.is_(None), AssociationContact.valid_to > on),
    )


def _is_excepted(at: datetime) -> ColumnElement[bool]:
    """Staff have let the association report although the round is closed."""
    return and_(
        ReportingRound.state != RoundState.PLANNED,
        select(LockException.id)
        .where(
            LockException.round_id == ReportLink.round_id,
            LockException.association_id == ReportLink.association_id,
            LockException.ended_at.is_(None),
            LockException.until > at,
        )
        .exists(),
    )


def _holder(
    session: Session, which: ColumnElement[bool], *, at: datetime, today: date
) -> Holder | None:
    query: Select[int, int, str, int, date] = (
        select(
            ReportLink.id,
            LinkKey.id,
            ReportLink.contact_name,
            ReportLink.association_id,
            ReportingRound.reference_date,
        )
        .join(LinkKey, LinkKey.link_id == ReportLink.id)
        .join(ReportingRound, ReportingRound.id == ReportLink.round_id)
        .join(AssociationContact, AssociationContact.id == ReportLink.contact_id)
        .where(
            which,
            ReportLink.ended_at.is_(None),
            LinkKey.expires_at > at,
            AssociationContact.association_id == ReportLink.association_id,
            in_force(today),
            or_(ReportingRound.state == RoundState.OPEN, _is_excepted(at)),
        )
    )
    row = session.execute(query).one_or_none()
    return Holder(*row) if row else None
