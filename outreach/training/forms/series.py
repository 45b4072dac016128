"""The form that changes what is to come of a series: only what is changed here is changed."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from flask_babel import format_date, lazy_gettext
from wtforms import SelectField, StringField

from outreach.training.forms.base import options
from outreach.training.forms.filling import Texts
from outreach.training.forms.session import LogForm
from outreach.training.forms.versions import as_fields, form_of
from outreach.training.queries.series import Coming
from outreach.training.rules import SessionEntry
from outreach.web.asking import whole_number

SHARED = ("starts_at", "ends_at", "place", "title", "invitation")
"""What the sessions of a series have in common; days and everything else are each one's own."""
A_MONDAY = date(2024, 1, 1)
WEEKDAYS = range(7)


class SeriesForm(LogForm):
    """The first session to come, of which the shared fields are shown."""

    seen = StringField()
    since = SelectField(lazy_gettext("From"), validate_choice=False)
    weekday = SelectField(lazy_gettext("Day of the week"), validate_choice=False)

    def offer_days(self, days: Iterable[date]) -> None:
        """Fill the lists of where the change begins and which day of the week it moves to."""
        self.since.choices = [(day.isoformat(), format_date(day, "d MMMM y")) for day in days]
        names = {
            str(number): format_date(A_MONDAY + timedelta(number), "EEEE") for number in WEEKDAYS
        }
        self.weekday.choices = options({"": lazy_gettext("as it is for each")} | names)

    def changed(self, first: Texts) -> dict[str, str]:
        """The shared fields that say something else than the first session to come."""
        return {
            name: self[name].data or ""
            for name in SHARED
            if (self[name].data or "").split() != str(first[name]).split()
        }

    def applied_to(self, texts: Texts, changed: Mapping[str, str]) -> SessionEntry | None:
        """One session with the changes; None with the reasons noted in this form."""
        moved = texts | dict(changed) | {"date": self._moved(str(texts["date"]))}
        own = form_of(as_fields(moved))
        own.details_are_meant.data = self.details_are_meant.data
        entry = own.entry()
        for name in SHARED:
            self[name].errors = [*own[name].errors]
        return entry

    def _moved(self, day: str) -> str:
        """The day of the week asked for, in the same week."""
        if self.weekday.data not in {str(number) for number in WEEKDAYS}:
            return day
        old = date.fromisoformat(day)
        return (old + timedelta(int(self.weekday.data) - old.weekday())).isoformat()

    def versions_seen(self) -> dict[int, int]:
        """The version of each session that was shown, as `seen_of` wrote them."""
        pairs = (pair.partition("-") for pair in (self.seen.data or "").split())
        found = ((whole_number(number), whole_number(version)) for number, _, version in pairs)
        return {number: version for number, version in found if number and version}


def seen_of(rows: list[Coming]) -> str:
    """The sessions shown with their versions."""
    return " ".join(f"{one.id}-{one.version}" for one in rows)
