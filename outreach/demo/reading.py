"""Reads the committed files of `facts/` into frozen facts."""

import csv
import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypedDict, TypeVar

from outreach.associations.rules import (
    AssociationStatus,
    CommitmentKind,
    CommitmentStatus,
    LegalForm,
)
from outreach.connections.rules import ReportState
from outreach.demo.facts import (
    Association,
    ClassChange,
    Commitment,
    Contact,
    Correction,
    Event,
    Facts,
    Measure,
    Municipality,
    OpenRound,
    Place,
    Target,
)
from outreach.measures.classes import SettlementClass

FOLDER = Path(__file__).parent / "facts"
T = TypeVar("T")
Row = Mapping[str, str]


class _CountyText(TypedDict):
    code: str
    name: str


class _MunicipalityText(TypedDict):
    code: str
    name: str
    inhabitants: dict[str, int]
    outline: list[list[tuple[int, int]]]


class _RegionText(TypedDict):
    county: _CountyText
    municipalities: list[_MunicipalityText]


class _ContactText(TypedDict):
    name: str
    duty: str
    email: str
    phone: str


class _CommitmentText(TypedDict):
    kind: str
    title: str
    description: str
    villages: list[str]
    target: int | None
    due_date: str
    status: str


class _AssociationText(TypedDict):
    key: str
    name: str
    organisation_number: str
    legal_form: str
    status: str
    founded_year: int
    network_operator: str
    communication_operator: str
    first_connected_year: int
    counts_active: bool
    counts_dwellings: bool
    reported_last_round: bool
    open_round: str
    contacts: list[_ContactText]
    villages: list[str]
    commitments: list[_CommitmentText]


def read_facts(folder: Path = FOLDER) -> Facts:
    """The facts of the demonstration region, in the order of their files."""
    region: _RegionText = json.loads((folder / "municipalities.json").read_text("utf-8"))
    associations: list[_AssociationText] = json.loads(
        (folder / "associations.json").read_text("utf-8")
    )
    return Facts(
        county_code=region["county"]["code"],
        county_name=region["county"]["name"],
        municipalities=tuple(_municipality(text) for text in region["municipalities"]),
        places=_rows(folder / "localities.csv", _place) + _rows(folder / "villages.csv", _place),
        class_changes=_rows(folder / "classes.csv", _class_change),
        targets=_rows(folder / "targets.csv", _target),
        events=_rows(folder / "events.csv", _event),
        corrections=_rows(folder / "corrections.csv", _correction),
        associations=tuple(_association(text) for text in associations),
    )


def _rows(path: Path, parse: Callable[[Row], T]) -> tuple[T, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(parse(row) for row in csv.DictReader(file))


def _municipality(text: _MunicipalityText) -> Municipality:
    return Municipality(
        code=text["code"],
        name=text["name"],
        inhabitants={int(year): count for year, count in text["inhabitants"].items()},
        outline=tuple(tuple((east, north) for east, north in ring) for ring in text["outline"]),
    )


def _place(row: Row) -> Place:
    area = row.get("area_hectares")
    return Place(
        code=row["code"],
        name=row["name"],
        municipality=row["municipality"],
        east=int(row["east"]),
        north=int(row["north"]),
        settlement_class=SettlementClass(row.get("settlement_class", SettlementClass.tatort)),
        inhabitants_2020=int(row["inhabitants_2020"]),
        area_hectares=int(area) if area else None,
    )


def _class_change(row: Row) -> ClassChange:
    return ClassChange(
        village=row["village"],
        delimitation_year=int(row["delimitation_year"]),
        settlement_class=SettlementClass(row["settlement_class"]),
        inhabitants=int(row["inhabitants"]),
    )


def _target(row: Row) -> Target:
    return Target(
        area=row["area"],
        measure=Measure(row["measure"]),
        year=int(row["year"]),
        percent=Decimal(row["percent"]),
        is_published=row["source"] == "published",
    )


def _year(text: str) -> int | None:
    return None if text == "open" else int(text)


def _event(row: Row) -> Event:
    return Event(
        village=row["village"],
        year=_year(row["year"]),
        dwellings=int(row["dwellings"]),
        connected=int(row["connected"]),
        reason=row["reason"],
    )


def _correction(row: Row) -> Correction:
    return Correction(
        association=row["association"],
        year=_year(row["year"]),
        state=ReportState(row["state"]),
        village=row["village"],
        connected=int(row["connected"]),
        note=row["note"],
    )


def _commitment(text: _CommitmentText) -> Commitment:
    return Commitment(
        kind=CommitmentKind(text["kind"]),
        title=text["title"],
        description=text["description"],
        villages=tuple(text["villages"]),
        target=text["target"],
        due_date=date.fromisoformat(text["due_date"]),
        status=CommitmentStatus(text["status"]),
    )


def _association(text: _AssociationText) -> Association:
    return Association(
        key=text["key"],
        name=text["name"],
        organisation_number=text["organisation_number"],
        legal_form=LegalForm(text["legal_form"]),
        status=AssociationStatus(text["status"]),
        founded_year=text["founded_year"],
        network_operator=text["network_operator"],
        communication_operator=text["communication_operator"],
        first_connected_year=text["first_connected_year"],
        counts_active=text["counts_active"],
        counts_dwellings=text["counts_dwellings"],
        reported_last_round=text["reported_last_round"],
        open_round=OpenRound(text["open_round"]),
        contacts=tuple(Contact(**contact) for contact in text["contacts"]),
        villages=tuple(text["villages"]),
        commitments=tuple(_commitment(commitment) for commitment in text["commitments"]),
    )
