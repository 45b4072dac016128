"""Counting address points into villages: what a file may say, and what is left of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

REFUSALS_SHOWN = 200
"""Refused rows that are named one by one; the others are counted."""
LARGEST_DWELLINGS = 10_000
"""At one address; more is a slip of the pen."""


class CountState(StrEnum):
    """Where the counting of a file stands. The file exists while it waits or is counted."""

    WAITING = "waiting"
    COUNTING = "counting"
    UNREADABLE = "unreadable"
    COUNTED = "counted"
    HANDED_ON = "handed_on"
    LOST = "lost"


AT_WORK = frozenset({CountState.WAITING, CountState.COUNTING})


@dataclass(frozen=True, slots=True)
class Village:
    """A village as counts are kept of it."""

    code: str
    name: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Sums:
    """What the addresses of one village, or of none, add up to.

    `homes_passed` and `connected` are None where the file has no such column.
    """

    addresses: int = 0
    dwellings: int = 0
    homes_passed: int | None = None
    connected: int | None = None


@dataclass(frozen=True, slots=True)
class VillageSums:
    """A village with its sums.

    `is_circle` where its outline isn't known; `is_reported` where the person reports for it.
    """

    village: Village
    sums: Sums
    is_circle: bool = False
    is_reported: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that isn't counted: its number as a spreadsheet counts, and the reason's code."""

    row: int
    code: str
    column: str | None = None
    facts: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counted:
    """All that is kept of a file: sums by village, those outside, and refused rows."""

    villages: Sequence[VillageSums] = ()
    outside: Sums = field(default_factory=Sums)
    refused: Sequence[Refusal] = ()
    refused_all: int = 0
    without_zone: Sequence[Village] = ()
    """Villages that the person reports for and that have neither an outline nor an area."""

    @property
    def reported(self) -> list[VillageSums]:
        """The villages that the person reports for."""
        return [each for each in self.villages if each.is_reported]
