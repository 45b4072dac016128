"""Saving what a form says: stored, refused with reasons, or overtaken by somebody else."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic, TypeVar

from flask import current_app
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from outreach.associations import listeners
from outreach.associations.forms.base import EntryForm
from outreach.associations.models import (
    Association,
    AssociationContact,
    Commitment,
    ServedVillage,
    Succession,
)
from outreach.associations.queries.history import last_change
from outreach.associations.queries.one import ContactRow
from outreach.associations.views.asking import author, today
from outreach.database import transaction
from outreach.database.versions import StaleEdit
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.web.conflicts import Conflict, differences

M = TypeVar("M", Association, AssociationContact, Commitment, ServedVillage, Succession)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[M]):
    """What became of a form: the stored row's id, or the status of the page that says why not."""

    status: HTTPStatus
    key: int | None = None


def save(form: EntryForm, act: Callable[[Session], M | None]) -> Outcome[M]:
    """Run a command in its transaction; its refusals are noted in the form.

    Raises NotFound where the command reaches nothing.
    """
    session = db.session()
    try:
        with transaction(session):
            saved = act(session)
            if saved is None:
                raise NotFound
            key = saved.id
    except RuleBroken as rule:
        form.refuse(rule)
        return Outcome(HTTPStatus.UNPROCESSABLE_ENTITY)
    except StaleEdit:
        return Outcome(HTTPStatus.CONFLICT)
    return Outcome(HTTPStatus.SEE_OTHER, key)


def tell_served(session: Session, served: ServedVillage | None) -> ServedVillage | None:
    """Let other features follow up, in the same transaction, on who serves the village."""
    if served is not None:
        change = listeners.ServedChanged((served.village_id,), at=author().at)
        listeners.tell(current_app, session, change=change)
    return served


def tell_contact(
    session: Session, contact: AssociationContact | None, *, before: ContactRow
) -> AssociationContact | None:
    """Let other features follow up, in the same transaction, on a contact who left or changed.

    Another name or e-mail address may be another person; a new phone number or duty is not.
    """
    if contact is None:
        return None
    has_left = contact.valid_to is not None and contact.valid_to <= today()
    if has_left or (contact.name, contact.email) != (before.name, before.email):
        change = listeners.ContactLeft(
            before.association_id, before.id, user_id=None, email=before.email, at=author().at
        )
        listeners.tell(current_app, session, change=change)
    return contact


def conflict_between(
    mine: EntryForm, theirs: EntryForm, *, of: tuple[str, int], version: int
) -> Conflict:
    """Both versions of what two people edited; `theirs` is filled with what is stored now."""
    object_type, object_id = of
    change = last_change(db.session(), object_type, object_id=object_id)
    return Conflict(
        version=version,
        differences=differences(mine.shown(), theirs.shown(), mine.labels()),
        theirs_by=change.by if change else None,
        theirs_at=change.at if change else None,
    )
