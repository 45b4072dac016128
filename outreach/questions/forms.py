"""The forms of questions: asking one, and answering or deciding it."""

from collections.abc import Iterable
from datetime import date

from flask_babel import format_date, lazy_gettext
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField

from outreach.associations.forms.base import EntryForm, email, several_lines
from outreach.measures.rates import Measure
from outreach.questions.rules import Figure, QuestionEntry, checked_answer
from outreach.questions.states import NEEDS_WORDS, Action
from outreach.questions.wording import ACTIONS, MEASURES, sentence
from outreach.rules import RuleBroken


class _Form(EntryForm):
    """A form whose sentences are those of questions."""

    def sentence(self, rule: RuleBroken, label: str) -> str:
        """What is wrong; these sentences name no field."""
        return sentence(rule)


class QuestionForm(_Form):
    """What somebody outside doubts. `website` is a trap that only programs fill in."""

    measure = SelectField(lazy_gettext("Which figure?"))
    day = SelectField(lazy_gettext("On which date?"))
    claim = StringField(lazy_gettext("What do you think is right?"))
    why = TextAreaField(lazy_gettext("Why do you think so?"))
    email = StringField(lazy_gettext("Your e-mail address"))
    details_are_meant = BooleanField(lazy_gettext("It is not about a person: keep it"))
    website = StringField(lazy_gettext("Leave this empty"))

    def offer(self, dates: Iterable[date]) -> None:
        """Fill the lists to choose from."""
        self.measure.choices = [(one.value, str(MEASURES[one])) for one in Measure]
        self.day.choices = [(day.isoformat(), format_date(day, format="long")) for day in dates]

    def entry(self, village_id: int) -> QuestionEntry | None:
        """The question, or None with the reasons noted."""
        measure = self.choice("measure", Measure)
        offered = {value for value, *_ in self.day.iter_choices()}
        if self.day.data not in offered:
            self.refuse(RuleBroken("day", "choose"))
        address = self.read("email", email)
        if measure is None or self.day.data not in offered:
            return None
        entry = QuestionEntry(
            figure=Figure(village_id, measure, date.fromisoformat(self.day.data)),
            claim=self.text("claim") or "",
            why=several_lines(self.why.data or ""),
            email=address,
            details_are_meant=bool(self.details_are_meant.data),
        )
        self.refuse_all(entry.broken_rules())
        return None if self.errors else entry


class ActionForm(_Form):
    """What an association or the region says about a question."""

    action = RadioField(lazy_gettext("Choose an answer"), validate_choice=False)
    answer = TextAreaField(lazy_gettext("Your words to whoever asked"))

    def offer(self, actions: Iterable[Action]) -> None:
        """Fill the list to choose from."""
        self.action.choices = [(one.value, str(ACTIONS[one])) for one in Action if one in actions]

    def chosen(self) -> tuple[Action, str | None] | None:
        """The action with its words, or None with the reasons noted."""
        offered = {value for value, *_ in self.action.iter_choices()}
        if self.action.data not in offered:
            self.refuse(RuleBroken("action", "choose_action"))
            return None
        action = Action(self.action.data)
        try:
            words = checked_answer(
                several_lines(self.answer.data or ""), is_needed=action in NEEDS_WORDS
            )
        except RuleBroken as rule:
            self.refuse(rule)
            return None
        return action, words
