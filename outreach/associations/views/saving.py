"""Saving what a form says: stored, refused with reasons, or overtaken by somebody else."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from outreach.associations.forms.base import EntryForm
from outreach.associations.queries.history import last_change
from outreach.database import transaction
from outreach.database.versions import StaleEdit
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.web.conflicts import Conflict, differences


class Stored(Protocol):
    """A mapped object with an id."""

    id: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a form: the stored row's id, or the status of the page that says why not."""

    status: HTTPStatus
    key: int | None = None


def save(form: EntryForm, act: Callable[[Session], Stored | None]) -> Outcome:
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
