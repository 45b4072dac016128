"""How features above associations hear of changes that they follow up on, before the commit.

    listeners.on_served_changed(blueprint, rebuild_status)
    listeners.on_contact_left(blueprint, end_links)

A listener runs as `listener(session, change)` in the transaction of the change: if it fails,
nothing is stored.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from flask import Blueprint, Flask
from sqlalchemy.orm import Session

_KEY = "outreach_association_listeners"


@dataclass(frozen=True, slots=True)
class ServedChanged:
    """The villages that others serve than before, or during other days, and when it was noted."""

    village_ids: tuple[int, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """One village that passes from one association to another from a day."""

    id: int
    village_id: int
    from_association_id: int
    to_association_id: int
    takes_effect: date


@dataclass(frozen=True, slots=True)
class VillagesHanded:
    """Villages pass on to other associations; told before the villages are told as changed."""

    villages: tuple[Handed, ...]
    user_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class VillagesGivenBack:
    """A succession is to be undone; a listener that knows why it can't be raises RuleBroken."""

    villages: tuple[Handed, ...]
    user_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ContactLeft:
    """Somebody no longer acts for an association: a contact ended, or a reporter's role passed on.

    What they were given for it by name, such as a link to report by, must end. The e-mail address
    tells whose it was; it is None for a contact without one.
    """

    association_id: int
    contact_id: int | None
    user_id: int | None
    email: str | None
    at: datetime


C = TypeVar("C", ServedChanged, VillagesHanded, VillagesGivenBack, ContactLeft)


def on_served_changed(
    blueprint: Blueprint, listener: Callable[[Session, ServedChanged], None]
) -> None:
    """Call `listener` after every change, in the applications that get this blueprint."""
    _add(blueprint, ServedChanged, listener)


def on_villages_handed(
    blueprint: Blueprint, listener: Callable[[Session, VillagesHanded], None]
) -> None:
    """Call `listener` when villages pass from one association to another."""
    _add(blueprint, VillagesHanded, listener)


def on_villages_given_back(
    blueprint: Blueprint, listener: Callable[[Session, VillagesGivenBack], None]
) -> None:
    """Call `listener` when that is undone."""
    _add(blueprint, VillagesGivenBack, listener)


def on_contact_left(blueprint: Blueprint, listener: Callable[[Session, ContactLeft], None]) -> None:
    """Call `listener` when somebody no longer acts for an association."""
    _add(blueprint, ContactLeft, listener)


def tell(app: Flask, session: Session, *, change: C) -> None:
    """Let every listener follow up on the change in the open transaction."""
    for kind, listener in _listeners(app.extensions):
        if kind is type(change):
            listener(session, change)


def _add(blueprint: Blueprint, kind: type[C], listener: Callable[[Session, C], None]) -> None:
    blueprint.record(lambda state: _listeners(state.app.extensions).append((kind, listener)))


def _listeners(
    extensions: dict[str, list[tuple[type, Callable[..., None]]]],
) -> list[tuple[type, Callable[..., None]]]:
    return extensions.setdefault(_KEY, [])
