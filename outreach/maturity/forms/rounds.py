"""The forms of a new round and of a new link to it."""

from collections.abc import Sequence

from flask_babel import lazy_gettext
from wtforms import Form, RadioField, SelectField, StringField

from outreach.files.values import day_of
from outreach.maturity.rules import SMALL_VILLAGE, LinkEntry, RoundEntry
from outreach.maturity.wording import sentence
from outreach.personal_data import has_contact_details, has_personal_number
from outreach.rules import RuleBroken

PERSONAL, KIOSK = "personal", "kiosk"


class _Form(Form):
    """A form that says beside a field what is wrong."""

    def refuse(self, rule: RuleBroken) -> None:
        """Note what is wrong."""
        field = self[rule.field]
        field.errors = [*field.errors, sentence(rule)]


class RoundForm(_Form):
    """County, date, and from how many inhabitants an answer keeps its village."""

    county = SelectField(lazy_gettext("County"), validate_choice=False)
    day = StringField(lazy_gettext("The date that the answers are for"))
    small_village = StringField(
        lazy_gettext("Inhabitants from which a village is kept"), default=str(SMALL_VILLAGE)
    )

    def offer(self, counties: Sequence[tuple[str, str]]) -> None:
        """Set what may be chosen."""
        self.county.choices = list(counties)

    def entry(self) -> RoundEntry:
        """The round. Raises RuleBroken."""
        try:
            day = day_of(self.day.data, column="day")
        except RuleBroken as rule:
            raise RuleBroken("day", "day") from rule
        if day is None:
            raise RuleBroken("day", "day")
        text = (self.small_village.data or "").strip()
        least = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
        return RoundEntry(self.county.data or "", day, least)


class LinkForm(_Form):
    """Where a link is used, and how."""

    label = StringField(lazy_gettext("Where is the link used?"))
    kind = RadioField(lazy_gettext("Who answers with it?"), validate_choice=False, default=PERSONAL)

    def offer(self) -> None:
        """Set what may be chosen."""
        self.kind.choices = [
            (PERSONAL, str(lazy_gettext("People on their own telephones or computers"))),
            (KIOSK, str(lazy_gettext("Many on one shared device, one after another"))),
        ]

    def entry(self) -> LinkEntry:
        """The link. Raises RuleBroken."""
        label = " ".join((self.label.data or "").split())
        if has_personal_number(label) or has_contact_details(label):
            raise RuleBroken("label", "personal")
        return LinkEntry(label, self.kind.data == KIOSK)
