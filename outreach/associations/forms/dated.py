"""The forms for what holds for a time: served villages and contacts."""

from datetime import date

from wtforms import RadioField, StringField

from outreach.associations.forms.base import EntryForm, email
from outreach.associations.identifiers import phone
from outreach.associations.queries.one import ContactRow
from outreach.associations.queries.served import ServedRow, VillageMatch
from outreach.associations.rules import EARLIEST, ContactEntry, Period
from outreach.associations.wording import FIELDS
from outreach.files.values import day_of
from outreach.rules import RuleBroken


class PeriodForm(EntryForm):
    """From when, and until when if that is known."""

    valid_from = StringField(FIELDS["valid_from"])
    valid_to = StringField(FIELDS["valid_to"])

    def period(self) -> Period:
        """The days as typed; a missing or unreadable one is noted at its field."""
        if self.text("valid_from") is None:
            self.refuse(RuleBroken("valid_from", "missing"))
        return Period(self.day("valid_from") or EARLIEST, self.day("valid_to"))

    def day(self, name: str) -> date | None:
        """A day, or None where nothing was typed."""
        return self.read(name, lambda text: day_of(text, column=name))

    def to_entry(self) -> Period | None:
        """The period, or None with the reasons noted."""
        period = self.period()
        if not self.errors:
            self.refuse_all(period.broken_rules())
        return None if self.errors else period


class ServedForm(PeriodForm):
    """A village to serve, among those that a search found, and for how long."""

    village = RadioField(FIELDS["village_id"], validate_choice=False)
    valid_from = StringField(FIELDS["valid_from"])
    valid_to = StringField(FIELDS["valid_to"])

    def offer(self, matches: list[VillageMatch]) -> None:
        """Fill the list to choose from; a single match is chosen already."""
        self.village.choices = {
            match.code: f"{match.name}, {match.municipality}" for match in matches
        }
        if len(matches) == 1 and not self.village.data:
            self.village.data = matches[0].code

    def village_code(self) -> str:
        """The chosen village's code; none chosen is noted."""
        code = self.village.data or ""
        if not code:
            self.refuse(RuleBroken("village", "choose_village"))
        return code


class ContactForm(PeriodForm):
    """A person to call, and for how long."""

    name = StringField(FIELDS["name"])
    duty = StringField(FIELDS["duty"])
    email = StringField(FIELDS["email"])
    phone = StringField(FIELDS["phone"])
    valid_from = StringField(FIELDS["valid_from"])
    valid_to = StringField(FIELDS["valid_to"])

    def contact(self) -> ContactEntry | None:
        """The entry, or None with the reasons noted."""
        entry = ContactEntry(
            name=self.required("name"),
            duty=self.text("duty"),
            email=self.read("email", email),
            phone=self.read("phone", phone),
            period=self.period(),
        )
        if not self.errors:
            self.refuse_all(entry.broken_rules())
        return None if self.errors else entry


def texts_of_served(row: ServedRow) -> dict[str, str]:
    """A served village's days as the texts of the form."""
    return _texts_of_days(row.valid_from, row.valid_to)


def texts_of_contact(row: ContactRow) -> dict[str, str]:
    """A contact as the texts of its form."""
    return {
        "name": row.name,
        "duty": row.duty or "",
        "email": row.email or "",
        "phone": row.phone or "",
    } | _texts_of_days(row.valid_from, row.valid_to)


def _texts_of_days(valid_from: date, valid_to: date | None) -> dict[str, str]:
    return {
        "valid_from": valid_from.isoformat(),
        "valid_to": valid_to.isoformat() if valid_to else "",
    }
