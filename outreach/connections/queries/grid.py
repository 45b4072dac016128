"""The rows of the reporting form: each village with what is known of it already."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from outreach.associations.models import ServedVillage
from outreach.associations.queries.conditions import served_on
from outreach.connections.models import (
    ConnectionCount,
    ExpectedPair,
)
from outreach.connections.queries.as_of import PERMANENT, Slice, register_as_of
from outreach.connections.queries.last_counts import last_approved
from outreach.connections.queries.report_head import ReportHead
from outreach.connections.queries.taken_over import counts_taken_over
from outreach.connections.queries.usual import usual_growth
from outreach.connections.rules import (
    CountEntry,
    CountField,
    CountFigures,
    DwellingsSource,
    Known,
    UsualGrowth,
)
from outreach.database.ordering import swedish_order
from outreach.measures.classes import DwellingType
from outreach.measures.outliers import Usual
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME

RowKey: TypeAlias = tuple[int, DwellingType]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One village and dwelling type of the form; `last` is its newest approved count.

    `village` is its name, with the code where the form has two of that name in a municipality.
    """

    village_id: int
    code: str
    village: str
    municipality: str
    dwelling_type: DwellingType
    register: int | None
    last: CountFigures | None
    last_date: date | None
    last_source: DwellingsSource = DwellingsSource.REPORTER
    usual: Mapping[CountField, UsualGrowth] = field(default_factory=dict)

    @property
    def key(self) -> RowKey:
        """What tells the row from the others."""
        return self.village_id, self.dwelling_type

    @property
    def known(self) -> Known:
        """What new figures are held against."""
        return Known(self.last, self.register, self.usual)

    @property
    def usual_growth(self) -> dict[str, dict[str, list[float]]]:
        """What is usual, for the page: by field and by whose, median, spread, low and high."""
        return {
            name.value: held
            for name, growth in self.usual.items()
            if (held := _held(own=growth.own, similar=growth.similar))
        }


@dataclass(frozen=True, slots=True)
class _Place:
    id: int
    code: str
    name: str
    municipality: str


def _held(**by: Usual | None) -> dict[str, list[float]]:
    return {
        whose: [growth.median, float(f"{growth.scale:.8g}"), round(growth.low), round(growth.high)]
        for whose, growth in by.items()
        if growth is not None
    }


def grid_rows(session: Session, head: ReportHead) -> list[GridRow]:
    """The villages that the association serves on the reference date or is expected to report.

    Permanent homes in every village, and the other types where the association has an approved
    count of them: a report is a snapshot, and leaving them out would drop them. A village taken
    over begins with what its networks had together, so that "unchanged" drops nothing.
    """
    own = last_approved(session, [head.association_id], up_to=head.reference_date)
    last = {key[1:]: count for key, count in own.items()} | counts_taken_over(session, head)
    villages = _villages(session, head)
    ids = [village.id for village in villages]
    types = sorted({PERMANENT, *(kind for _, kind in last)})
    register = {
        kind: registered(session, Slice(head.reference_date, date.min, kind, ids)) for kind in types
    }
    usual = usual_growth(session, head.association_id, before=head.reference_date, villages=ids)
    return [
        GridRow(
            village_id=village.id,
            code=village.code,
            village=village.name,
            municipality=village.municipality,
            dwelling_type=kind,
            register=register[kind].get(village.id),
            last=held.figures if (held := last.get((village.id, kind))) else None,
            last_date=held.on if held else None,
            last_source=held.source if held else DwellingsSource.REPORTER,
            usual=usual.get((village.id, kind), {}) if held else {},
        )
        for village in villages
        for kind in types
        if kind is PERMANENT or (village.id, kind) in last
    ]


def _villages(session: Session, head: ReportHead) -> list[_Place]:
    """The villages by name, with the code where that alone does not tell them apart."""
    served = select(ServedVillage.village_id).where(
        ServedVillage.association_id == head.association_id, served_on(head.reference_date)
    )
    expected = select(ExpectedPair.village_id).where(
        ExpectedPair.association_id == head.association_id, ExpectedPair.round_id == head.round_id
    )
    rows = session.execute(
        select(Village.id, Village.code, Village.name, MUNICIPALITY_NAME.label("municipality"))
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(or_(Village.id.in_(served), Village.id.in_(expected)))
        .order_by(swedish_order(Village.name), Village.code)
    )
    found = [_Place(*row) for row in rows]
    named = Counter((one.name, one.municipality) for one in found)
    return [
        one
        if named[one.name, one.municipality] == 1
        else replace(one, name=f"{one.name} ({one.code})")
        for one in found
    ]


def counts_stated(session: Session, version_id: int) -> dict[RowKey, CountEntry]:
    """What one version says, by village and dwelling type."""
    rows = session.execute(
        select(
            ConnectionCount.village_id,
            ConnectionCount.dwelling_type,
            ConnectionCount.dwellings,
            ConnectionCount.homes_passed,
            ConnectionCount.connected,
            ConnectionCount.active,
            ConnectionCount.dwellings_source,
            ConnectionCount.is_unchanged,
            ConnectionCount.reason,
        ).where(ConnectionCount.version_id == version_id)
    )
    return {
        (row.village_id, row.dwelling_type): CountEntry(
            village_id=row.village_id,
            dwelling_type=row.dwelling_type,
            figures=CountFigures(row.dwellings, row.homes_passed, row.connected, row.active),
            dwellings_source=row.dwellings_source,
            is_unchanged=row.is_unchanged,
            reason=row.reason,
        )
        for row in rows
    }


def registered(session: Session, part: Slice) -> Mapping[int, int]:
    """The register's dwellings by village."""
    register = register_as_of(part)
    rows = session.execute(select(register.c.village_id, register.c.dwellings))
    return {row.village_id: row.dwellings for row in rows}
