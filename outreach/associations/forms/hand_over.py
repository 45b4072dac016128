"""The form by which a reporter's role passes to a new person."""

from wtforms import RadioField, StringField

from outreach.accounts.handing_over import HandOver
from outreach.accounts.rules import check_name
from outreach.associations.forms.base import EntryForm, email
from outreach.associations.wording import FIELDS
from outreach.mail.rules import NotAnAddress, in_ascii
from outreach.rules import RuleBroken
from outreach.web.i18n import LANGUAGES


class HandOverForm(EntryForm):
    """Who stops reporting, and who begins."""

    who = RadioField(FIELDS["who"], validate_choice=False)
    name = StringField(FIELDS["new_name"])
    email = StringField(FIELDS["email"])
    locale = RadioField(FIELDS["locale"], choices=LANGUAGES, validate_choice=False)

    def to_entry(self, association_id: int, *, offered: dict[int, str]) -> HandOver | None:
        """The entry, or None with the reasons noted."""
        who = {str(key): key for key in offered}.get(self.who.data or "")
        if who is None:
            self.refuse(RuleBroken("who", "choose"))
        if self.locale.data not in dict(LANGUAGES):
            self.refuse(RuleBroken("locale", "choose"))
        name, address = self.required("name"), self.read("email", email)
        if address is None and not self.email.errors:
            self.refuse(RuleBroken("email", "missing"))
        if who is None or address is None or self.errors:
            return None
        try:
            check_name(name)
            in_ascii(address)
        except RuleBroken:
            self.refuse(RuleBroken("name", "too_long", facts={"largest": 120}))
        except NotAnAddress:
            self.refuse(RuleBroken("email", "not_an_email"))
        if self.errors:
            return None
        return HandOver(association_id, who, name, address, str(self.locale.data))
