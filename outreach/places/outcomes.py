"""What became of a file: told to whoever imports it, row by row where something is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from outreach.files.faults import Fault
from outreach.places.queries.stored import NamedVillage


@dataclass(slots=True)
class Stored:
    """Codes of what was written, how many rows changed nothing, and what couldn't be stored."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    village_ids: list[int] = field(default_factory=list)

    def refuse(self, reason: str, row: int, **facts: str | float) -> None:
        """Note a row that can't be stored."""
        self.refused.append(Fault(reason, row, facts=facts))

    def warn(self, reason: str, row: int, **facts: str | float) -> None:
        """Note something about a row that was stored."""
        self.warnings.append(Fault(reason, row, facts=facts))


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The summary of one import.

    `missing` are localities that an earlier file of the same municipalities had and this one
    hasn't: they stay. `affected` are the ids of villages that are new or changed.
    """

    new: Sequence[str]
    changed: Sequence[str]
    unchanged: int
    refused: Sequence[Fault]
    warnings: Sequence[Fault]
    missing: Sequence[NamedVillage] = ()
    affected: Sequence[int] = ()

    @property
    def refused_rows(self) -> int:
        """How many rows were refused; a row with two faults counts once."""
        return len({one.row for one in self.refused})

    @property
    def writes(self) -> bool:
        """Whether anything is new or different."""
        return bool(self.new or self.changed)
