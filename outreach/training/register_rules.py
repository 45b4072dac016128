"""Organisations, their contacts, programmes and venues, as they are entered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outreach.measures.digcomp import DigCompArea
from outreach.personal_data import has_personal_number
from outreach.rules import RuleBroken
from outreach.training.rules import (
    EARLIEST,
    LATEST,
    NAME_MAXIMUM,
    PEOPLE_LARGEST,
    OrganisationKind,
    text_rules,
)

PERSON_MAXIMUM = 120
DUTY_MAXIMUM = 80
EMAIL_MAXIMUM = 255
PHONE_MAXIMUM = 40
ADDRESS_MAXIMUM = 200
WEBSITE_MAXIMUM = 255
TEXT_MAXIMUM = 4000
MUNICIPALITIES_MOST = 50
SESSIONS_MOST = 1000


class ProgrammeKind(StrEnum):
    """What a series of sessions is for."""

    LIFELONG_LEARNING = "lifelong_learning"
    INTERGENERATIONAL = "intergenerational"
    PILOT = "pilot"
    DIGITAL_HELP = "digital_help"
    OTHER = "other"


class PilotOutcome(StrEnum):
    """What was decided when a pilot had ended."""

    CONTINUE = "continue"
    CHANGE = "change"
    STOP = "stop"
    SPREAD = "spread"


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """An organisation: its name, its kind, its county and the municipalities it works in."""

    name: str
    kind: OrganisationKind
    county_code: str
    municipality_codes: tuple[str, ...] = ()
    website: str | None = None

    def __post_init__(self) -> None:
        if not self.name or not self.name.isprintable() or len(self.name) > NAME_MAXIMUM:
            raise RuleBroken("name", "not_a_name")

    def broken_rules(self) -> Iterator[RuleBroken]:
        """Each further rule that the entry breaks."""
        if has_personal_number(self.name):
            yield RuleBroken("name", "personal_number")
        if self.website and len(self.website) > WEBSITE_MAXIMUM:
            yield RuleBroken("website", "too_long", facts={"largest": WEBSITE_MAXIMUM})
        if any(code[:2] != self.county_code for code in self.municipality_codes):
            yield RuleBroken("municipalities", "not_in_county")
        if len(self.municipality_codes) > MUNICIPALITIES_MOST:
            yield RuleBroken("municipalities", "choose")


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """Somebody at the organisation whom the region can reach."""

    name: str
    duty: str | None = None
    email: str | None = None
    phone: str | None = None

    def broken_rules(self) -> Iterator[RuleBroken]:
        """Each rule that the entry breaks."""
        for field, text, longest in (
            ("name", self.name, PERSON_MAXIMUM),
            ("duty", self.duty, DUTY_MAXIMUM),
            ("email", self.email, EMAIL_MAXIMUM),
            ("phone", self.phone, PHONE_MAXIMUM),
        ):
            if text and len(text) > longest:
                yield RuleBroken(field, "too_long", facts={"largest": longest})
            if field in {"name", "duty"} and text and has_personal_number(text):
                yield RuleBroken(field, "personal_number")
        if self.email is None and self.phone is None:
            yield RuleBroken("email", "no_way_to_reach")


@dataclass(frozen=True, slots=True)
class PilotEntry:
    """What a pilot is to answer, how, and what came of it.

    `measured_…` is what is looked at, and how; `result_…` what was found.
    """

    question: str | None = None
    plan: str | None = None
    planned_sessions: int | None = None
    measured_before: str | None = None
    measured_after: str | None = None
    result_before: str | None = None
    result_after: str | None = None
    outcome: PilotOutcome | None = None
    reasons: str | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeEntry:
    """A series of sessions with a purpose; `pilot` says more where it is one."""

    name: str
    kind: ProgrammeKind
    county_code: str
    aim: str | None = None
    organisation_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    partners: str | None = None
    target_groups: str | None = None
    areas: tuple[DigCompArea, ...] = ()
    pilot: PilotEntry = PilotEntry()
    details_are_meant: bool = False

    def broken_rules(self) -> Iterator[RuleBroken]:
        """Each rule that the entry breaks."""
        if not self.name:
            yield RuleBroken("name", "missing")
        texts = (
            ("name", self.name, NAME_MAXIMUM),
            ("aim", self.aim, TEXT_MAXIMUM),
            ("partners", self.partners, TEXT_MAXIMUM),
            ("target_groups", self.target_groups, TEXT_MAXIMUM),
            ("question", self.pilot.question, TEXT_MAXIMUM),
            ("plan", self.pilot.plan, TEXT_MAXIMUM),
            ("measured_before", self.pilot.measured_before, TEXT_MAXIMUM),
            ("measured_after", self.pilot.measured_after, TEXT_MAXIMUM),
            ("result_before", self.pilot.result_before, TEXT_MAXIMUM),
            ("result_after", self.pilot.result_after, TEXT_MAXIMUM),
            ("reasons", self.pilot.reasons, TEXT_MAXIMUM),
        )
        for field, text, longest in texts:
            yield from text_rules(
                field, text, longest=longest, details_are_meant=self.details_are_meant
            )
        for field, day in (
            ("starts_on", self.starts_on),
            ("ends_on", self.ends_on),
            ("decided_on", self.pilot.decided_on),
        ):
            if day is not None and not EARLIEST <= day < LATEST:
                yield RuleBroken(field, "date_out_of_range")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            yield RuleBroken("ends_on", "ends_before_it_starts")
        yield from self._pilot_rules()

    def _pilot_rules(self) -> Iterator[RuleBroken]:
        if self.kind is not ProgrammeKind.PILOT:
            if self.pilot != PilotEntry():
                yield RuleBroken("kind", "only_a_pilot")
            return
        if not self.pilot.question:
            yield RuleBroken("question", "pilot_needs_question")
        planned = self.pilot.planned_sessions
        if planned is not None and not 0 < planned <= SESSIONS_MOST:
            yield RuleBroken("planned_sessions", "too_often", facts={"largest": SESSIONS_MOST})
        if self.pilot.outcome is not None and not self.pilot.reasons:
            yield RuleBroken("reasons", "outcome_needs_reasons")


@dataclass(frozen=True, slots=True)
class VenueEntry:
    """A place to meet in a village; None is "not known", which is not "no"."""

    name: str
    village_code: str
    address: str | None = None
    is_accessible: bool | None = None
    has_network: bool | None = None
    loan_computers: int | None = None

    def broken_rules(self) -> Iterator[RuleBroken]:
        """Each rule that the entry breaks."""
        if not self.name:
            yield RuleBroken("name", "missing")
        for field, text, longest in (
            ("name", self.name, NAME_MAXIMUM),
            ("address", self.address, ADDRESS_MAXIMUM),
        ):
            yield from text_rules(field, text, longest=longest, details_are_meant=True)
        if self.loan_computers is not None and not 0 <= self.loan_computers <= PEOPLE_LARGEST:
            yield RuleBroken("loan_computers", "too_large")
