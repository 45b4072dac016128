"""Fibre associations: their closed sets, what is entered about them, and the rules on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outreach.personal_data import has_contact_details, has_personal_number
from outreach.rules import RuleBroken

CONFIRMED_FOR_DAYS = 365
"""For so long a contact need not be asked again whether they still are one."""

CONTACTS_WANTED = 2
"""So that the region reaches somebody when one person is away or has left."""

FOUNDED_EARLIEST = 1850
"""Some village networks belong to joint property associations much older than fibre."""

EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 1, 1)
"""Dates outside are slips of the finger, not village networks."""

TARGET_LARGEST = 1_000_000
VILLAGES_MOST = 200

NAME_LENGTH = 160
OPERATOR_LENGTH = 120
WEBSITE_LENGTH = 255
PERSON_LENGTH = 120
DUTY_LENGTH = 80
EMAIL_LENGTH = 255
PHONE_LENGTH = 40
DESCRIPTION_LENGTH = 4000
REASON_LENGTH = 1000


class LegalForm(StrEnum):
    """How an association is organised in law."""

    ECONOMIC_ASSOCIATION = "economic_association"
    NON_PROFIT_ASSOCIATION = "non_profit_association"
    JOINT_PROPERTY = "joint_property"
    LIMITED_COMPANY = "limited_company"
    MUNICIPAL_COMPANY = "municipal_company"
    OTHER = "other"


class AssociationStatus(StrEnum):
    """Where an association stands in its life."""

    PLANNING = "planning"
    BUILDING = "building"
    OPERATING = "operating"
    DORMANT = "dormant"
    MERGED = "merged"
    DISSOLVED = "dissolved"


class CommitmentKind(StrEnum):
    """What an association takes on beyond running its network."""

    EXTEND_TO_VILLAGE = "extend_to_village"
    CONNECT_MORE_HOMES = "connect_more_homes"
    DIGITAL_HELP = "digital_help"
    FIBRE_POINT = "fibre_point"
    OTHER = "other"


class CommitmentStatus(StrEnum):
    """How far a commitment has come."""

    WANTED = "wanted"
    PROMISED = "promised"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"


class SuccessionKind(StrEnum):
    """How one association's villages come to another."""

    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"


CLOSED_STATUSES = frozenset({AssociationStatus.MERGED, AssociationStatus.DISSOLVED})
"""The statuses of an association that is no more and takes over nothing."""

OPEN_STATUSES = frozenset(
    {CommitmentStatus.WANTED, CommitmentStatus.PROMISED, CommitmentStatus.IN_PROGRESS}
)
"""The statuses in which something is left to do, so that a due date can pass."""


def is_overdue(status: CommitmentStatus, due_date: date | None, *, today: date) -> bool:
    """Whether the day has passed and the commitment is still open; the day itself is in time."""
    return status in OPEN_STATUSES and due_date is not None and due_date < today


def is_in_force(valid_from: date, valid_to: date | None, *, on: date) -> bool:
    """Whether a dated fact holds on a day: from its first day up to, not including, its end."""
    return valid_from <= on and (valid_to is None or on < valid_to)


@dataclass(frozen=True, slots=True)
class DetailsEntry:
    """What an association's own reporter may say about its network."""

    network_operator: str | None = None
    communication_operator: str | None = None
    website: str | None = None

    def broken_rules(self) -> Iterator[RuleBroken]:
        """Each rule that the entry breaks."""
        yield from _text("network_operator", self.network_operator, longest=OPERATOR_LENGTH)
        operator = self.communication_operator
        yield from _text("communication_operator", operator, longest=OPERATOR_LENGTH)
        yield from _text("website", self.website, longest=WEBSITE_LENGTH)


@dataclass(frozen=True, slots=True)
class AssociationEntry:
    """An association as regional staff register it. `organisation_number` is ten checked digits."""

    name: str
    legal_form: LegalForm
    status: AssociationStatus
    county_code: str
    details: DetailsEntry = DetailsEntry()
    organisation_number: str | None = None
    founded_year: int | None = None

    def broken_rules(self, *, today: date) -> Iterator[RuleBroken]:
        """Each rule that the entry breaks."""
        yield from _text("name", self.name, longest=NAME_LENGTH)
        yield from self.details.broken_rules()
        year = self.founded_year
        if year is not None and not FOUNDED_EARLIEST <= year <= today.year:
            facts = {"first": FOUNDED_EARLIEST, "last": today.year}
            yield RuleBroken("founded_year", "year_out_of_range", facts=facts)


