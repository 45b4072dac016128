"""What the generator gives: rows for the database that know no database."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from outreach.connections.rules import DwellingsSource, ReportState
from outreach.measures.classes import SettlementClass


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """The class that one delimitation gives a village."""

    village: str
    delimitation_year: int
    valid_from: date
    settlement_class: SettlementClass
    source: str


@dataclass(frozen=True, slots=True)
class PopulationEntry:
    """A village's inhabitants on one date; the area only where SCB gives one."""

    village: str
    reference_date: date
    inhabitants: int
    area_hectares: int | None
    source: str


@dataclass(frozen=True, slots=True)
class DwellingsEntry:
    """A village's permanent dwellings on one date, by the register."""

    village: str
    reference_date: date
    dwellings: int
    source: str


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """A reporting round; one that is open has no closing time."""

    reference_date: date
    due_date: date
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CountEntry:
    """What one association counted in one village."""

    village: str
    dwellings: int
    dwellings_source: DwellingsSource
    homes_passed: int
    connected: int
    active: int | None
    is_unchanged: bool
    reason: str | None

    def miscounted(self, by: int) -> "CountEntry":
        """The same count with too many or too few connected, still in a possible order."""
        connected = max(0, min(self.connected + by, self.homes_passed))
        active = None if self.active is None else min(self.active, connected)
        return replace(self, connected=connected, active=active, is_unchanged=False, reason=None)


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """One submitted version of a report and what staff decided about it."""

    number: int
    state: ReportState
    submitted_at: datetime
    decided_at: datetime | None
    decision_note: str | None
    comment: str | None
    warnings: int
    counts: tuple[CountEntry, ...]


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One association's report for one round, with its versions in order."""

    association: str
    reference_date: date
    versions: tuple[VersionEntry, ...]


@dataclass(frozen=True, slots=True)
class DemoRegion:
    """The generated part of the demonstration: everything that the facts don't state."""

    classes: tuple[ClassEntry, ...]
    populations: tuple[PopulationEntry, ...]
    dwellings: tuple[DwellingsEntry, ...]
    rounds: tuple[RoundEntry, ...]
    reports: tuple[ReportEntry, ...]
