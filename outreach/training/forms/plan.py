"""The form by which one session or a series is planned."""

from datetime import date, timedelta

from flask_babel import lazy_gettext
from wtforms import SelectField, StringField, TextAreaField

from outreach.files.values import count_of, day_of
from outreach.rules import RuleBroken
from outreach.training.forms.base import options
from outreach.training.forms.session import LogForm
from outreach.training.queries.choosing import Offered
from outreach.training.rules import SessionState

TIMES_MOST = 40
EVERY = {"1": lazy_gettext("Every week"), "2": lazy_gettext("Every other week")}
EVERY |= {"3": lazy_gettext("Every third week"), "4": lazy_gettext("Every fourth week")}


class PlanForm(LogForm):
    """A session, and on which further days it is held: every so many weeks, or days picked."""

    times = StringField(lazy_gettext("How many times?"))
    every = SelectField(lazy_gettext("How often?"), validate_choice=False)
    more_dates = TextAreaField(lazy_gettext("Further dates"))

    def offer(self, offered: Offered) -> None:
        """Fill the lists."""
        super().offer(offered)
        self.every.choices = options(EVERY)

    def days(self) -> list[date]:
        """All days planned; what can't be read is noted."""
        first = self.day("date")
        times = self.read("times", lambda text: count_of(text, column="times"))
        weeks = int(self.every.data) if self.every.data in EVERY else 1
        if times is not None and not 1 <= times <= TIMES_MOST:
            self.refuse(RuleBroken("times", "too_often", facts={"largest": TIMES_MOST}))
            return []
        days = [] if first is None else [first]
        for number in range(1, times or 1):
            days += [first + timedelta(weeks=weeks * number)] if first else []
        return sorted({*days, *self._picked()})

    def _picked(self) -> list[date]:
        found = []
        for text in (self.more_dates.data or "").replace(",", " ").split():
            try:
                day = day_of(text, column="more_dates")
            except RuleBroken as rule:
                self.refuse(rule)
                continue
            found += [day] if day else []
        return found

    def _state(self) -> SessionState:
        return SessionState.PLANNED
