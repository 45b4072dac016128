"""The forms of an organisation and of its contacts."""

from flask_babel import lazy_gettext
from wtforms import RadioField, SelectField, SelectMultipleField, StringField

from outreach.associations.forms.base import email
from outreach.associations.identifiers import phone, website
from outreach.rules import RuleBroken
from outreach.training.forms.base import TrainingForm, options
from outreach.training.queries.organisations import ContactRow, OrganisationRow
from outreach.training.register_rules import ContactEntry, OrganisationEntry
from outreach.training.rules import OrganisationKind
from outreach.training.wording import ORGANISATION_KINDS


class OrganisationForm(TrainingForm):
    """Name, kind, county, the municipalities it works in, and its website."""

    name = StringField(lazy_gettext("Name"))
    kind = RadioField(lazy_gettext("Kind"), validate_choice=False)
    county = SelectField(lazy_gettext("County"), validate_choice=False)
    municipalities = SelectMultipleField(lazy_gettext("Works in"), validate_choice=False)
    website = StringField(lazy_gettext("Website"))

    def offer(self, counties: list[tuple[str, str]], municipalities: list[tuple[str, str]]) -> None:
        """Set what may be chosen; of the municipalities those of the counties."""
        codes = {code for code, _ in counties}
        self.kind.choices = options(ORGANISATION_KINDS)
        self.county.choices = dict(counties)
        self.municipalities.choices = {
            code: name for code, name in municipalities if code[:2] in codes
        }

    def entry(self) -> OrganisationEntry | None:
        """The entry, or None with the reasons noted."""
        kind = self.choice("kind", OrganisationKind)
        if kind is None:
            return None
        try:
            entry = OrganisationEntry(
                name=self.text("name") or "",
                kind=kind,
                county_code=self.county.data or "",
                municipality_codes=tuple(dict.fromkeys(self.municipalities.data or [])),
                website=self.read("website", website),
            )
        except RuleBroken as rule:
            self.refuse(rule)
            return None
        return None if self.errors else entry


class ContactForm(TrainingForm):
    """Somebody at the organisation."""

    name = StringField(lazy_gettext("Name"))
    duty = StringField(lazy_gettext("Role"))
    email = StringField(lazy_gettext("E-mail address"))
    phone = StringField(lazy_gettext("Phone"))

    def entry(self) -> ContactEntry | None:
        """The entry, or None with the reasons noted."""
        entry = ContactEntry(
            name=self.required("name"),
            duty=self.text("duty"),
            email=self.read("email", email),
            phone=self.read("phone", phone),
        )
        if not self.errors:
            self.refuse_all(entry.broken_rules())
        return None if self.errors else entry


def texts_of_organisation(
    row: OrganisationRow, municipalities: list[tuple[str, str]]
) -> dict[str, str | list[str]]:
    """An organisation as the texts of its form."""
    return {
        "name": row.name,
        "kind": row.kind.value,
        "county": row.county_code,
        "municipalities": [code for code, _ in municipalities],
        "website": row.website or "",
    }


def texts_of_contact(row: ContactRow) -> dict[str, str]:
    """A contact as the texts of its form."""
    return {
        "name": row.name,
        "duty": row.duty or "",
        "email": row.email or "",
        "phone": row.phone or "",
    }
