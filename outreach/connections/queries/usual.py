"""What a village usually grows by from one report to the next, and what villages like it do."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ReportingRound,
    ReportVersion,
    VillageStatus,
)
from outreach.connections.queries.as_of import PERMANENT
from outreach.connections.queries.figures import says_something
from outreach.connections.rules import (
    CountField,
    CountFigures,
    ReportState,
    UsualGrowth,
    VillageState,
    size_band,
)
from outreach.measures.classes import DwellingType, SettlementClass
from outreach.measures.outliers import FEWEST_POINTS, usual
from outreach.places.models import Municipality, Village

SIMILAR_DATES = 3
"""How many of the latest reference dates tell what similar villages do."""

Key: TypeAlias = tuple[int, DwellingType]
Growths: TypeAlias = Mapping[CountField, Sequence[int]]
_Kind: TypeAlias = tuple[str, SettlementClass | None, int | None]


@dataclass(frozen=True, slots=True)
class _Published:
    on: date
    kind: _Kind
    associations: int
    is_reported: bool
    figures: CountFigures


def usual_growth(
    session: Session, association_id: int, *, before: date, villages: Collection[int]
) -> dict[Key, dict[CountField, UsualGrowth]]:
    """What is usual for each village and field before a reference date; two statements.

    A village's own growth is that of the association's approved counts, from one reference date
    to the next that it reported for. Villages are similar when county, settlement class and size
    band are the same; their growth is taken from published figures of permanent homes, and from
    at least `FEWEST_POINTS` other villages, so that it tells nothing of any one of them.
    """
    own = _own(session, association_id, before=before, villages=villages)
    similar = _similar(session, before=before, villages=villages)
    found: dict[Key, dict[CountField, UsualGrowth]] = {}
    for key in {*own, *((village_id, PERMANENT) for village_id in similar)}:
        mine = own.get(key, {})
        theirs = similar.get(key[0], {}) if key[1] is PERMANENT else {}
        found[key] = {
            field: UsualGrowth(usual(mine.get(field, ())), usual(theirs.get(field, ())))
            for field in CountField
        }
    return found


def _own(
    session: Session, association_id: int, *, before: date, villages: Collection[int]
) -> dict[Key, Growths]:
    rows = session.execute(
        select(
            ConnectionCount.village_id,
            ConnectionCount.dwelling_type,
            ConnectionCount.dwellings,
            ConnectionCount.homes_passed,
            ConnectionCount.connected,
            ConnectionCount.active,
        )
        .join(ReportVersion, ReportVersion.id == ConnectionCount.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(ReportingRound, ReportingRound.id == ConnectionReport.round_id)
        .where(
            ConnectionReport.association_id == association_id,
            ReportVersion.state == ReportState.APPROVED,
            ReportingRound.reference_date < before,
            ConnectionCount.village_id.in_(villages),
            says_something(),
        )
        .order_by(ReportingRound.reference_date)
    )
    series: dict[Key, list[CountFigures]] = defaultdict(list)
    for row in rows:
        series[row.village_id, row.dwelling_type].append(CountFigures(*row[2:]))
    return {key: _growths(list(pairwise(figures))) for key, figures in series.items()}


def _similar(
    session: Session, *, before: date, villages: Collection[int]
) -> dict[int, dict[CountField, list[int]]]:
    published = _published(session, before=before, villages=villages)
    kinds = {village_id: rows[-1].kind for village_id, rows in published.items()}
    by_kind: dict[_Kind, dict[int, Growths]] = defaultdict(dict)
    for village_id, rows in published.items():
        steps = [(old.figures, new.figures) for old, new in pairwise(rows) if _is_step(old, new)]
        if steps:
            by_kind[kinds[village_id]][village_id] = _growths(steps)
    return {
        village_id: _of_others(by_kind[kinds[village_id]], village_id)
        for village_id in villages
        if village_id in kinds and None not in kinds[village_id]
    }


def _is_step(old: _Published, new: _Published) -> bool:
    # Another association coming in or leaving is no growth of the village.
    return old.is_reported and new.is_reported and old.associations == new.associations


def _of_others(growths: Mapping[int, Growths], village_id: int) -> dict[CountField, list[int]]:
    others = [growth for other, growth in growths.items() if other != village_id]
    return {
        field: [step for growth in others for step in growth[field]]
        for field in CountField
        if sum(bool(growth[field]) for growth in others) >= FEWEST_POINTS
    }


def _published(
    session: Session, *, before: date, villages: Collection[int]
) -> dict[int, list[_Published]]:
    found: dict[int, list[_Published]] = defaultdict(list)
    for row in session.execute(_rows_before(before, villages)):
        kind = (row.county_code, row.settlement_class, size_band(row.register_dwellings))
        is_reported = row.state is VillageState.REPORTED
        figures = CountFigures(row.dwellings, row.homes_passed, row.connected, row.active)
        found[row.village_id].append(
            _Published(row.reference_date, kind, row.associations, is_reported, figures)
        )
    return found


def _rows_before(before: date, villages: Collection[int]) -> Select[*tuple[object, ...]]:
    """The villages' rows, and those reported in their counties, on the dates held against."""
    dates = (
        select(ReportingRound.reference_date)
        .where(ReportingRound.reference_date < before)
        .order_by(ReportingRound.reference_date.desc())
        .limit(SIMILAR_DATES)
    )
    counties = (
        select(Municipality.county_code)
        .join(Village, Village.municipality_code == Municipality.code)
        .where(Village.id.in_(villages))
    )
    return (
        select(
            VillageStatus.village_id,
            VillageStatus.reference_date,
            VillageStatus.county_code,
            VillageStatus.settlement_class,
            VillageStatus.register_dwellings,
            VillageStatus.associations,
            VillageStatus.state,
            VillageStatus.dwellings,
            VillageStatus.homes_passed,
            VillageStatus.connected,
            VillageStatus.active,
        )
        .where(
            VillageStatus.reference_date.in_(dates),
            VillageStatus.dwelling_type == PERMANENT,
            VillageStatus.county_code.in_(counties),
            or_(
                VillageStatus.state == VillageState.REPORTED, VillageStatus.village_id.in_(villages)
            ),
        )
        .order_by(VillageStatus.reference_date)
    )


def _growths(steps: Sequence[tuple[CountFigures, CountFigures]]) -> dict[CountField, list[int]]:
    return {
        field: [
            now - then
            for old, new in steps
            if (then := old.of(field)) is not None and (now := new.of(field)) is not None
        ]
        for field in CountField
    }
