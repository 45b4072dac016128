"""The form of a new organisation."""

from flask_babel import lazy_gettext
from wtforms import Form, RadioField, SelectField, StringField

from outreach.rules import RuleBroken
from outreach.training.register_rules import OrganisationEntry
from outreach.training.rules import OrganisationKind
from outreach.training.wording import ORGANISATION_KINDS, SENTENCES


class OrganisationForm(Form):
    """Name, kind and county."""

    name = StringField(lazy_gettext("Name"))
    kind = RadioField(lazy_gettext("Kind"), validate_choice=False)
    county = SelectField(lazy_gettext("County"), validate_choice=False)

    def to_entry(self) -> OrganisationEntry:
        """The entry; raises RuleBroken."""
        if self.kind.data not in ORGANISATION_KINDS:
            raise RuleBroken("kind", "choose")
        return OrganisationEntry(
            name=" ".join((self.name.data or "").split()),
            kind=OrganisationKind(self.kind.data),
            county_code=self.county.data or "",
        )

    def offer(self, counties: list[tuple[str, str]]) -> None:
        """Set what may be chosen."""
        self.kind.choices = {kind: str(words) for kind, words in ORGANISATION_KINDS.items()}
        self.county.choices = dict(counties)

    def refuse(self, rule: RuleBroken) -> None:
        """Say beside its field what is wrong."""
        field = self[rule.field]
        field.errors = [*field.errors, str(SENTENCES[rule.code])]
