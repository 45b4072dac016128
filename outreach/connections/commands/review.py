"""Approve a version or return it with a note, each exactly once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.connections.commands.publish import Period, rebuild
from outreach.connections.models import (
    ConnectionCount,
    ConnectionReport,
    ReportingRound,
    ReportVersion,
)
from outreach.connections.queries.corrections import RoundEffect, effects_of
from outreach.connections.record_models import RoundCorrection
from outreach.connections.rules import ReportState
from outreach.connections.states import OUTCOMES, Action
from outreach.database.audit import record


class AlreadyDecided(Exception):
    """Somebody else decided about this version first, or a newer one has replaced it."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who decides, with what they reach, and when."""

    reach: Reach
    at: datetime


@dataclass(frozen=True, slots=True)
class _Decided:
    """What has to be published anew after a decision."""

    villages: frozenset[int]
    on: date


def approve(session: Session, version_id: int, *, by: Reviewer, carry_forward_months: int) -> None:
    """Make a submitted version the one that counts and publish it, all in one transaction.

    The caller has found the version within the reviewer's reach. The version approved before
    counts until this moment and is superseded now. Raises AlreadyDecided.
    """
    months = carry_forward_months
    decided = _approve_one(session, version_id, by=by, carry_forward_months=months)
    rebuild(
        session,
        village_ids=decided.villages,
        reported=Period(decided.on, decided.on),
        carry_forward_months=months,
        at=by.at,
    )


def approve_all(
    session: Session, version_ids: Sequence[int], *, by: Reviewer, carry_forward_months: int
) -> list[int]:
    """Approve those of the versions that still wait; which ones. Publishes once for all."""
    done: list[tuple[int, _Decided]] = []
    for version_id in sorted(set(version_ids)):
        try:
            decided = _approve_one(
                session, version_id, by=by, carry_forward_months=carry_forward_months
            )
            done.append((version_id, decided))
        except AlreadyDecided:
            continue
    if done:
        rebuild(
            session,
            village_ids=frozenset[int]().union(*(decided.villages for _, decided in done)),
            reported=Period(
                min(decided.on for _, decided in done), max(decided.on for _, decided in done)
            ),
            carry_forward_months=carry_forward_months,
            at=by.at,
        )
    return [version_id for version_id, _ in done]


def return_to_reporter(session: Session, version_id: int, *, note: str, by: Reviewer) -> None:
    """Send a submitted version back with a note; what was approved before still counts.

    The caller tells the reporter by e-mail. Raises AlreadyDecided.
    """
    _decide(session, version_id, Action.RETURN, by=by, note=note)


def _approve_one(
    session: Session, version_id: int, *, by: Reviewer, carry_forward_months: int
) -> _Decided:
    effects = effects_of(session, version_id, carry_forward_months=carry_forward_months)
    _decide(session, version_id, Action.APPROVE, by=by, note=None)
    report_id, on = session.execute(
        select(ReportVersion.report_id, ReportingRound.reference_date)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(ReportingRound, ReportingRound.id == ConnectionReport.round_id)
        .where(ReportVersion.id == version_id)
    ).one()
    replaced = list(
        session.scalars(
            update(ReportVersion)
            .where(
                ReportVersion.report_id == report_id,
                ReportVersion.id != version_id,
                ReportVersion.state == ReportState.APPROVED,
            )
            .values(state=ReportState.SUPERSEDED)
            .returning(ReportVersion.id),
            execution_options={"synchronize_session": False},
        )
    )
    session.add_all(_noted(effect, version_id, at=by.at) for effect in effects)
    return _Decided(_villages(session, [version_id, *replaced]), on)


def _noted(effect: RoundEffect, version_id: int, *, at: datetime) -> RoundCorrection:
    return RoundCorrection(
        round_id=effect.round_id,
        version_id=version_id,
        villages=effect.villages,
        homes_passed_before=effect.homes_passed.before,
        homes_passed_after=effect.homes_passed.after,
        connected_before=effect.connected.before,
        connected_after=effect.connected.after,
        noted_at=at,
    )


def _decide(
    session: Session, version_id: int, action: Action, *, by: Reviewer, note: str | None
) -> None:
    """Change the state if, and only if, it still is submitted: one of many deciders wins."""
    before = ReportState.SUBMITTED
    after = OUTCOMES[before, action]
    changed = session.scalars(
        update(ReportVersion)
        .where(ReportVersion.id == version_id, ReportVersion.state == before)
        .values(state=after, decided_by_id=by.reach.user_id, decided_at=by.at, decision_note=note)
        .returning(ReportVersion.id),
        execution_options={"synchronize_session": False},
    ).all()
    if not changed:
        raise AlreadyDecided(version_id)
    session.expire_all()
    record(
        session,
        action.value,
        of=("report_version", version_id),
        user_id=by.reach.user_id,
        at=by.at,
        before={"state": before.value},
        after={"state": after.value} | ({"note": note} if note else {}),
    )


def _villages(session: Session, version_ids: Collection[int]) -> frozenset[int]:
    return frozenset(
        session.scalars(
            select(ConnectionCount.village_id).where(ConnectionCount.version_id.in_(version_ids))
        )
    )
