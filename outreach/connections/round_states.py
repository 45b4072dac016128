"""What may be done to a reporting round in each state, what comes of it, and by which roles.

Planned → open → closed → frozen. Closing can be undone until the round is frozen; freezing cannot,
as what is frozen is a record. A frozen round still takes a correction from an association with a
lock exception: it changes what is published from then on, and not the record.
"""

from collections.abc import Collection
from enum import StrEnum

from outreach.connections.rules import REASON_MAXIMUM, RoundState
from outreach.personal_data import has_personal_number
from outreach.rules import RuleBroken


class RoundAction(StrEnum):
    """What staff do to a round."""

    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    FREEZE = "freeze"
    DISCARD = "discard"
    MOVE_DUE_DATE = "move_due_date"
    EXPECT = "expect"
    ALLOW_LATE = "allow_late"
    NOTE_NO_ANSWER = "note_no_answer"


KEEPERS = frozenset({"administrator", "regional_staff"})
"""Roles that do anything to a round; what concerns one association, within their counties."""

OUTCOMES: dict[tuple[RoundState, RoundAction], RoundState | None] = {
    (RoundState.PLANNED, RoundAction.OPEN): RoundState.OPEN,
    (RoundState.PLANNED, RoundAction.DISCARD): None,
    (RoundState.PLANNED, RoundAction.MOVE_DUE_DATE): RoundState.PLANNED,
    (RoundState.OPEN, RoundAction.CLOSE): RoundState.CLOSED,
    (RoundState.OPEN, RoundAction.MOVE_DUE_DATE): RoundState.OPEN,
    (RoundState.OPEN, RoundAction.EXPECT): RoundState.OPEN,
    (RoundState.OPEN, RoundAction.NOTE_NO_ANSWER): RoundState.OPEN,
    (RoundState.CLOSED, RoundAction.REOPEN): RoundState.OPEN,
    (RoundState.CLOSED, RoundAction.FREEZE): RoundState.FROZEN,
    (RoundState.CLOSED, RoundAction.EXPECT): RoundState.CLOSED,
    (RoundState.CLOSED, RoundAction.ALLOW_LATE): RoundState.CLOSED,
    (RoundState.CLOSED, RoundAction.NOTE_NO_ANSWER): RoundState.CLOSED,
    (RoundState.FROZEN, RoundAction.ALLOW_LATE): RoundState.FROZEN,
}
"""All that can happen, with the state after it; None where the round is gone."""


class RoundActionRefused(Exception):
    """The round's state, or the person's role, does not allow this; nothing was changed."""


def may(state: RoundState, action: RoundAction, *, roles: Collection[str]) -> bool:
    """Whether somebody with these roles may do this to a round in this state."""
    return bool(KEEPERS.intersection(roles)) and (state, action) in OUTCOMES


def checked_reason(text: str) -> str:
    """Why the rule is bent; whoever reads the history later has only these words."""
    reason = " ".join(text.split())
    if not reason:
        raise RuleBroken("reason", "reason_missing")
    if len(reason) > REASON_MAXIMUM:
        raise RuleBroken("reason", "text_too_long", facts={"most": REASON_MAXIMUM})
    if has_personal_number(reason):
        raise RuleBroken("reason", "personal_number")
    return reason
