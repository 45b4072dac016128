"""Make personal links, note that they are used, and end them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from outreach.associations.models import AssociationContact
from outreach.connections.link_models import LinkKey, ReportLink
from outreach.connections.link_rules import LinkEnd, expiry
from outreach.database.audit import record
from outreach.tokens import hashed, new_secret


class LinkEnded(Exception):
    """The link was ended after the form had been opened."""


@dataclass(frozen=True, slots=True)
class LinkFor:
    """The contact, report and round that a link is for."""

    round_id: int
    due_date: date
    association_id: int
    contact_id: int
    contact_name: str


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes or ends a link, and when; without a user the program itself."""

    user_id: int | None
    at: datetime


def give_key(session: Session, wanted: LinkFor, *, by: Maker) -> str:
    """A fresh secret that opens the contact's link, which is made if none stands.

    Keys given before go on working. The secret is returned and kept nowhere.
    """
    link_id = _standing(session, wanted)
    if link_id is None:
        link_id = _make(session, wanted, by=by)
    secret = new_secret()
    session.add(
        LinkKey(
            link_id=link_id,
            key_hash=hashed(secret),
            created_at=by.at,
            created_by_id=by.user_id,
            expires_at=expiry(wanted.due_date, now=by.at),
        )
    )
    session.flush()
    return secret


def renew(session: Session, wanted: LinkFor, *, by: Maker) -> str:
    """A link in the place of the one that stands, whose keys all stop working at once."""
    end_links(
        session,
        [ReportLink.round_id == wanted.round_id, ReportLink.contact_id == wanted.contact_id],
        cause=LinkEnd.RENEWED,
        by=by,
    )
    return give_key(session, wanted, by=by)


def use_link(session: Session, link_id: int, *, at: datetime) -> None:
    """Note that something was written by the link, which cannot end before the transaction does.

    Raises LinkEnded.
    """
    used = session.execute(
        update(ReportLink)
        .where(ReportLink.id == link_id, ReportLink.ended_at.is_(None))
        .values(last_used_at=at)
        .returning(ReportLink.id),
        execution_options={"synchronize_session": False},
    ).first()
    if used is None:
        raise LinkEnded(link_id)


def end_links(
    session: Session, where: Sequence[ColumnElement[bool]], *, cause: LinkEnd, by: Maker
) -> int:
    """End the standing links that meet the conditions; how many."""
    ended = session.execute(
        update(ReportLink)
        .where(*where, ReportLink.ended_at.is_(None))
        .values(ended_at=by.at, end_cause=cause)
        .returning(ReportLink.id, ReportLink.association_id),
        execution_options={"synchronize_session": False},
    ).all()
    for row in ended:
        record(
            session,
            "link_ended",
            of=("report_link", row.id),
            user_id=by.user_id,
            at=by.at,
            after={"cause": cause.value, "association": row.association_id},
        )
    return len(ended)


def end_of_contact(
    session: Session, association_id: int, *, of: tuple[int | None, str | None], by: Maker
) -> int:
    """End the links of a contact who has left or become somebody else; how many.

    `of` is the contact's id, or without one the e-mail address that tells who it was.
    """
    contact_id, email = of
    if contact_id is None:
        whose: ColumnElement[bool] = ReportLink.contact_id.in_(
            select(AssociationContact.id).where(
                AssociationContact.association_id == association_id,
                AssociationContact.email == email,
            )
        )
    else:
        whose = ReportLink.contact_id == contact_id
    return end_links(
        session,
        [ReportLink.association_id == association_id, whose],
        cause=LinkEnd.CONTACT_CHANGED,
        by=by,
    )


def _standing(session: Session, wanted: LinkFor) -> int | None:
    return session.scalar(
        select(ReportLink.id).where(
            ReportLink.round_id == wanted.round_id,
            ReportLink.contact_id == wanted.contact_id,
            ReportLink.ended_at.is_(None),
        )
    )


def _make(session: Session, wanted: LinkFor, *, by: Maker) -> int:
    made = ReportLink(
        round_id=wanted.round_id,
        association_id=wanted.association_id,
        contact_id=wanted.contact_id,
        contact_name=wanted.contact_name,
        created_at=by.at,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        # Made by somebody else at the same moment: theirs serves.
        standing = _standing(session, wanted)
        if standing is None:
            raise
        return standing
    record(
        session,
        "link_made",
        of=("report_link", made.id),
        user_id=by.user_id,
        at=by.at,
        after={
            "association": wanted.association_id,
            "contact": wanted.contact_id,
            "round": wanted.round_id,
        },
    )
    return made.id
