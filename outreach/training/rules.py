"""Training sessions: their closed sets, what is logged of one, and the rules on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from outreach.measures.digcomp import DigCompArea
from outreach.personal_data import has_contact_details, has_personal_number
from outreach.rules import RuleBroken

NAME_MAXIMUM = 160
TITLE_MAXIMUM = 160
INVITATION_MAXIMUM = 400
NOTES_MAXIMUM = 2000
PEOPLE_LARGEST = 5000
"""More people in one session than any assembly hall holds is a slip of the finger."""
MINUTES_LARGEST = 1000 * 60
EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 1, 1)


class OrganisationKind(StrEnum):
    """What sort of organisation holds sessions."""

    STUDY_ASSOCIATION = "study_association"
    PENSIONERS_ASSOCIATION = "pensioners_association"
    LIBRARY = "library"
    VILLAGE_ASSOCIATION = "village_association"
    OTHER = "other"


class SessionState(StrEnum):
    """Whether a session lies ahead, took place, or was called off."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class SessionForm(StrEnum):
    """How people meet."""

    COURSE = "course"
    DROP_IN = "drop_in"
    CIRCLE = "circle"
    HOME_VISIT = "home_visit"
    ONLINE = "online"


class Who(StrEnum):
    """Those who came to learn, and those who helped them."""

    LEARNERS = "learners"
    HELPERS = "helpers"


class AgeGroup(StrEnum):
    """Ages in years; `ALL` where a count was not made by age."""

    TO_24 = "to_24"
    FROM_25 = "25_44"
    FROM_45 = "45_64"
    FROM_65 = "65_79"
    FROM_80 = "80_on"
    ALL = "all"


class Sex(StrEnum):
    """Women, men, other or unknown; `ALL` where a count was not made by sex."""

    WOMEN = "women"
    MEN = "men"
    OTHER = "other"
    ALL = "all"


