"""The villages of an area on one date, and one village on every date."""

from collections.abc import Iterator
from datetime import date
from sys import intern

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from outreach.connections.models import VillageStatus
from outreach.connections.queries.known import PRESENT, Published
from outreach.connections.rules import VillageState
from outreach.database.ordering import swedish_order
from outreach.gap.queries.area import within
from outreach.gap.rules import Area, StatusRow
from outreach.measures.classes import fine_class_of
from outreach.measures.disclosure import Cell
from outreach.measures.rates import Counts
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME

ROWS_AT_ONCE = 2_000
"""Rows read at a time; more would take memory that the process then keeps."""


def villages_on(
    session: Session, area: Area, *, day: date, published: Published = PRESENT
) -> Iterator[StatusRow]:
    """All villages of the area on one date, reported or not, in Swedish order of their names.

    To be read once, as they come from the database: a country's are too many to hold twice.
    """
    query = (
        _rows(published.rows)
        .where(
            within(area, published.rows, published.dwellings), published.rows.reference_date == day
        )
        .order_by(swedish_order(Village.name), Village.code)
    )
    rows = session.execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
    return map(_status_row, rows)


def village_history(
    session: Session, village_id: int, published: Published = PRESENT
) -> list[tuple[date, StatusRow]]:
    """One village on every date, oldest first."""
    status = published.rows
    query = (
        _rows(status)
        .where(status.village_id == village_id, status.dwelling_type == published.dwellings)
        .order_by(status.reference_date)
    )
    return [(row.reference_date, _status_row(row)) for row in session.execute(query)]


def cells(session: Session, county_code: str, published: Published = PRESENT) -> list[Cell]:
    """All that is reported of a county on every date: what disclosure control judges together."""
    status = published.rows
    rows = session.execute(
        select(
            status.village_id,
            status.reference_date,
            status.municipality_code,
            status.settlement_class,
            status.inhabitants,
            status.dwellings,
            status.homes_passed,
            status.connected,
            status.active,
        ).where(
            status.county_code == county_code,
            status.dwelling_type == published.dwellings,
        ),
        execution_options={"yield_per": ROWS_AT_ONCE},
    )
    # Each date and code once: a county has ten thousands of cells, and some dozens of these.
    days: dict[date, date] = {}
    codes: dict[str, str] = {}
    return [
        Cell(
            village,
            days.setdefault(day, day),
            county_code,
            codes.setdefault(code, code),
            fine_class_of(settlement_class, inhabitants=inhabitants),
            *counts,
        )
        for village, day, code, settlement_class, inhabitants, *counts in rows
    ]


def _rows(status: type[VillageStatus]) -> Select[*tuple[object, ...]]:
    return (
        select(
            status.reference_date,
            status.village_id,
            Village.code,
            Village.name,
            status.municipality_code,
            MUNICIPALITY_NAME.label("municipality_name"),
            status.county_code,
            status.settlement_class,
            status.inhabitants,
            status.register_dwellings,
            status.state,
            status.reported_on,
            status.dwellings,
            status.homes_passed,
            status.connected,
            status.active,
        )
        .join(Village, Village.id == status.village_id)
        .join(Municipality, Municipality.code == status.municipality_code)
    )


def _status_row(row: Row[*tuple[object, ...]]) -> StatusRow:
    return StatusRow(
        village_id=row.village_id,
        code=row.code,
        name=row.name,
        # Thousands of villages name a few hundred municipalities.
        municipality_code=intern(row.municipality_code),
        municipality_name=intern(row.municipality_name),
        county_code=intern(row.county_code),
        settlement_class=row.settlement_class,
        fine_class=fine_class_of(row.settlement_class, inhabitants=row.inhabitants),
        inhabitants=row.inhabitants,
        register_dwellings=row.register_dwellings,
        is_expected=row.state is not VillageState.NOT_EXPECTED,
        is_carried_forward=row.state is VillageState.CARRIED_FORWARD,
        reported_on=row.reported_on,
        counts=Counts(row.dwellings, row.homes_passed, row.connected, row.active),
    )