@dataclass(frozen=True, slots=True)
class Period:
    """From a first day up to, not including, an end; without one it goes on."""

    valid_from: date
    valid_to: date | None = None

    def broken_rules(self) -> Iterator[RuleBroken]:
        """Each rule that the dates break."""
        for field, day in (("valid_from", self.valid_from), ("valid_to", self.valid_to)):
            if day is not None and not EARLIEST <= day < LATEST:
                yield RuleBroken(field, "date_out_of_range")
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            yield RuleBroken("valid_to", "end_before_start")

    def overlaps(self, other: "Period") -> bool:
        """Whether some day lies in both."""
        return (other.valid_to is None or self.valid_from < other.valid_to) and (
            self.valid_to is None or other.valid_from < self.valid_to
        )


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """A person the region can reach about an association, for a time."""

    name: str
    period: Period
    duty: str | None = None
    email: str | None = None
    phone: str | None = None

    def broken_rules(self) -> Iterator[RuleBroken]:
        """Each rule that the entry breaks. A contact that just left ends the day it began."""
        yield from _text("name", self.name, longest=PERSON_LENGTH)
        yield from _text("duty", self.duty, longest=DUTY_LENGTH)
        yield from _length("email", self.email, longest=EMAIL_LENGTH)
        yield from _length("phone", self.phone, longest=PHONE_LENGTH)
        if self.email is None and self.phone is None:
            yield RuleBroken("email", "no_way_to_reach")
        if self.period.valid_to != self.period.valid_from:
            yield from self.period.broken_rules()


@dataclass(frozen=True, slots=True)
class CommitmentEntry:
    """What an association takes on: the villages by their codes, the target as a number of `kind`.

    `details_are_meant` tells that a person has been asked whether the phone number or e-mail
    address in the public text should stand there, and has said yes.
    """

    kind: CommitmentKind
    title: str
    status: CommitmentStatus
    description: str | None = None
    village_codes: tuple[str, ...] = ()
    target: int | None = None
    due_date: date | None = None
    details_are_meant: bool = False

    def broken_rules(self) -> Iterator[RuleBroken]:
        """Each rule that the entry breaks."""
        yield from _text("title", self.title, longest=NAME_LENGTH)
        yield from _text("description", self.description, longest=DESCRIPTION_LENGTH)
        for field, text in (("title", self.title), ("description", self.description)):
            if text and not self.details_are_meant and has_contact_details(text):
                yield RuleBroken(field, "contact_details")
        if self.target is not None and not 0 < self.target <= TARGET_LARGEST:
            facts = {"largest": TARGET_LARGEST}
            yield RuleBroken("target", "target_out_of_range", facts=facts)
        if len(self.village_codes) > VILLAGES_MOST:
            yield RuleBroken("villages", "too_many_villages", facts={"largest": VILLAGES_MOST})
        if self.due_date is not None and not EARLIEST <= self.due_date < LATEST:
            yield RuleBroken("due_date", "date_out_of_range")


@dataclass(frozen=True, slots=True)
class SuccessionEntry:
    """Villages, by id, and the association each goes to from a day, with the reason.

    A merger takes all villages to `into`, and names none of them.
    """

    kind: SuccessionKind
    takes_effect: date
    reason: str
    into: int | None = None
    villages: tuple[tuple[int, int], ...] = ()

    def broken_rules(self) -> Iterator[RuleBroken]:
        """Each rule that the entry breaks."""
        if not EARLIEST <= self.takes_effect < LATEST:
            yield RuleBroken("takes_effect", "date_out_of_range")
        if not self.reason:
            yield RuleBroken("reason", "missing")
        yield from _text("reason", self.reason, longest=REASON_LENGTH)
        if self.kind is SuccessionKind.MERGE and self.into is None:
            yield RuleBroken("into", "choose")
        if self.kind is not SuccessionKind.MERGE and not self.villages:
            yield RuleBroken("villages", "choose_villages")


def _text(field: str, text: str | None, *, longest: int) -> Iterator[RuleBroken]:
    yield from _length(field, text, longest=longest)
    if text and has_personal_number(text):
        yield RuleBroken(field, "personal_number")


def _length(field: str, text: str | None, *, longest: int) -> Iterator[RuleBroken]:
    if text and len(text) > longest:
        yield RuleBroken(field, "too_long", facts={"largest": longest})