AGES = tuple(age for age in AgeGroup if age is not AgeGroup.ALL)
SEXES = tuple(sex for sex in Sex if sex is not Sex.ALL)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of people of one age group and sex, either of which may be `ALL`, not both."""

    who: Who
    age: AgeGroup
    sex: Sex
    people: int


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """How many said that they manage an area, before and after; None where nobody asked."""

    area: DigCompArea
    before: int | None
    after: int | None


def total_of(head_count: int | None, counted: tuple[Counted, ...], who: Who) -> int | None:
    """The larger of the head count and what a breakdown adds up to; None if nothing was counted.

    A breakdown may be partial: of an age group the larger counts of its own number and the sum
    over sexes, and the other way round.
    """
    of_them = [row for row in counted if row.who is who]
    sums = [head_count, _sum(of_them, by_age=True), _sum(of_them, by_age=False)]
    known = [number for number in sums if number is not None]
    return max(known) if known else None


def _sum(rows: list[Counted], *, by_age: bool) -> int | None:
    margins: dict[str, int] = {}
    cells: dict[str, int] = {}
    for row in rows:
        group, other = (row.age, row.sex) if by_age else (row.sex, row.age)
        if group.value == "all":
            continue
        if other.value == "all":
            margins[group] = row.people
        else:
            cells[group] = cells.get(group, 0) + row.people
    groups = margins.keys() | cells.keys()
    if not groups:
        return None
    return sum(max(margins.get(group, 0), cells.get(group, 0)) for group in groups)


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session as it is planned or logged. None is "not counted" or "not stated", never zero.

    `head_count` is of learners alone; leaders and volunteers are counted apart, and volunteer
    minutes are entered, never inferred. `is_uncounted` says that whoever logs it knows that nobody
    counted. `details_are_meant` that a person was asked about a phone number or an e-mail address
    in the texts, and meant it.
    """

    organisation_id: int
    day: date
    state: SessionState
    village_code: str | None = None
    venue_id: int | None = None
    programme_id: int | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    form: SessionForm | None = None
    topics: tuple[DigCompArea, ...] = ()
    title: str | None = None
    invitation: str | None = None
    head_count: int | None = None
    first_timers: int | None = None
    leaders: int | None = None
    volunteers: int | None = None
    volunteer_minutes: int | None = None
    waiting_list: int | None = None
    counted: tuple[Counted, ...] = ()
    before_answered: int | None = None
    after_answered: int | None = None
    checks: tuple[SelfCheck, ...] = ()
    notes: str | None = None
    is_uncounted: bool = False
    details_are_meant: bool = False

    @property
    def learners(self) -> int | None:
        """How many came to learn, as far as anybody counted."""
        return total_of(self.head_count, self.counted, Who.LEARNERS)

    def broken_rules(self, *, today: date) -> Iterator[RuleBroken]:
        """Each rule that the entry breaks on a day."""
        yield from self._day_rules(today)
        yield from self._count_rules()
        yield from self._check_rules()
        for field, text, longest in (
            ("title", self.title, TITLE_MAXIMUM),
            ("invitation", self.invitation, INVITATION_MAXIMUM),
            ("notes", self.notes, NOTES_MAXIMUM),
        ):
            yield from text_rules(
                field, text, longest=longest, details_are_meant=self.details_are_meant
            )

    def _day_rules(self, today: date) -> Iterator[RuleBroken]:
        if not EARLIEST <= self.day < LATEST:
            yield RuleBroken("date", "date_out_of_range")
        if self.state is SessionState.HELD and self.day > today:
            yield RuleBroken("date", "held_in_future")
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            yield RuleBroken("ends_at", "end_before_start")
        if self.ends_at and not self.starts_at:
            yield RuleBroken("starts_at", "end_without_start")
        is_somewhere = self.village_code is not None or self.venue_id is not None
        needs_place = self.state is SessionState.HELD and self.form is not SessionForm.ONLINE
        if needs_place and not is_somewhere:
            yield RuleBroken("place", "choose_place")

    def _count_rules(self) -> Iterator[RuleBroken]:
        counts = (
            ("head_count", self.head_count),
            ("first_timers", self.first_timers),
            ("leaders", self.leaders),
            ("volunteers", self.volunteers),
            ("waiting_list", self.waiting_list),
            ("before_answered", self.before_answered),
            ("after_answered", self.after_answered),
            *((field_of(row), row.people) for row in self.counted),
        )
        for field, people in counts:
            if people is not None and not 0 <= people <= PEOPLE_LARGEST:
                yield RuleBroken(field, "too_many_people", facts={"largest": PEOPLE_LARGEST})
        if self.volunteer_minutes is not None and self.volunteer_minutes > MINUTES_LARGEST:
            yield RuleBroken("volunteer_hours", "too_many_hours")
        learners = self.learners
        if self.state is not SessionState.HELD:
            if learners is not None:
                yield RuleBroken("head_count", "counted_but_not_held")
            return
        if learners is None and not self.is_uncounted:
            yield RuleBroken("head_count", "count_or_say")
        if self.first_timers is not None and learners is not None and self.first_timers > learners:
            yield RuleBroken("first_timers", "more_than_learners")

    def _check_rules(self) -> Iterator[RuleBroken]:
        for check in self.checks:
            for moment, managed, answered in (
                ("before", check.before, self.before_answered),
                ("after", check.after, self.after_answered),
            ):
                if managed is not None and (answered is None or managed > answered):
                    yield RuleBroken(f"{moment}_{check.area.value}", "more_than_answered")


def field_of(row: Counted) -> str:
    """The name of a count's field in the form: learners_65_79, learners_women, helpers_80_on …"""
    parts = [row.who.value]
    if row.age is not AgeGroup.ALL:
        parts.append(row.age.value)
    if row.sex is not Sex.ALL:
        parts.append(row.sex.value)
    return "_".join(parts)


def text_rules(
    field: str, text: str | None, *, longest: int, details_are_meant: bool
) -> Iterator[RuleBroken]:
    """What free text must not hold; about phone numbers and addresses the writer is asked."""
    if not text:
        return
    if len(text) > longest:
        yield RuleBroken(field, "too_long", facts={"largest": longest})
    if has_personal_number(text):
        yield RuleBroken(field, "personal_number")
    elif not details_are_meant and has_contact_details(text):
        yield RuleBroken(field, "contact_details")


def checked_key(text: str) -> str:
    """A client's key in its one spelling; RuleBroken if it is no UUID."""
    try:
        key = str(UUID(text))
    except ValueError as error:
        raise RuleBroken("key", "not_a_key") from error
    if key != text.lower():
        raise RuleBroken("key", "not_a_key")
    return key
