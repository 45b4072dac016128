"""What a version changes of rounds that are frozen: before it is approved, and afterwards."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session, aliased

from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.associations.queries.conditions import staffed_by
from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ReportingRound,
    ReportVersion,
    VillageStatus,
)
from outreach.connections.periods import months_before
from outreach.connections.queries.as_of import PERMANENT, Slice
from outreach.connections.queries.status_rows import status_rows
from outreach.connections.record_models import RoundCorrection
from outreach.connections.rules import ReportState, RoundState

FIGURES = ("dwellings", "homes_passed", "connected", "active")


@dataclass(frozen=True, slots=True)
class Moved:
    """A sum before and after; None where it isn't known."""

    before: int | None
    after: int | None

    @property
    def by(self) -> int | None:
        """How many more there are."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class RoundEffect:
    """What a version changes of one frozen round: sums over the villages whose figures change."""

    round_id: int
    reference_date: date
    villages: int
    homes_passed: Moved
    connected: Moved


@dataclass(frozen=True, slots=True)
class Correction:
    """A version that was approved after the round was frozen, with what it changed."""

    version_id: int
    number: int
    association: str
    report_date: date
    noted_at: datetime
    effect: RoundEffect


def effects_of(
    session: Session, version_id: int, *, carry_forward_months: int
) -> list[RoundEffect]:
    """What approving a version that waits would change of frozen rounds, the oldest first.

    Of permanent homes. Empty for a version that is decided. The rounds are that of the report and
    later ones that its figures are carried forward to.
    """
    head = session.execute(
        select(ReportVersion.report_id, ReportVersion.state, ReportingRound.reference_date)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(ReportingRound, ReportingRound.id == ConnectionReport.round_id)
        .where(ReportVersion.id == version_id)
    ).one_or_none()
    if head is None or head.state is not ReportState.SUBMITTED:
        return []
    frozen = session.execute(
        select(ReportingRound.id, ReportingRound.reference_date)
        .where(
            ReportingRound.state == RoundState.FROZEN,
            ReportingRound.reference_date >= head.reference_date,
        )
        .order_by(ReportingRound.reference_date)
    ).all()
    found = []
    for round_id, on in frozen:
        oldest = months_before(on, carry_forward_months)
        if head.reference_date < oldest:
            continue
        ids = _villages(session, (version_id, head.report_id))
        part = Slice(on, oldest, PERMANENT, ids, (version_id, head.report_id))
        effect = _effect(session, part, on=on, round_id=round_id)
        if effect is not None:
            found.append(effect)
    return found


def effects_noted(session: Session, version_id: int) -> list[RoundEffect]:
    """What a version did change when it was approved, the oldest round first."""
    query = (
        select(RoundCorrection, ReportingRound.reference_date)
        .join(ReportingRound, ReportingRound.id == RoundCorrection.round_id)
        .where(RoundCorrection.version_id == version_id)
        .order_by(ReportingRound.reference_date)
    )
    return [_noted(row.RoundCorrection, row.reference_date) for row in session.execute(query)]


def effects_by_version(
    session: Session, version_ids: Collection[int]
) -> Mapping[int, list[RoundEffect]]:
    """The same of several versions in one query; a version that changed no round is left out."""
    query = (
        select(RoundCorrection, ReportingRound.reference_date)
        .join(ReportingRound, ReportingRound.id == RoundCorrection.round_id)
        .where(RoundCorrection.version_id.in_(version_ids))
        .order_by(RoundCorrection.version_id, ReportingRound.reference_date)
    )
    found: dict[int, list[RoundEffect]] = defaultdict(list)
    for row in session.execute(query):
        noted = row.RoundCorrection
        found[noted.version_id].append(_noted(noted, row.reference_date))
    return dict(found)


def corrections_of(session: Session, round_id: int, *, reach: Reach) -> list[Correction]:
    """The corrections since a round was frozen, of associations in reach, the newest first."""
    reported_for = aliased(ReportingRound)
    query = (
        select(
            RoundCorrection,
            ReportingRound.reference_date,
            ReportVersion.number,
            Association.name,
            reported_for.reference_date.label("report_date"),
        )
        .join(ReportingRound, ReportingRound.id == RoundCorrection.round_id)
        .join(ReportVersion, ReportVersion.id == RoundCorrection.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(reported_for, reported_for.id == ConnectionReport.round_id)
        .join(Association, Association.id == ConnectionReport.association_id)
        .where(RoundCorrection.round_id == round_id, staffed_by(reach))
        .order_by(RoundCorrection.noted_at.desc(), RoundCorrection.id.desc())
    )
    return [
        Correction(
            version_id=row.RoundCorrection.version_id,
            number=row.number,
            association=row.name,
            report_date=row.report_date,
            noted_at=row.RoundCorrection.noted_at,
            effect=_noted(row.RoundCorrection, row.reference_date),
        )
        for row in session.execute(query)
    ]


def _villages(session: Session, of: tuple[int, int]) -> frozenset[int]:
    """The villages that the version speaks of, or the approved one that it would replace."""
    version_id, report_id = of
    return frozenset(
        session.scalars(
            select(ConnectionCount.village_id)
            .join(ReportVersion, ReportVersion.id == ConnectionCount.version_id)
            .where(
                ReportVersion.report_id == report_id,
                (ReportVersion.id == version_id) | (ReportVersion.state == ReportState.APPROVED),
            )
        )
    )


def _effect(session: Session, part: Slice, *, on: date, round_id: int) -> RoundEffect | None:
    after = {
        row["village_id"]: _figures(row) for row in session.execute(status_rows(part)).mappings()
    }
    now = session.execute(
        select(
            VillageStatus.village_id,
            VillageStatus.dwellings,
            VillageStatus.homes_passed,
            VillageStatus.connected,
            VillageStatus.active,
        ).where(
            VillageStatus.reference_date == on,
            VillageStatus.dwelling_type == part.dwelling_type,
            VillageStatus.village_id.in_(after),
        )
    )
    before = {row["village_id"]: _figures(row) for row in now.mappings()}
    changed = [key for key, figures in after.items() if before.get(key) != figures]
    if not changed:
        return None
    nothing: Mapping[str, int | None] = dict.fromkeys(FIGURES)
    olds = [before.get(key, nothing) for key in changed]
    news = [after[key] for key in changed]

    def moved(name: str) -> Moved:
        return Moved(_total(one[name] for one in olds), _total(one[name] for one in news))

    return RoundEffect(round_id, on, len(changed), moved("homes_passed"), moved("connected"))


def _figures(row: RowMapping) -> Mapping[str, int | None]:
    return {name: row[name] for name in FIGURES}


def _total(values: Iterable[int | None]) -> int | None:
    """The sum; None where one of them is unknown."""
    known = list(values)
    return None if None in known else sum(value for value in known if value is not None)


def _noted(row: RoundCorrection, reference_date: date) -> RoundEffect:
    return RoundEffect(
        row.round_id,
        reference_date,
        row.villages,
        Moved(row.homes_passed_before, row.homes_passed_after),
        Moved(row.connected_before, row.connected_after),
    )
