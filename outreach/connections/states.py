"""What may happen to a submitted version, what comes of it, and which roles may do it."""

from enum import StrEnum

from outreach.connections.rules import ReportState
from outreach.personal_data import has_personal_number
from outreach.rules import RuleBroken

NOTE_MAXIMUM = 2000


class Action(StrEnum):
    """What a reviewer does to a version."""

    APPROVE = "approve"
    RETURN = "return"


REVIEWERS = frozenset({"administrator", "regional_staff"})
"""Roles that review, each within its counties. Nobody else does, also not the version's author."""

OUTCOMES: dict[tuple[ReportState, Action], ReportState] = {
    (ReportState.SUBMITTED, Action.APPROVE): ReportState.APPROVED,
    (ReportState.SUBMITTED, Action.RETURN): ReportState.RETURNED,
}
"""All that can happen. What is approved is locked: it is only replaced by a newer approval."""


def outcome(state: ReportState, action: Action, *, role: str) -> ReportState | None:
    """The state that follows, or None where this role may not do this to such a version."""
    if role not in REVIEWERS:
        return None
    return OUTCOMES.get((state, action))


def checked_note(text: str) -> str:
    """The note that a returned report goes back with; it has to say something."""
    note = text.strip()
    if not note:
        raise RuleBroken("note", "note_missing")
    if len(note) > NOTE_MAXIMUM:
        raise RuleBroken("note", "text_too_long", facts={"most": NOTE_MAXIMUM})
    if has_personal_number(note):
        raise RuleBroken("note", "personal_number")
    return note
