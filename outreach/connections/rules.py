"""Connection counts: their states, what a report holds, and the rules between its figures."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from outreach.measures.classes import DwellingType
from outreach.measures.outliers import UNUSUAL, Usual
from outreach.rules import RuleBroken

LARGEST_COUNT = 1_000_000
"""No village has more; what is above is a slip of the finger."""

JUMP_SHARE = 0.20
JUMP_HOMES = 10
"""Growth by more than this many homes asks for a reason when it is unusual.

Unusual is what lies beyond the modified z-score's limit, for the village itself or among similar
ones. Where neither is known, it is growth by more than the share. The share alone would stop every
small village, the number alone every large one. Both are the house's own judgement, to be set by
what reviewers find worth asking. They also bound how much faster connected may grow than passed.
"""

SIZE_BANDS = (50, 200, 500, 2_000)
"""Dwellings that part villages by size: under 50, 50-199 … 2 000 and more; our own choice."""

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


class ReportSource(StrEnum):
    """How a version came in: typed in the form, by personal link, or out of a spreadsheet."""

    FORM = "form"
    LINK = "link"
    IMPORT = "import"


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


# What the rates rest on beside the dwellings, which a register may know as well.
RATED = frozenset({CountField.HOMES_PASSED, CountField.CONNECTED})


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
        return all(self.of(name) is None for name in CountField)

    def broken_rules(self) -> Iterator[RuleBroken]:
        """Each count that is out of bounds, or larger than the nearest stated one above it."""
        limit: tuple[CountField, int] | None = None
        for name in CountField:
            value = self.of(name)
            if value is None:
                continue
            if value < 0:
                yield RuleBroken(name, "negative")
            elif value > LARGEST_COUNT:
                yield RuleBroken(name, "too_large", facts={"largest": LARGEST_COUNT})
            elif limit is not None and value > limit[1]:
                yield RuleBroken(name, f"more_than_{limit[0]}", facts={"limit": limit[1]})
            limit = (name, value)


@dataclass(frozen=True, slots=True)
class UsualGrowth:
    """What one figure usually grows by: in the village itself, and in villages like it."""

    own: Usual | None = None
    similar: Usual | None = None


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
    """What a village's new figures are held against.

    The last approved ones, the register, and what is usual from one report to the next.
    """

    last: CountFigures | None = None
    register: int | None = None
    usual: Mapping[CountField, UsualGrowth] = field(default_factory=dict)


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
        """What may be right and calls for a reason.

        A figure left out that was known, a decrease, a jump, more new connections than homes
        passed, a differing register. Counts do go down, by demolition or merger, so none of these
        is ever refused.
        """
        if self.is_unchanged or self.figures.is_empty:
            return
        for name in CountField:
            if name is CountField.DWELLINGS and self.dwellings_source is DwellingsSource.REGISTER:
                continue
            yield from _change_doubts(name, self.figures.of(name), known)
        yield from _outpaced_doubts(self.figures, known.last)
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


def size_band(dwellings: int | None) -> int | None:
    """The band of `SIZE_BANDS` that a village is in; None where its dwellings are unknown."""
    return None if dwellings is None else bisect_right(SIZE_BANDS, dwellings)


def _change_doubts(name: CountField, value: int | None, known: Known) -> Iterator[RuleBroken]:
    before = known.last.of(name) if known.last is not None else None
    if before is None:
        return
    if value is None:
        if name in RATED:
            yield RuleBroken(name, "left_out", facts={"before": before})
        return
    facts: dict[str, int | float] = {"before": before, "after": value}
    if value < before:
        yield RuleBroken(name, "decrease", facts=facts)
    elif value - before > JUMP_HOMES:
        yield from _jump_doubts(name, facts, known.usual.get(name, UsualGrowth()))


def _jump_doubts(
    name: CountField, facts: dict[str, int | float], usual: UsualGrowth
) -> Iterator[RuleBroken]:
    grown = facts["after"] - facts["before"]
    code, scores = "jump", []
    for whose, growth in (("own", usual.own), ("similar", usual.similar)):
        if growth is None:
            continue
        code += f"_{whose}"
        scores.append(growth.z(grown))
        facts |= {
            "grown": grown,
            f"{whose}_low": round(growth.low),
            f"{whose}_high": round(growth.high),
            f"{whose}_z": round(scores[-1], 1),
        }
    if max(scores) > UNUSUAL if scores else grown > JUMP_SHARE * facts["before"]:
        yield RuleBroken(name, code, facts=facts)


def _outpaced_doubts(figures: CountFigures, last: CountFigures | None) -> Iterator[RuleBroken]:
    """Connected grew faster than passed, and by more than the homes passed before explain.

    What is connected beyond the newly passed was passed before and waited. That some of those
    connect is as it should be: asked about is more than the homes that a jump takes, and more
    than a jump's share of all that waited.
    """
    if last is None or figures.connected is None or figures.homes_passed is None:
        return
    if last.connected is None or last.homes_passed is None:
        return
    connected = figures.connected - last.connected
    passed = figures.homes_passed - last.homes_passed
    left = last.homes_passed - last.connected
    if connected > 0 and connected - passed > max(JUMP_HOMES, JUMP_SHARE * left):
        facts = {"connected": connected, "passed": passed, "left": left}
        yield RuleBroken(CountField.CONNECTED, "outpaced", facts=facts)


def _register_doubts(value: int | None, register: int | None) -> Iterator[RuleBroken]:
    if value is None or register is None or abs(value - register) <= REGISTER_SHARE * register:
        return
    facts = {"register": register, "after": value}
    yield RuleBroken(CountField.DWELLINGS, "unlike_register", facts=facts)
