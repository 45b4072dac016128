"""A version's counts beside those that count without it, village by village."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ReportingRound,
    ReportVersion,
)
from outreach.connections.rules import CountFigures, ReportState
from outreach.database.ordering import swedish_order
from outreach.measures.classes import DwellingType
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure and the one that counted before; a first figure changes nothing."""

    after: int | None
    before: int | None
    is_first: bool

    @property
    def is_changed(self) -> bool:
        """Whether it differs from an earlier one."""
        return not self.is_first and self.after != self.before

    @property
    def is_decrease(self) -> bool:
        """Whether there are fewer than before."""
        return self.after is not None and self.before is not None and self.after < self.before


@dataclass(frozen=True, slots=True)
class StatedCount:
    """One stored count with where and when it belongs."""

    version_id: int
    number: int
    association_id: int
    reference_date: date
    village_id: int
    village_code: str
    village: str
    municipality: str
    dwelling_type: DwellingType
    figures: CountFigures
    is_unchanged: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class VillageComparison:
    """What a version says of a village, and what was approved before it."""

    village_id: int
    village_code: str
    village: str
    municipality: str
    dwelling_type: DwellingType
    after: CountFigures
    before: CountFigures | None
    before_date: date | None
    is_unchanged: bool
    reason: str | None

    @property
    def is_changed(self) -> bool:
        """Whether any figure differs from the one that counts; a first figure does."""
        return self.after != self.before

    @property
    def figures(self) -> tuple[FigureChange, ...]:
        """Dwellings, homes passed, connected and active, each beside the one before."""
        names = ("dwellings", "homes_passed", "connected", "active")
        return tuple(
            FigureChange(
                getattr(self.after, name),
                getattr(self.before, name) if self.before else None,
                is_first=self.before is None,
            )
            for name in names
        )


class Compared(Protocol):
    """What must be known of the version that is compared."""

    @property
    def id(self) -> int:
        """Its id."""
        ...

    @property
    def association_id(self) -> int:
        """Whose it is."""
        ...

    @property
    def reference_date(self) -> date:
        """The date it speaks of."""
        ...


def counts_of(session: Session, version_ids: Collection[int]) -> list[StatedCount]:
    """All counts of the versions, by village name."""
    query = stated().where(ReportVersion.id.in_(version_ids))
    return _rows(
        session,
        query.order_by(swedish_order(Village.name), Village.id, ConnectionCount.dwelling_type),
    )


def in_force_before(session: Session, association_ids: Collection[int]) -> list[StatedCount]:
    """All approved counts of the associations, the newest first."""
    query = stated().where(
        ConnectionReport.association_id.in_(association_ids),
        ReportVersion.state == ReportState.APPROVED,
    )
    return _rows(session, query.order_by(ReportingRound.reference_date.desc(), ReportVersion.id))


def compared(
    counts: Iterable[StatedCount], approved: Iterable[StatedCount], *, head: Compared
) -> list[VillageComparison]:
    """The version's counts, each beside the association's newest approved one up to its date."""
    newest: dict[tuple[int, DwellingType], StatedCount] = {}
    for count in approved:
        is_other = count.version_id != head.id and count.association_id == head.association_id
        if is_other and count.reference_date <= head.reference_date:
            newest.setdefault((count.village_id, count.dwelling_type), count)
    return [
        beside(count, newest.get((count.village_id, count.dwelling_type)))
        for count in counts
        if count.version_id == head.id
    ]


def beside(count: StatedCount, before: StatedCount | None) -> VillageComparison:
    """A village's count, next to what was said of it before."""
    return VillageComparison(
        village_id=count.village_id,
        village_code=count.village_code,
        village=count.village,
        municipality=count.municipality,
        dwelling_type=count.dwelling_type,
        after=count.figures,
        before=before.figures if before else None,
        before_date=before.reference_date if before else None,
        is_unchanged=count.is_unchanged,
        reason=count.reason,
    )


def stated() -> Select[*tuple[object, ...]]:
    """The columns of `stated_count` for all counts, to be filtered and ordered."""
    return (
        select(
            ReportVersion.id.label("version_id"),
            ReportVersion.number,
            ConnectionReport.association_id,
            ReportingRound.reference_date,
            ConnectionCount.village_id,
            Village.code.label("village_code"),
            Village.name.label("village"),
            MUNICIPALITY_NAME.label("municipality"),
            ConnectionCount.dwelling_type,
            ConnectionCount.dwellings,
            ConnectionCount.homes_passed,
            ConnectionCount.connected,
            ConnectionCount.active,
            ConnectionCount.is_unchanged,
            ConnectionCount.reason,
        )
        .join(ReportVersion, ReportVersion.id == ConnectionCount.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(ReportingRound, ReportingRound.id == ConnectionReport.round_id)
        .join(Village, Village.id == ConnectionCount.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
    )


def stated_count(row: Row[*tuple[object, ...]]) -> StatedCount:
    """The count of a row of `stated`."""
    return StatedCount(
        version_id=row.version_id,
        number=row.number,
        association_id=row.association_id,
        reference_date=row.reference_date,
        village_id=row.village_id,
        village_code=row.village_code,
        village=row.village,
        municipality=row.municipality,
        dwelling_type=row.dwelling_type,
        figures=CountFigures(row.dwellings, row.homes_passed, row.connected, row.active),
        is_unchanged=row.is_unchanged,
        reason=row.reason,
    )


def _rows(session: Session, query: Select[*tuple[object, ...]]) -> list[StatedCount]:
    return [stated_count(row) for row in session.execute(query)]
