"""What the demonstration region is made of, as read from the files in `facts/` (see SOURCES.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from outreach.associations.rules import (
    AssociationStatus,
    CommitmentKind,
    CommitmentStatus,
    LegalForm,
)
from outreach.connections.rules import ReportState
from outreach.measures.classes import SettlementClass

Ring = tuple[tuple[int, int], ...]


class Measure(StrEnum):
    """What a target is a share of: dwellings of the area, or of its rural villages (`pts`)."""

    CONNECTED = "connected"
    PASSED = "passed"
    RURAL_CONNECTED = "rural_connected"


class OpenRound(StrEnum):
    """How far an association has come in the round that is open."""

    NOT_STARTED = "not_started"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality: inhabitants by year, and its outer rings in metres, EPSG:3006."""

    code: str
    name: str
    inhabitants: Mapping[int, int]
    outline: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A locality (with an area) or another village, in metres, EPSG:3006."""

    code: str
    name: str
    municipality: str
    east: int
    north: int
    settlement_class: SettlementClass
    inhabitants_2020: int
    area_hectares: int | None


@dataclass(frozen=True, slots=True)
class ClassChange:
    """A delimitation that gives a place another class than its usual one."""

    village: str
    delimitation_year: int
    settlement_class: SettlementClass
    inhabitants: int


@dataclass(frozen=True, slots=True)
class Target:
    """A share that the generated counts of an area have to show, in percent with its decimals."""

    area: str
    measure: Measure
    year: int
    percent: Decimal
    is_published: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something that changed a village's dwellings or connections. Year None is the open round."""

    village: str
    year: int | None
    dwellings: int
    connected: int
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A first version of a report that was wrong by `connected` in one village."""

    association: str
    year: int | None
    state: ReportState
    village: str
    connected: int
    note: str


@dataclass(frozen=True, slots=True)
class Contact:
    """An invented contact of an invented association."""

    name: str
    duty: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """An invented commitment."""

    kind: CommitmentKind
    title: str
    description: str
    villages: tuple[str, ...]
    target: int | None
    due_date: date
    status: CommitmentStatus


@dataclass(frozen=True, slots=True)
class Association:
    """An invented association, how it reports, and the codes of the villages it serves."""

    key: str
    name: str
    organisation_number: str
    legal_form: LegalForm
    status: AssociationStatus
    founded_year: int
    network_operator: str
    communication_operator: str
    first_connected_year: int
    counts_active: bool
    counts_dwellings: bool
    reported_last_round: bool
    open_round: OpenRound
    contacts: tuple[Contact, ...]
    villages: tuple[str, ...]
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything in `facts/`."""

    county_code: str
    county_name: str
    municipalities: tuple[Municipality, ...]
    places: tuple[Place, ...]
    class_changes: tuple[ClassChange, ...]
    targets: tuple[Target, ...]
    events: tuple[Event, ...]
    corrections: tuple[Correction, ...]
    associations: tuple[Association, ...]
