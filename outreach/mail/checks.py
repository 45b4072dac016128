"""How features above say, at the last moment, that a message is not to go out any more.

    checks.before_sending(blueprint, "reminder_", why_withdrawn)

`why_withdrawn(session, message_id, now)` is asked in the transaction that claims a message whose
kind begins so. The reason that it gives is stored with the message; None lets it go out.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from flask import Blueprint, current_app
from sqlalchemy.orm import Session

from outreach.mail.rules import ClaimedMessage

_KEY = "outreach_mail_checks"

Check: TypeAlias = Callable[[Session, int, datetime], str | None]


def before_sending(blueprint: Blueprint, kinds: str, check: Check) -> None:
    """Ask `check` about messages of these kinds, in applications that get this blueprint."""
    blueprint.record(lambda state: _checks(state.app.extensions).append((kinds, check)))


def why_withdrawn(session: Session, claimed: ClaimedMessage) -> str | None:
    """Why the message is not to go out; None if it is."""
    for kinds, check in _checks(current_app.extensions):
        reason = check(session, claimed.id, claimed.claimed_at) if _is(claimed, kinds) else None
        if reason is not None:
            return reason
    return None


def _is(claimed: ClaimedMessage, kinds: str) -> bool:
    return claimed.kind.startswith(kinds)


def _checks(extensions: dict[str, list[tuple[str, Check]]]) -> list[tuple[str, Check]]:
    return extensions.setdefault(_KEY, [])
