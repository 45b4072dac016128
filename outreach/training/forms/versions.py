"""Two versions of a session side by side, and the one that a person puts together from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from werkzeug.datastructures import MultiDict

from outreach.training.forms.filling import Texts
from outreach.training.forms.session import LogForm
from outreach.training.queries.choosing import Offered
from outreach.training.sent_rules import Fields, differing


class Pick(StrEnum):
    """Which of the two versions a field is taken from."""

    HELD = "held"
    STORED = "stored"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in both versions as the form shows it, and the version that alone changed it."""

    name: str
    label: str
    held: str
    stored: str
    suggested: Pick | None


def as_fields(texts: Texts) -> Fields:
    """A stored session's texts in the shape of what devices send."""
    return {
        name: tuple(value) if isinstance(value, list) else (value,) for name, value in texts.items()
    }


def form_of(fields: Fields) -> LogForm:
    """The form as it stands with these fields."""
    return LogForm(MultiDict([(name, v) for name, values in fields.items() for v in values]))


def differences(
    held: Fields, stored: Fields, *, base: Fields | None, offered: Offered
) -> list[Difference]:
    """Each field that differs, in the form's order.

    A field that only one of the two changed is suggested from that one; where both did, or it
    is not known, nothing is suggested.
    """
    forms = {Pick.HELD: form_of(held), Pick.STORED: form_of(stored)}
    for form in forms.values():
        form.offer(offered)
    shown = {pick: form.shown() for pick, form in forms.items()}
    apart = differing(held, stored)
    return [
        Difference(
            name=name,
            label=label,
            held=shown[Pick.HELD][name],
            stored=shown[Pick.STORED][name],
            suggested=_suggested(name, held, stored, base),
        )
        for name, label in forms[Pick.HELD].labels().items()
        if name in apart
    ]


def picked_fields(held: Fields, stored: Fields, picks: Mapping[str, Pick]) -> Fields:
    """The stored fields with those replaced that were picked from the version held.

    Whoever leaves the head count empty here has seen it, so it need not be said again.
    """
    from_held = {name for name, pick in picks.items() if pick is Pick.HELD}
    kept = {name: values for name, values in stored.items() if name not in from_held}
    fields = kept | {name: held[name] for name in from_held if name in held}
    return fields | {"is_uncounted": ("y",), "details_are_meant": ("y",)}


def _suggested(name: str, held: Fields, stored: Fields, base: Fields | None) -> Pick | None:
    if base is None:
        return None
    is_held_changed = name in differing(held, base)
    is_stored_changed = name in differing(stored, base)
    if is_held_changed == is_stored_changed:
        return None
    return Pick.HELD if is_held_changed else Pick.STORED
