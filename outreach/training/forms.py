"""The form of a new organisation."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms import Form, RadioField, SelectField, StringField

from outreach.rules import RuleBroken
from outreach.training.rules import OrganisationEntry, OrganisationKind

KINDS: dict[str, LazyString] = {
    OrganisationKind.STUDY_ASSOCIATION: lazy_gettext("Study association"),
    OrganisationKind.PENSIONERS_ASSOCIATION: lazy_gettext("Pensioners’ association"),
    OrganisationKind.LIBRARY: lazy_gettext("Library"),
    OrganisationKind.VILLAGE_ASSOCIATION: lazy_gettext("Village association"),
    OrganisationKind.OTHER: lazy_gettext("Other organisation"),
}
SENTENCES: dict[str, LazyString] = {
    "not_a_name": lazy_gettext("Write a name of at most 160 characters."),
    "choose": lazy_gettext("Choose one from the list."),
}


class OrganisationForm(Form):
    """Name, kind and county."""

    name = StringField(lazy_gettext("Name"))
    kind = RadioField(lazy_gettext("Kind"), validate_choice=False)
    county = SelectField(lazy_gettext("County"), validate_choice=False)

    def to_entry(self) -> OrganisationEntry:
        """The entry; raises RuleBroken."""
        if self.kind.data not in KINDS:
            raise RuleBroken("kind", "choose")
        return OrganisationEntry(
            name=" ".join((self.name.data or "").split()),
            kind=OrganisationKind(self.kind.data),
            county_code=self.county.data or "",
        )

    def offer(self, counties: list[tuple[str, str]]) -> None:
        """Set what may be chosen."""
        self.kind.choices = {kind: str(words) for kind, words in KINDS.items()}
        self.county.choices = dict(counties)

    def refuse(self, rule: RuleBroken) -> None:
        """Say beside its field what is wrong."""
        field = self[rule.field]
        field.errors = [*field.errors, str(SENTENCES[rule.code])]
