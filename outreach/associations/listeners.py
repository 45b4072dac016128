"""How features above associations hear which villages are served by whom, before the commit.

    listeners.on_served_changed(blueprint, rebuild_status)

`rebuild_status(session, change)` runs in the transaction of the change: if it fails, nothing is
stored.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from flask import Blueprint, Flask
from sqlalchemy.orm import Session

_KEY = "outreach_association_listeners"


@dataclass(frozen=True, slots=True)
class ServedChanged:
    """The villages that others serve than before, or during other days, and when it was noted."""

    village_ids: tuple[int, ...]
    at: datetime


Listener: TypeAlias = Callable[[Session, ServedChanged], None]


def on_served_changed(blueprint: Blueprint, listener: Listener) -> None:
    """Call `listener` after every change, in the applications that get this blueprint."""
    blueprint.record(lambda state: _listeners(state.app.extensions).append(listener))


def tell(app: Flask, session: Session, *, change: ServedChanged) -> None:
    """Let every listener follow up on the change in the open transaction."""
    for listener in _listeners(app.extensions):
        listener(session, change)


def _listeners(extensions: dict[str, list[Listener]]) -> list[Listener]:
    return extensions.setdefault(_KEY, [])
