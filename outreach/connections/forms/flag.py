"""The form that flags a value of a version for follow-up."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from outreach.associations.forms.base import several_lines
from outreach.connections.flag_rules import FlagEntry, checked_flag_note
from outreach.connections.queries.compared import VillageComparison
from outreach.connections.review_wording import sentence
from outreach.connections.rules import CountField
from outreach.connections.wording import DWELLING_TYPES, FIELDS
from outreach.measures.classes import DwellingType
from outreach.rules import RuleBroken


@dataclass(frozen=True, slots=True)
class FlagForm:
    """What was typed, and what is wrong with it by element id."""

    value: str = ""
    note: str = ""
    assignee: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def flag_values(rows: Iterable[VillageComparison]) -> dict[str, dict[str, tuple[str, int]]]:
    """The values to choose among: by village, the form's value with label and count."""
    found: dict[str, dict[str, tuple[str, int]]] = {}
    for row in rows:
        name = f"{row.village}, {DWELLING_TYPES[row.dwelling_type]}"
        for count_field in CountField:
            count = row.after.of(count_field)
            if count is not None:
                key = f"{row.village_id}-{row.dwelling_type.value}-{count_field.value}"
                found.setdefault(name, {})[key] = (str(FIELDS[count_field]), count)
    return found


def read_flag(
    typed: Mapping[str, str], rows: Iterable[VillageComparison], *, assignees: Collection[int]
) -> FlagEntry | FlagForm:
    """The entry, or the form with its messages and everything that was typed."""
    value, note = typed.get("value", ""), several_lines(typed.get("flag_note", ""))
    assignee = typed.get("assignee", "")
    errors: dict[str, str] = {}
    if not any(value in values for values in flag_values(rows).values()):
        errors["value"] = sentence(RuleBroken("value", "value_missing"))
    if assignee and assignee not in {str(key) for key in assignees}:
        errors["assignee"] = sentence(RuleBroken("assignee", "assignee_unknown"))
    try:
        checked = checked_flag_note(note, field="flag_note")
    except RuleBroken as broken:
        errors["flag_note"] = sentence(broken)
    if errors:
        return FlagForm(value, note, assignee, errors)
    village_id, kind, name = value.split("-")
    return FlagEntry(
        int(village_id),
        DwellingType(kind),
        CountField(name),
        checked,
        int(assignee) if assignee else None,
    )
