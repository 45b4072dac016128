"""Saving what a form says: stored, refused with reasons, or overtaken by somebody else."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from outreach.associations.forms.base import EntryForm
from outreach.associations.queries.history import last_change
from outreach.database import transaction
from outreach.database.versions import StaleEdit
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.web.asking import sent_version
from outreach.web.conflicts import Conflict, differences

E = TypeVar("E")


class Stored(Protocol):
    """A mapped object with an id."""

    id: int


class Versioned(Protocol):
    """A row as it is stored now."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def version(self) -> int:
        """How often it was stored."""


V = TypeVar("V", bound=Versioned)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a form: the stored row's id, or the status of the page that says why not."""

    status: HTTPStatus
    key: int | None = None


def save_entry(
    form: EntryForm, entry: E | None, act: Callable[[Session, E], Stored | None]
) -> Outcome:
    """Save what was read from the form; None was refused when it was read. See `save`."""
    if entry is None:
        return Outcome(HTTPStatus.UNPROCESSABLE_ENTITY)
    return save(form, lambda session: act(session, entry))


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


@dataclass(frozen=True, slots=True)
class Basis:
    """What a form's page rests on: the version to send along, and what somebody else changed."""

    version: int | None
    conflict: Conflict | None


def basis(
    form: EntryForm,
    row: V | None,
    status: int,
    *,
    of: str,
    theirs: Callable[[V], EntryForm],
) -> Basis:
    """What a page with this status rests on; `theirs` fills a form with what is stored now.

    A form that was refused keeps the version it was opened on: it may be stale as well. Of a new
    object there is none.
    """
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        return Basis(sent_version(), None)
    if row is None:
        return Basis(None, None)
    is_overtaken = status == HTTPStatus.CONFLICT
    return Basis(row.version, _conflict(form, theirs(row), row, of=of) if is_overtaken else None)


def _conflict(mine: EntryForm, theirs: EntryForm, row: Versioned, *, of: str) -> Conflict:
    change = last_change(db.session(), of, object_id=row.id)
    return Conflict(
        version=row.version,
        differences=differences(mine.shown(), theirs.shown(), mine.labels()),
        theirs_by=change.by if change else None,
        theirs_at=change.at if change else None,
    )
