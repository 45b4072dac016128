"""Connection counts: their states, what a report holds, and the rules between its figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from outreach.measures.classes import DwellingType
from outreach.rules import RuleBroken

LARGEST_COUNT = 1_000_000
"""No village has more; what is above is a slip of the finger."""

JUMP_SHARE = 0.20
JUMP_HOMES = 10
"""A figure that grows by more than this share *and* this many homes asks for a reason.

The share alone would stop every small village, the number alone every large one. Both are the
house's own judgement, to be set by what reviewers find worth asking.
"""

REGISTER_SHARE = 0.20
"""Dwellings that differ from the register by more than this share ask for a reason."""

REASON_MAXIMUM = 500
COMMENT_MAXIMUM = 2000


class ReportState(StrEnum):
    """Where one version of a report stands."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


class RoundState(StrEnum):
    """Where a reporting round stands; see `round_states` for what may happen in each."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    FROZEN = "frozen"


class DwellingsSource(StrEnum):
    """Whose figure the denominator of a count is."""

    REGISTER = "register"
    REPORTER = "reporter"


class VillageState(StrEnum):
    """What is known of a village on a reference date, before disclosure control."""

    REPORTED = "reported"
    CARRIED_FORWARD = "carried_forward"
    MISSING = "missing"
    NOT_EXPECTED = "not_expected"


class CountField(StrEnum):
    """The four counts, from the largest to the smallest: each is within the one before."""

    DWELLINGS = "dwellings"
    HOMES_PASSED = "homes_passed"
    CONNECTED = "connected"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class CountFigures:
    """The four counts of a village; None where nothing was stated, which is not 0."""

    dwellings: int | None = None
    homes_passed: int | None = None
    connected: int | None = None
    active: int | None = None

    def of(self, field: CountField) -> int | None:
        """One of the four."""
        figures = {
            CountField.DWELLINGS: self.dwellings,
            CountField.HOMES_PASSED: self.homes_passed,
            CountField.CONNECTED: self.connected,
            CountField.ACTIVE: self.active,
        }
        return figures[field]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is stated."""
        return all(self.of(field) is None for field in CountField)

    def broken_rules(self) -> Iterator[RuleBroken]:
        """Each count that is out of bounds, or larger than the nearest stated one above it."""
        limit: tuple[CountField, int] | None = None
        for field in CountField:
            value = self.of(field)
            if value is None:
                continue
            if value < 0:
                yield RuleBroken(field, "negative")
            elif value > LARGEST_COUNT:
                yield RuleBroken(field, "too_large", facts={"largest": LARGEST_COUNT})
            elif limit is not None and value > limit[1]:
                yield RuleBroken(field, f"more_than_{limit[0]}", facts={"limit": limit[1]})
            limit = (field, value)


def together(one: CountFigures, other: CountFigures) -> CountFigures:
    """Two networks in one village as one: counts summed, dwellings not, overlaps bounded.

    What one of them left blank is unknown of both.
    """
    stated = [value for value in (one.dwellings, other.dwellings) if value is not None]
    counted = [value for each in (one, other) for value in (each.homes_passed, each.connected)]
    dwellings = max([*stated, *(value or 0 for value in counted)]) if stated else None
    passed = _least(_sum(one.homes_passed, other.homes_passed), dwellings)
    connected = _least(_sum(one.connected, other.connected), passed, dwellings)
    return CountFigures(
        dwellings, passed, connected, _least(_sum(one.active, other.active), connected)
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What a village's new figures are held against: the last approved ones and the register."""

    last: CountFigures | None = None
    register: int | None = None


@dataclass(frozen=True, slots=True)
class CountEntry:
    """What a report says of one village and dwelling type.

    The source of the dwellings is the register where the reporter left them blank.
    """

    village_id: int
    dwelling_type: DwellingType
    figures: CountFigures
    dwellings_source: DwellingsSource = DwellingsSource.REPORTER
    is_unchanged: bool = False
    reason: str | None = None

    def doubts(self, known: Known) -> Iterator[RuleBroken]:
        """What may be right and calls for a reason: a decrease, a jump, a differing register.

        Counts do go down, by demolition or merger, so none of these is ever refused.
        """
        if self.is_unchanged:
            return
        for field in CountField:
            if field is CountField.DWELLINGS and self.dwellings_source is DwellingsSource.REGISTER:
                continue
            yield from _change_doubts(field, self.figures.of(field), known.last)
        if self.dwellings_source is DwellingsSource.REPORTER:
            yield from _register_doubts(self.figures.dwellings, known.register)


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report as it is submitted: the villages that something is said of, and a comment."""

    counts: tuple[CountEntry, ...]
    comment: str | None = None
    doubts: int = 0


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _least(value: int | None, *limits: int | None) -> int | None:
    return value if value is None else min([value, *(n for n in limits if n is not None)])


def _change_doubts(
    field: CountField, value: int | None, last: CountFigures | None
) -> Iterator[RuleBroken]:
    before = last.of(field) if last is not None else None
    if value is None or before is None:
        return
    facts = {"before": before, "after": value}
    if value < before:
        yield RuleBroken(field, "decrease", facts=facts)
    elif value - before > JUMP_HOMES and value - before > JUMP_SHARE * before:
        yield RuleBroken(field, "jump", facts=facts)


def _register_doubts(value: int | None, register: int | None) -> Iterator[RuleBroken]:
    if value is None or register is None or abs(value - register) <= REGISTER_SHARE * register:
        return
    facts = {"register": register, "after": value}
    yield RuleBroken(CountField.DWELLINGS, "unlike_register", facts=facts)
