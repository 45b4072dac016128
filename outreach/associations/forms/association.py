"""The forms for an association: all that the region keeps, and what its reporters may change."""

from datetime import date

from flask_babel import lazy_gettext
from wtforms import BooleanField, SelectField, StringField

from outreach.associations.forms.base import EntryForm, options
from outreach.associations.identifiers import organisation_number, website
from outreach.associations.names import likely_same
from outreach.associations.queries.one import AssociationFacts, AssociationName, CountyName
from outreach.associations.rules import (
    AssociationEntry,
    AssociationStatus,
    DetailsEntry,
    LegalForm,
)
from outreach.associations.wording import FIELDS, LEGAL_FORMS, STATUSES, organisation_number_shown
from outreach.files.values import year_of
from outreach.rules import RuleBroken

NAMES_SHOWN = 3


class DetailsForm(EntryForm):
    """The operators and the website."""

    network_operator = StringField(FIELDS["network_operator"])
    communication_operator = StringField(FIELDS["communication_operator"])
    website = StringField(FIELDS["website"])

    def details(self) -> DetailsEntry:
        """What was typed of the network; what is wrong with it is noted at its field."""
        entry = DetailsEntry(
            network_operator=self.text("network_operator"),
            communication_operator=self.text("communication_operator"),
            website=self.read("website", website),
        )
        self.refuse_all(entry.broken_rules())
        return entry

    def to_entry(self) -> DetailsEntry | None:
        """The entry, or None with the reasons noted."""
        entry = self.details()
        return None if self.errors else entry


class AssociationForm(DetailsForm):
    """Everything that regional staff keep about an association.

    Fields stand in the order in which they are declared, so the inherited ones come again.
    """

    name = StringField(FIELDS["name"])
    organisation_number = StringField(FIELDS["organisation_number"])
    legal_form = SelectField(FIELDS["legal_form"])
    status = SelectField(FIELDS["status"])
    founded_year = StringField(FIELDS["founded_year"])
    county_code = SelectField(FIELDS["county_code"])
    network_operator = StringField(FIELDS["network_operator"])
    communication_operator = StringField(FIELDS["communication_operator"])
    website = StringField(FIELDS["website"])
    is_another = BooleanField(lazy_gettext("It is another association"))

    def offer(self, counties: list[CountyName]) -> None:
        """Fill the lists to choose from."""
        ask = lazy_gettext("Choose…")
        self.legal_form.choices = options(LEGAL_FORMS, ask=ask)
        self.status.choices = options(STATUSES, ask=ask)
        first = {} if len(counties) == 1 else {"": str(ask)}
        self.county_code.choices = first | {county.code: county.name for county in counties}

    def entry(self, *, today: date) -> AssociationEntry | None:
        """The entry, or None with the reasons noted."""
        legal_form = self.choice("legal_form", LegalForm)
        status = self.choice("status", AssociationStatus)
        entry = AssociationEntry(
            name=self.required("name"),
            legal_form=legal_form or LegalForm.OTHER,
            status=status or AssociationStatus.PLANNING,
            county_code=self.county_code.data or "",
            details=self.details(),
            organisation_number=self.read("organisation_number", organisation_number),
            founded_year=self.read(
                "founded_year", lambda text: year_of(text, column="founded_year")
            ),
        )
        self.refuse_all(entry.broken_rules(today=today))
        return None if self.errors else entry

    def ask_about(self, others: list[AssociationName]) -> None:
        """Ask whether it is another association than those with nearly the same name."""
        name = self.text("name") or ""
        alike = [other.name for other in others if likely_same(name, other.name)]
        if alike and not self.is_another.data:
            facts = {"names": ", ".join(alike[:NAMES_SHOWN])}
            self.refuse(RuleBroken("is_another", "similar_name", facts=facts))


def texts_of(facts: AssociationFacts) -> dict[str, str]:
    """An association as the texts of its form."""
    number = facts.organisation_number
    return {
        "name": facts.name,
        "organisation_number": organisation_number_shown(number) if number else "",
        "legal_form": facts.legal_form.value,
        "status": facts.status.value,
        "founded_year": str(facts.founded_year or ""),
        "county_code": facts.county_code,
        "network_operator": facts.network_operator or "",
        "communication_operator": facts.communication_operator or "",
        "website": facts.website or "",
    }
