"""Rows of an import's file, what becomes of them, and the versions that were made of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.associations.models import Association
from outreach.connections.models import ConnectionReport, ReportVersion
from outreach.connections.queries.grid import RowKey
from outreach.connections.queries.last_counts import OwnKey
from outreach.database.ordering import swedish_order
from outreach.exchange.models import ImportRow, ImportVersion
from outreach.exchange.rules import CellFault, Column, RowOutcome, Tally
from outreach.files.values import Cell
from outreach.places.models import Village
from outreach.web.paging import Paging


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of the sheet with what becomes of it, and what it says by the form's fields."""

    number: int
    outcome: RowOutcome
    association: str | None
    village: str | None
    cells: tuple[Cell, ...]
    faults: tuple[CellFault, ...]
    key: OwnKey | None
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TakenRows:
    """Rows of one association, and the version of its report that they were held against."""

    base_number: int
    texts: dict[RowKey, dict[str, str]]


@dataclass(frozen=True, slots=True)
class MadeVersion:
    """A report version that an import made."""

    version_id: int
    replaced_id: int | None
    association_id: int
    association: str
    receipt: str


def tally(session: Session, run_id: int) -> Tally:
    """How many rows became what."""
    rows = session.execute(
        select(ImportRow.outcome, func.count().label("rows"))
        .where(ImportRow.run_id == run_id)
        .group_by(ImportRow.outcome)
    )
    return Tally(**{row.outcome.value: row.rows for row in rows})


def rows_of(
    session: Session,
    run_id: int,
    *,
    outcome: RowOutcome | None = None,
    paging: Paging | None = None,
) -> list[RowShown]:
    """The rows in the sheet's order, one page of them or all."""
    query = (
        select(
            ImportRow.number,
            ImportRow.outcome,
            Association.name.label("association"),
            Village.name.label("village"),
            ImportRow.cells,
            ImportRow.faults,
            ImportRow.association_id,
            ImportRow.village_id,
            ImportRow.dwelling_type,
            ImportRow.texts,
        )
        .outerjoin(Association, Association.id == ImportRow.association_id)
        .outerjoin(Village, Village.id == ImportRow.village_id)
        .where(ImportRow.run_id == run_id)
        .order_by(ImportRow.number)
    )
    if outcome is not None:
        query = query.where(ImportRow.outcome == outcome)
    if paging is not None:
        query = query.offset(paging.offset).limit(paging.size)
    return [
        RowShown(
            row.number,
            row.outcome,
            row.association,
            row.village,
            tuple(json.loads(row.cells)),
            faults_from(row.faults),
            (row.association_id, row.village_id, row.dwelling_type) if row.village_id else None,
            json.loads(row.texts),
        )
        for row in session.execute(query)
    ]


def taken_rows(session: Session, run_id: int) -> dict[int, TakenRows]:
    """What the good rows that change something say, by association."""
    rows = session.execute(
        select(
            ImportRow.association_id,
            ImportRow.village_id,
            ImportRow.dwelling_type,
            ImportRow.base_number,
            ImportRow.texts,
        )
        .where(
            ImportRow.run_id == run_id,
            ImportRow.outcome.in_([RowOutcome.NEW, RowOutcome.CHANGED]),
        )
        .order_by(ImportRow.association_id, ImportRow.number)
    )
    found: dict[int, TakenRows] = {}
    for association_id, village_id, kind, base_number, texts in rows:
        if association_id is not None and village_id is not None and kind is not None:
            taken = found.setdefault(association_id, TakenRows(base_number or 0, {}))
            taken.texts[village_id, kind] = json.loads(texts)
    return found


def taken_texts(session: Session, run_id: int) -> list[dict[str, str]]:
    """What the good rows of survey answers say."""
    rows = session.scalars(
        select(ImportRow.texts)
        .where(ImportRow.run_id == run_id, ImportRow.outcome == RowOutcome.NEW)
        .order_by(ImportRow.number)
    )
    return [json.loads(texts) for texts in rows]


def versions_of(session: Session, run_id: int) -> list[MadeVersion]:
    """The versions that an import made, by the association's name."""
    rows = session.execute(
        select(
            ImportVersion.version_id,
            ImportVersion.replaced_id,
            Association.id,
            Association.name,
            ReportVersion.receipt,
        )
        .join(ReportVersion, ReportVersion.id == ImportVersion.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(Association, Association.id == ConnectionReport.association_id)
        .where(ImportVersion.run_id == run_id)
        .order_by(swedish_order(Association.name), Association.id)
    )
    return [MadeVersion(*row) for row in rows]


def faults_from(text: str) -> tuple[CellFault, ...]:
    """The faults of a row as they are kept."""
    return tuple(
        CellFault(message, Column(column) if column else None, *place)
        for column, message, *place in json.loads(text)
    )
