"""The forms on the page of sessions with gaps: who looks after one, and why it stays a gap."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, SelectField, StringField

from outreach.rules import RuleBroken
from outreach.training.forms.base import TrainingForm
from outreach.training.forms.session_fields import FIELDS
from outreach.web.asking import whole_number


class AssignForm(TrainingForm):
    """A person, or nobody."""

    assignee = SelectField(lazy_gettext("Looked after by"), validate_choice=False)

    def chosen(self) -> int | None:
        """The person's id; None for nobody. What is neither is noted."""
        if not self.assignee.data:
            return None
        key = whole_number(self.assignee.data)
        if key is None:
            self.refuse(RuleBroken("assignee", "not_an_assignee"))
        return key


class EndForm(TrainingForm):
    """What the organiser said, or that they didn't."""

    note = StringField(lazy_gettext("What was said?"))
    details_are_meant = BooleanField(FIELDS["details_are_meant"])
