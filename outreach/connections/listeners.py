"""How features above hear that a round was frozen, before the commit.

    listeners.on_round_frozen(blueprint, store_record)

`store_record(session, change)` runs in the transaction that freezes: if it fails, nothing is
stored, and the round stays closed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from flask import Blueprint, Flask
from sqlalchemy.orm import Session

_KEY = "outreach_round_listeners"


@dataclass(frozen=True, slots=True)
class RoundFrozen:
    """The round that was frozen, by whom and when."""

    round_id: int
    reference_date: date
    user_id: int | None
    at: datetime


Listener: TypeAlias = Callable[[Session, RoundFrozen], None]


def on_round_frozen(blueprint: Blueprint, listener: Listener) -> None:
    """Call `listener` whenever a round is frozen, in the applications that get this blueprint."""
    blueprint.record(lambda state: _listeners(state.app.extensions).append(listener))


def tell(app: Flask, session: Session, *, change: RoundFrozen) -> None:
    """Let every listener follow up on the change in the open transaction."""
    for listener in _listeners(app.extensions):
        listener(session, change)


def _listeners(extensions: dict[str, list[Listener]]) -> list[Listener]:
    return extensions.setdefault(_KEY, [])
