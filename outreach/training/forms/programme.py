"""The forms of a programme and of a venue."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
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
from outreach.training.queries.programmes import ProgrammeRow
from outreach.training.queries.venues import VenueRow
from outreach.training.register_rules import (
    PilotEntry,
    PilotOutcome,
    ProgrammeEntry,
    ProgrammeKind,
    VenueEntry,
)
from outreach.training.wording import AREAS, OUTCOMES, PROGRAMME_KINDS
from outreach.web.asking import whole_number

NOBODY = lazy_gettext("Nobody in particular")
WRITTEN: Mapping[bool | None, str] = {None: "", True: "yes", False: "no"}
"""An answer as forms send it."""
ANSWERS = {
    "": lazy_gettext("Not known"),
    "yes": lazy_gettext("Yes"),
    "no": lazy_gettext("No"),
}


class ProgrammeForm(TrainingForm):
    """A programme; the last fields are for pilots."""

    name = StringField(lazy_gettext("Name"))
    kind = RadioField(lazy_gettext("Kind"), validate_choice=False)
    county = SelectField(lazy_gettext("County"), validate_choice=False)
    organisation = SelectField(lazy_gettext("Led by"), validate_choice=False)
    aim = TextAreaField(lazy_gettext("Aim"))
    starts_on = StringField(lazy_gettext("First day"))
    ends_on = StringField(lazy_gettext("Last day"))
    partners = TextAreaField(lazy_gettext("Partners"))
    target_groups = TextAreaField(lazy_gettext("Target groups"))
    areas = SelectMultipleField(lazy_gettext("Areas of digital competence"), validate_choice=False)
    question = TextAreaField(lazy_gettext("The question it is to answer"))
    plan = TextAreaField(lazy_gettext("Plan of sessions"))
    planned_sessions = StringField(lazy_gettext("Planned number of sessions"))
    measured_before = TextAreaField(lazy_gettext("What is measured before, and how"))
    result_before = TextAreaField(lazy_gettext("What was found before"))
    measured_after = TextAreaField(lazy_gettext("What is measured after, and how"))
    result_after = TextAreaField(lazy_gettext("What was found after"))
    outcome = SelectField(lazy_gettext("Outcome"), validate_choice=False)
    reasons = TextAreaField(lazy_gettext("Why"))
    decided_on = StringField(lazy_gettext("Decided on"))
    details_are_meant = BooleanField(
        lazy_gettext("It is meant: the contact details may stand there")
    )

    def offer(self, counties: list[tuple[str, str]], organisations: list[tuple[int, str]]) -> None:
        """Set what may be chosen."""
        self.kind.choices = options(PROGRAMME_KINDS)
        self.county.choices = dict(counties)
        self.organisation.choices = {"": str(NOBODY)} | {
            str(key): name for key, name in organisations
        }
        self.areas.choices = options(AREAS)
        self.outcome.choices = options(OUTCOMES, ask=lazy_gettext("Not decided yet"))

    def entry(self) -> ProgrammeEntry | None:
        """The entry, or None with the reasons noted."""
        kind = self.choice("kind", ProgrammeKind)
        chosen = self.organisation.data
        leads = whole_number(chosen)
        if chosen and leads is None:
            self.refuse(RuleBroken("organisation", "choose"))
        entry = ProgrammeEntry(
            name=self.required("name"),
            kind=kind or ProgrammeKind.OTHER,
            county_code=self.county.data or "",
            aim=self.lines("aim"),
            organisation_id=leads,
            starts_on=self.day("starts_on"),
            ends_on=self.day("ends_on"),
            partners=self.lines("partners"),
            target_groups=self.lines("target_groups"),
            areas=tuple(area for area in DigCompArea if area in (self.areas.data or [])),
            pilot=self._pilot(),
            details_are_meant=bool(self.details_are_meant.data),
        )
        if not self.errors:
            self.refuse_all(entry.broken_rules())
        return None if self.errors else entry

    def _pilot(self) -> PilotEntry:
        return PilotEntry(
            question=self.lines("question"),
            plan=self.lines("plan"),
            planned_sessions=self.people("planned_sessions"),
            measured_before=self.lines("measured_before"),
            measured_after=self.lines("measured_after"),
            result_before=self.lines("result_before"),
            result_after=self.lines("result_after"),
            outcome=self.choice("outcome", PilotOutcome) if self.outcome.data else None,
            reasons=self.lines("reasons"),
            decided_on=self.day("decided_on"),
        )


class VenueForm(TrainingForm):
    """A room and what it offers; "not known" is an answer of its own."""

    name = StringField(lazy_gettext("Name"))
    village = SelectField(lazy_gettext("Village"), validate_choice=False)
    address = StringField(lazy_gettext("Street address"))
    is_accessible = RadioField(lazy_gettext("Accessible with a wheelchair"), validate_choice=False)
    has_network = RadioField(lazy_gettext("Has a network"), validate_choice=False)
    loan_computers = StringField(lazy_gettext("Computers or tablets to borrow"))

    def offer(self, villages: dict[str, list[tuple[str, str]]]) -> None:
        """Set what may be chosen; the villages by municipality."""
        self.village.choices = {"": [("", str(lazy_gettext("Choose…")))], **villages}
        self.is_accessible.choices = options(ANSWERS)
        self.has_network.choices = options(ANSWERS)

    def entry(self) -> VenueEntry | None:
        """The entry, or None with the reasons noted."""
        if not self.village.data:
            self.refuse(RuleBroken("village", "choose"))
        entry = VenueEntry(
            name=self.required("name"),
            village_code=one_line(self.village.data or ""),
            address=self.text("address"),
            is_accessible=_answer(self.is_accessible.data),
            has_network=_answer(self.has_network.data),
            loan_computers=self.people("loan_computers"),
        )
        if not self.errors:
            self.refuse_all(entry.broken_rules())
        return None if self.errors else entry


def texts_of_programme(row: ProgrammeRow) -> dict[str, str | list[str]]:
    """A programme as the texts of its form."""
    pilot = row.pilot
    return {
        "name": row.name,
        "kind": row.kind.value,
        "county": row.county_code,
        "organisation": str(row.organisation_id or ""),
        "aim": row.aim or "",
        "starts_on": row.starts_on.isoformat() if row.starts_on else "",
        "ends_on": row.ends_on.isoformat() if row.ends_on else "",
        "partners": row.partners or "",
        "target_groups": row.target_groups or "",
        "areas": [area.value for area in row.areas],
        "question": pilot.question or "",
        "plan": pilot.plan or "",
        "planned_sessions": str(pilot.planned_sessions or ""),
        "result_before": pilot.result_before or "",
        "result_after": pilot.result_after or "",
        "measured_before": pilot.measured_before or "",
        "measured_after": pilot.measured_after or "",
        "outcome": pilot.outcome.value if pilot.outcome else "",
        "reasons": pilot.reasons or "",
        "decided_on": pilot.decided_on.isoformat() if pilot.decided_on else "",
    }


def texts_of_venue(row: VenueRow) -> dict[str, str]:
    """A venue as the texts of its form."""
    return {
        "name": row.name,
        "village": row.village_code,
        "address": row.address or "",
        "is_accessible": WRITTEN[row.is_accessible],
        "has_network": WRITTEN[row.has_network],
        "loan_computers": "" if row.loan_computers is None else str(row.loan_computers),
    }


def _answer(text: str | None) -> bool | None:
    return next((answer for answer, written in WRITTEN.items() if written == text), None)
