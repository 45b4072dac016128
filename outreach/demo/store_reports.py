"""Stores the demonstration's reporting rounds and reports with all their versions."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import TypeAlias

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from outreach.connections.commands.expecting import expect_served
from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ReportingRound,
    ReportVersion,
)
from outreach.connections.rules import RoundState
from outreach.demo.entries import CountEntry, DemoRegion, VersionEntry
from outreach.demo.holidays import holiday_homes
from outreach.measures.classes import DwellingType

ReportKey: TypeAlias = tuple[str, date]
Values: TypeAlias = dict[str, str | int | bool | date | datetime | None]


def store_reports(
    session: Session,
    region: DemoRegion,
    *,
    village_ids: Mapping[str, int],
    association_ids: Mapping[str, int],
    reporter_ids: Mapping[str, int],
    staff_id: int,
) -> int:
    """Insert rounds, reports, versions and counts; gives the number of counts.

    `reporter_ids` has the user that reports for an association, by its key; what the others sent
    has no author, as if it had come in a file. Staff decided.
    """
    rounds = _store_rounds(session, region)
    reports = _store_report_rows(session, region, rounds=rounds, association_ids=association_ids)
    versions = [
        (report, version, _receipt(number))
        for number, (report, version) in enumerate(
            ((r, v) for r in region.reports for v in r.versions), start=1
        )
    ]
    session.execute(
        insert(ReportVersion),
        [
            _version(version, receipt=receipt)
            | {
                "report_id": reports[report.association, report.reference_date],
                "submitted_by_id": reporter_ids.get(report.association),
                "decided_by_id": staff_id if version.decided_at else None,
            }
            for report, version, receipt in versions
        ],
    )
    ids = dict(session.execute(select(ReportVersion.receipt, ReportVersion.id)).all())
    counts = [
        _count(count, kind) | {"version_id": ids[receipt], "village_id": village_ids[count.village]}
        for _, version, receipt in versions
        for permanent in version.counts
        for kind, count in (
            (DwellingType.permanent, permanent),
            (DwellingType.holiday, holiday_homes(permanent)),
        )
        if count is not None
    ]
    session.execute(insert(ConnectionCount), counts)
    return len(counts)


def _store_rounds(session: Session, region: DemoRegion) -> dict[date, int]:
    session.execute(
        insert(ReportingRound),
        [
            {
                "reference_date": entry.reference_date,
                "due_date": entry.due_date,
                "closed_at": entry.closed_at,
                "opened_at": _opened_at(entry.reference_date),
                "state": RoundState.CLOSED if entry.closed_at else RoundState.OPEN,
            }
            for entry in region.rounds
        ],
    )
    rows = session.execute(select(ReportingRound.reference_date, ReportingRound.id))
    rounds = dict(rows.all())
    for reference_date, round_id in rounds.items():
        expect_served(session, round_id, at=_opened_at(reference_date))
    return rounds


def _opened_at(reference_date: date) -> datetime:
    return datetime.combine(reference_date, time(7), UTC)


def _store_report_rows(
    session: Session,
    region: DemoRegion,
    *,
    rounds: Mapping[date, int],
    association_ids: Mapping[str, int],
) -> dict[ReportKey, int]:
    session.execute(
        insert(ConnectionReport),
        [
            {
                "association_id": association_ids[report.association],
                "round_id": rounds[report.reference_date],
                "created_at": report.versions[0].submitted_at,
            }
            for report in region.reports
        ],
    )
    rows = session.execute(
        select(ConnectionReport.association_id, ConnectionReport.round_id, ConnectionReport.id)
    )
    ids = {(association, its_round): key for association, its_round, key in rows}
    return {
        (report.association, report.reference_date): ids[
            association_ids[report.association], rounds[report.reference_date]
        ]
        for report in region.reports
    }


def _version(version: VersionEntry, *, receipt: str) -> Values:
    return {
        "number": version.number,
        "receipt": receipt,
        "state": version.state,
        "submitted_at": version.submitted_at,
        "submission_key": receipt,
        "content_hash": hashlib.sha256(repr(version.counts).encode()).hexdigest(),
        "comment": version.comment,
        "warnings": version.warnings,
        "decided_at": version.decided_at,
        "decision_note": version.decision_note,
    }


def _count(count: CountEntry, kind: DwellingType) -> Values:
    return {
        "dwelling_type": kind,
        "dwellings": count.dwellings,
        "dwellings_source": count.dwellings_source,
        "homes_passed": count.homes_passed,
        "connected": count.connected,
        "active": count.active,
        "is_unchanged": count.is_unchanged,
        "reason": count.reason,
    }


def _receipt(number: int) -> str:
    return f"DEMO-{number:05d}"
