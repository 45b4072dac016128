"""Who is told about a report by e-mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.associations.models import Association, AssociationContact


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address with the name and the language to write in.

    `contact_id` is that of a contact, who reports by personal link; None for whoever signs in.
    """

    email: str
    name: str
    locale: str
    contact_id: int | None = None


class Submitted(Protocol):
    """What must be known of the version."""

    @property
    def submitted_by_id(self) -> int | None:
        """The user who submitted it, if that is known."""
        ...

    @property
    def association_id(self) -> int:
        """Whose it is."""
        ...


class HasAddress(Protocol):
    """Whoever may have an e-mail address."""

    @property
    def email(self) -> str | None:
        """The address."""
        ...


Addressed = TypeVar("Addressed", bound=HasAddress)


def recipients_of(session: Session, version: Submitted, *, on: date) -> list[Recipient]:
    """The person who submitted the version; where that account is gone, the contacts of the day.

    The same contacts where it came by one of their links. They are written to in the
    association's language, as they have no account to choose one in.
    """
    submitter = session.execute(
        select(User.email, User.name, User.locale).where(
            User.id == version.submitted_by_id, User.active
        )
    ).one_or_none()
    if submitter is not None:
        return [Recipient(submitter.email, submitter.name, submitter.locale)]
    contacts = session.execute(
        select(
            AssociationContact.email,
            AssociationContact.name,
            Association.locale,
            AssociationContact.id,
        )
        .join(Association, Association.id == AssociationContact.association_id)
        .where(
            AssociationContact.association_id == version.association_id,
            AssociationContact.email.is_not(None),
            AssociationContact.valid_from <= on,
            or_(AssociationContact.valid_to.is_(None), AssociationContact.valid_to > on),
        )
        .order_by(AssociationContact.id)
    )
    return one_of_each_address(
        Recipient(contact.email, contact.name, contact.locale, contact.id) for contact in contacts
    )


def one_of_each_address(people: Iterable[Addressed]) -> list[Addressed]:
    """The first of those who share a mailbox, however they spell it; nobody without one.

    A mailbox of the board's gets one letter about a report, not one for each who reads it.
    """
    found: dict[str, Addressed] = {}
    for one in people:
        if one.email:
            found.setdefault(one.email.lower(), one)
    return list(found.values())
