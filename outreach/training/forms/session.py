"""The form by which a session is logged, on a telephone in an assembly hall.

**Names of the fields: a contract.** The copy of the form that works without a network is this
same HTML, and what it keeps for later is sent under the same names. All values are text as typed;
an empty field means "not stated", and 0 means that nobody came.

| name | value |
|---|---|
| `key` | UUID that the client made; one for each session |
| `version` | of the session that is changed; absent or empty for a new one |
| `organisation` | id |
| `state` | `held`, `cancelled` or `planned`; empty means held |
| `date` | 2026-03-17 |
| `starts_at`, `ends_at` | 18:30 |
| `place` | `village:<code>` or `venue:<id>` |
| `programme` | id |
| `form` | `course`, `drop_in`, `circle`, `home_visit`, `online` |
| `topics` | any of `information`, `communication`, `content`, `safety`, `problem_solving` |
| `title`, `invitation`, `notes` | text; the first two are public |
| `head_count`, `first_timers`, `leaders`, `volunteers`, `waiting_list` | whole numbers |
| `volunteer_hours` | 1,5 |
| `is_uncounted` | `y` where nobody counted |
| `learners_<age>`, `learners_<sex>`, `learners_<age>_<sex>`, `helpers_<age>` | whole numbers; \
ages `to_24`, `25_44`, `45_64`, `65_79`, `80_on`; sexes `women`, `men`, `other` |
| `before_answered`, `after_answered`, `before_<area>`, `after_<area>` | whole numbers |
| `details_are_meant` | `y` where contact details in a text are meant |
"""

from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from outreach.measures.digcomp import DigCompArea
from outreach.rules import RuleBroken
from outreach.training.forms.base import TrainingForm, one_line, options
from outreach.training.forms.session_fields import (
    BREAKDOWN,
    CHECKS,
    FIELDS,
    LATEST_PLACES,
    UNSTATED,
    label_of,
)
from outreach.training.queries.choosing import Offered
from outreach.training.rules import (
    EARLIEST,
    Counted,
    SelfCheck,
    SessionEntry,
    SessionForm,
    SessionState,
)
from outreach.training.wording import AREAS, FORMS, STATES
from outreach.web.asking import whole_number


class LogForm(TrainingForm):
    """A session as it is logged or planned; for the names of the fields see the module."""

    organisation = SelectField(FIELDS["organisation"], validate_choice=False)
    state = RadioField(FIELDS["state"], validate_choice=False)
    date = StringField(FIELDS["date"])
    starts_at = StringField(FIELDS["starts_at"])
    ends_at = StringField(FIELDS["ends_at"])
    place = SelectField(FIELDS["place"], validate_choice=False)
    head_count = StringField(FIELDS["head_count"])
    is_uncounted = BooleanField(FIELDS["is_uncounted"])
    programme = SelectField(FIELDS["programme"], validate_choice=False)
    form = RadioField(FIELDS["form"], validate_choice=False)
    topics = SelectMultipleField(FIELDS["topics"], validate_choice=False)
    title = StringField(FIELDS["title"])
    invitation = TextAreaField(FIELDS["invitation"])
    first_timers = StringField(FIELDS["first_timers"])
    leaders = StringField(FIELDS["leaders"])
    volunteers = StringField(FIELDS["volunteers"])
    volunteer_hours = StringField(FIELDS["volunteer_hours"])
    waiting_list = StringField(FIELDS["waiting_list"])
    before_answered = StringField(FIELDS["before_answered"])
    after_answered = StringField(FIELDS["after_answered"])
    notes = TextAreaField(FIELDS["notes"])
    details_are_meant = BooleanField(FIELDS["details_are_meant"])
    key = StringField(FIELDS["key"])

    def offer(self, offered: Offered) -> None:
        """Fill the lists; the places of latest use come first, the others by municipality."""
        ask = [("", str(UNSTATED))]
        organisations = [(str(key), name) for key, name in offered.organisations]
        self.organisation.choices = (
            organisations if len(organisations) == 1 else ask + organisations
        )
        self.programme.choices = ask + [(str(key), name) for key, name in offered.programmes]
        self.state.choices = options(STATES)
        self.form.choices = options(FORMS)
        self.topics.choices = options(AREAS)
        self.place.choices = {"": ask} | _grouped(offered)

    def entry(self) -> SessionEntry | None:
        """The entry, or None with the reasons noted. The day's rules are the command's."""
        organisation_id = whole_number(self.organisation.data)
        if organisation_id is None:
            self.refuse(RuleBroken("organisation", "choose"))
        if self.text("date") is None:
            self.refuse(RuleBroken("date", "missing"))
        day = self.day("date")
        village_code, venue_id = self._place()
        entry = SessionEntry(
            organisation_id=organisation_id or 0,
            day=day or EARLIEST,
            state=self._state(),
            village_code=village_code,
            venue_id=venue_id,
            programme_id=self._programme(),
            starts_at=self.clock("starts_at"),
            ends_at=self.clock("ends_at"),
            form=self.choice("form", SessionForm) if self.form.data else None,
            topics=tuple(area for area in DigCompArea if area in (self.topics.data or [])),
            title=self.text("title"),
            invitation=self.lines("invitation"),
            head_count=self.people("head_count"),
            first_timers=self.people("first_timers"),
            leaders=self.people("leaders"),
            volunteers=self.people("volunteers"),
            volunteer_minutes=self.minutes("volunteer_hours"),
            waiting_list=self.people("waiting_list"),
            counted=self._counted(),
            before_answered=self.people("before_answered"),
            after_answered=self.people("after_answered"),
            checks=self._checks(),
            notes=self.lines("notes"),
            is_uncounted=bool(self.is_uncounted.data),
            details_are_meant=bool(self.details_are_meant.data),
        )
        return None if self.errors else entry

    def _state(self) -> SessionState:
        if not self.state.data:
            return SessionState.HELD
        return self.choice("state", SessionState) or SessionState.HELD

    def _programme(self) -> int | None:
        if not self.programme.data:
            return None
        chosen = whole_number(self.programme.data)
        if chosen is None:
            self.refuse(RuleBroken("programme", "choose"))
        return chosen

    def _place(self) -> tuple[str | None, int | None]:
        kind, _, named = (self.place.data or "").partition(":")
        if not kind:
            return None, None
        venue_id = whole_number(named) if kind == "venue" else None
        if kind == "village" and named:
            return one_line(named), None
        if venue_id is None:
            self.refuse(RuleBroken("place", "choose"))
        return None, venue_id

    def _counted(self) -> tuple[Counted, ...]:
        people = {name: self.people(name) for name in BREAKDOWN}
        return tuple(
            Counted(*BREAKDOWN[name], people=number)
            for name, number in people.items()
            if number is not None
        )

    def _checks(self) -> tuple[SelfCheck, ...]:
        found = {name: self.people(name) for name in CHECKS}
        checks = (
            SelfCheck(area, found[f"before_{area.value}"], found[f"after_{area.value}"])
            for area in DigCompArea
        )
        return tuple(c for c in checks if c.before is not None or c.after is not None)


for _name in (*BREAKDOWN, *CHECKS):
    setattr(LogForm, _name, StringField(label_of(_name)))


def _grouped(offered: Offered) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    if offered.latest:
        groups[str(LATEST_PLACES)] = [
            (place.value, f"{place.label} ({place.municipality})") for place in offered.latest
        ]
    for place in offered.places:
        groups.setdefault(place.municipality, []).append((place.value, place.label))
    return groups
