"""What a follow-up of a reported value says, and the rules of its notes."""

from dataclasses import dataclass

from outreach.connections.rules import CountField
from outreach.measures.classes import DwellingType
from outreach.personal_data import has_personal_number
from outreach.rules import RuleBroken

FLAG_NOTE_MAXIMUM = 2000


@dataclass(frozen=True, slots=True)
class FlagEntry:
    """A value to follow up: which, why, and who is to do it, if anybody yet."""

    village_id: int
    dwelling_type: DwellingType
    field: CountField
    note: str
    assignee_id: int | None = None


def checked_flag_note(text: str, *, field: str) -> str:
    """A note of a flag or of what came of it; it has to say something."""
    note = text.strip()
    if not note:
        raise RuleBroken(field, "flag_note_missing")
    if len(note) > FLAG_NOTE_MAXIMUM:
        raise RuleBroken(field, "text_too_long", facts={"most": FLAG_NOTE_MAXIMUM})
    if has_personal_number(note):
        raise RuleBroken(field, "personal_number")
    return note
