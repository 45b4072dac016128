"""The form for a merger, a division or a move of villages."""

from collections.abc import Sequence

from wtforms import SelectField, SelectMultipleField, StringField

from outreach.associations.forms.base import EntryForm, several_lines
from outreach.associations.queries.one import AssociationName
from outreach.associations.queries.planning import ServedPlace
from outreach.associations.rules import SuccessionEntry, SuccessionKind
from outreach.associations.wording import CHOOSE_ASSOCIATION, FIELDS
from outreach.files.values import day_of
from outreach.rules import RuleBroken
from outreach.web.asking import whole_number


class SuccessionForm(EntryForm):
    """Who takes over which villages, from when and why. A merger has no list of villages."""

    takes_effect = StringField(FIELDS["takes_effect"])
    into = SelectField(FIELDS["into"], validate_choice=False)
    villages = SelectMultipleField(FIELDS["villages_taken"], validate_choice=False)
    second = SelectField(FIELDS["second"], validate_choice=False)
    second_villages = SelectMultipleField(FIELDS["second_villages"], validate_choice=False)
    reporters = SelectMultipleField(FIELDS["reporters"], validate_choice=False)
    reason = StringField(FIELDS["reason"])

    def keep_to(self, kind: SuccessionKind) -> None:
        """Leave out the fields that this kind has no use for."""
        unused = {
            SuccessionKind.MERGE: ("villages", "second", "second_villages"),
            SuccessionKind.MOVE: ("second", "second_villages", "reporters"),
            SuccessionKind.SPLIT: ("reporters",),
        }
        for name in unused[kind]:
            if name in self:
                del self[name]

    def offer(
        self,
        receivers: Sequence[AssociationName],
        places: Sequence[ServedPlace],
        reporters: dict[str, str],
    ) -> None:
        """Set what may be chosen."""
        names = {"": str(CHOOSE_ASSOCIATION)} | {str(one.id): one.name for one in receivers}
        villages = {str(place.village_id): _named(place) for place in places}
        for name, offered in (
            ("into", names),
            ("second", names),
            ("villages", villages),
            ("second_villages", villages),
            ("reporters", reporters),
        ):
            if name not in self:
                continue
            field = self[name]
            if isinstance(field, SelectField | SelectMultipleField):
                field.choices = offered

    def refuse(self, rule: RuleBroken) -> None:
        """Say beside the field what is wrong; what a merger's villages stand in the way of, too."""
        field = rule.field if rule.field in self else "into"
        super().refuse(RuleBroken(field, rule.code, facts=rule.facts))

    def to_entry(self, kind: SuccessionKind) -> SuccessionEntry | None:
        """The entry, or None with the reasons noted."""
        day = self.read("takes_effect", lambda text: day_of(text, column="takes_effect"))
        if day is None and not self.takes_effect.errors:
            self.refuse(RuleBroken("takes_effect", "missing"))
        into = whole_number(self.into.data)
        if into is None:
            self.refuse(RuleBroken("into", "choose"))
        villages = self._villages(into) if into is not None else ()
        if day is None or into is None or self.errors:
            return None
        entry = SuccessionEntry(
            kind=kind,
            takes_effect=day,
            reason=several_lines(self.reason.data or ""),
            into=into if kind is SuccessionKind.MERGE else None,
            villages=villages,
        )
        self.refuse_all(entry.broken_rules())
        return None if self.errors else entry

    def chosen_reporters(self) -> list[int]:
        """The reporters who are to report for the receiver, too."""
        if "reporters" not in self:
            return []
        keys = (whole_number(text) for text in self.reporters.data or [])
        return [key for key in keys if key is not None]

    def sent(self) -> list[tuple[str, str]]:
        """Every field as it was sent, for the page that asks once more."""
        found = []
        for field in self:
            values = field.data if isinstance(field.data, list) else [field.data or ""]
            found += [(field.short_name, value) for value in values]
        return found

    def _villages(self, into: int) -> tuple[tuple[int, int], ...]:
        goes = self._ticked("villages", into)
        if "second" not in self:
            return tuple(goes.items())
        second = whole_number(self.second.data)
        others = self._ticked("second_villages", second) if second is not None else {}
        if second == into:
            self.refuse(RuleBroken("second", "same_receiver_twice"))
        if second is None and self.second_villages.data:
            self.refuse(RuleBroken("second", "choose"))
        if goes.keys() & others.keys():
            self.refuse(RuleBroken("second_villages", "ticked_twice"))
        return tuple((goes | others).items())

    def _ticked(self, name: str, to: int) -> dict[int, int]:
        if name not in self:
            return {}
        keys = (whole_number(text) for text in self[name].data or [])
        return {key: to for key in keys if key is not None}


def _named(place: ServedPlace) -> str:
    return f"{place.name}, {place.municipality}"
