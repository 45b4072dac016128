"""What a stale edit is answered with: both values of each field that differs, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field as the person wrote it and as somebody else has stored it meanwhile."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A stale edit, for `templates/associations/conflict.html`; its page has status 409.

    The form on that page carries `version`, the one stored now, so that saving again is a
    deliberate choice. `theirs_by` and `theirs_at` tell who saved in between, where that is known.
    """

    version: int
    differences: list[FieldDifference]
    theirs_by: str | None = None
    theirs_at: datetime | None = None


def differences(
    mine: Mapping[str, str], theirs: Mapping[str, str], labels: Mapping[str, str | LazyString]
) -> list[FieldDifference]:
    """The fields whose values differ, in the order of the labels; an absent field is empty.

    Both sides are texts as the reader would see them in the form. Fields without a label are
    not shown, so hidden ones stay hidden.
    """
    return [
        FieldDifference(name, str(label), mine.get(name, ""), theirs.get(name, ""))
        for name, label in labels.items()
        if mine.get(name, "").strip() != theirs.get(name, "").strip()
    ]
