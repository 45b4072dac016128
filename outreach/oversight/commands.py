"""Erase a person, account and contacts alike, and put on record that it was done."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from outreach.accounts.erasing import erase_account
from outreach.associations.commands.erasing import (
    ERASED_NAME,
    contacts_with_address,
    erase_contact,
)
from outreach.connections.commands.links import Maker, end_of_contact
from outreach.connections.link_models import ReportLink
from outreach.connections.models import ReportDraft
from outreach.database import data_version
from outreach.database.audit import record
from outreach.mail.commands import erase_address


@dataclass(frozen=True, slots=True)
class Eraser:
    """The administrator who erases, and when."""

    user_id: int
    at: datetime
    today: date


def erase_user(session: Session, user_id: int, *, by: Eraser) -> bool:
    """Take the person out of an account and out of the contacts with the same address.

    Reports, decisions and the record of changes stay, under "erased person". False where there is
    no such user. Raises RuleBroken for oneself and for administrators.
    """
    address = erase_account(session, user_id, by_id=by.user_id, at=by.at)
    if address is None:
        return False
    session.execute(delete(ReportDraft).where(ReportDraft.user_id == user_id))
    _note(session, ("user", user_id), by=by)
    for contact_id in contacts_with_address(session, address):
        _erase_contact(session, contact_id, by=by)
    data_version.bump(session, at=by.at)
    return True


def erase_contact_person(
    session: Session, contact_id: int, *, address: str | None, by: Eraser
) -> bool:
    """Take the person out of a contact, and out of all others with the same address.

    An account is erased by itself, so that nobody is shut out unawares. False where there is no
    such contact.
    """
    others = contacts_with_address(session, address) if address else []
    if not _erase_contact(session, contact_id, by=by):
        return False
    for other in others:
        if other != contact_id:
            _erase_contact(session, other, by=by)
    if address:
        erase_address(session, address)
    return True


def _erase_contact(session: Session, contact_id: int, *, by: Eraser) -> bool:
    """The contact, and the links that it was given to report by."""
    association_id = erase_contact(session, contact_id, today=by.today)
    if association_id is None:
        return False
    maker = Maker(by.user_id, by.at)
    end_of_contact(session, association_id, of=(contact_id, None), by=maker)
    session.execute(
        update(ReportLink)
        .where(ReportLink.contact_id == contact_id)
        .values(contact_name=ERASED_NAME)
    )
    _note(session, ("association_contact", contact_id), by=by)
    return True


def _note(session: Session, of: tuple[str, int], *, by: Eraser) -> None:
    record(session, "person_erased", of=of, user_id=by.user_id, at=by.at)
    session.flush()
