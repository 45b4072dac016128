"""How features above places hear that places changed, within the transaction that changed them.

    listeners.on_places_changed(blueprint, rebuild_status)

`rebuild_status(session, change)` runs before the commit: if it fails, nothing is stored.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from flask import Blueprint, Flask
from sqlalchemy.orm import Session

_KEY = "outreach_place_listeners"


@dataclass(frozen=True, slots=True)
class PlacesChanged:
    """The villages, by id in ascending order, whose register facts are new or altered, and when."""

    village_ids: tuple[int, ...]
    at: datetime


Listener: TypeAlias = Callable[[Session, PlacesChanged], None]


def on_places_changed(blueprint: Blueprint, listener: Listener) -> None:
    """Call `listener` after every change, in the applications that get this blueprint."""
    blueprint.record(lambda state: _listeners(state.app.extensions).append(listener))


def tell(app: Flask, session: Session, *, change: PlacesChanged) -> None:
    """Let every listener follow up on the change in the open transaction."""
    for listener in _listeners(app.extensions):
        listener(session, change)


def _listeners(extensions: dict[str, list[Listener]]) -> list[Listener]:
    return extensions.setdefault(_KEY, [])
