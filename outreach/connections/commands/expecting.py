"""Who is expected to report what in a round: made from the villages served, then edited."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, insert, literal, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association, ServedVillage
from outreach.associations.queries.conditions import served_on
from outreach.associations.rules import AssociationStatus
from outreach.connections.commands.holding import held_round
from outreach.connections.models import ExpectedPair, ReportingRound
from outreach.connections.round_states import RoundAction, checked_reason
from outreach.database import UtcDateTime
from outreach.database.audit import record
from outreach.places.models import Village
from outreach.rules import RuleBroken

GONE = frozenset({AssociationStatus.MERGED, AssociationStatus.DISSOLVED})
"""Nobody is left to report, also where the register has not yet ended what they served."""


def expect_served(session: Session, round_id: int, *, at: datetime) -> int:
    """Expect every village of the associations that serve it on the round's date; how many pairs.

    Pairs that are expected already stay as they are.
    """
    is_expected = select(ExpectedPair.id).where(
        ExpectedPair.round_id == round_id,
        ExpectedPair.association_id == ServedVillage.association_id,
        ExpectedPair.village_id == ServedVillage.village_id,
    )
    served = (
        select(
            ReportingRound.id,
            ServedVillage.association_id,
            ServedVillage.village_id,
            literal(at, UtcDateTime),
        )
        .select_from(ReportingRound)
        .join(ServedVillage, served_on(ReportingRound.reference_date))
        .join(Association, Association.id == ServedVillage.association_id)
        .where(
            ReportingRound.id == round_id,
            Association.status.not_in(sorted(GONE)),
            ~is_expected.exists(),
        )
        .distinct()
    )
    columns = ("round_id", "association_id", "village_id", "added_at")
    session.execute(insert(ExpectedPair).from_select(columns, served))
    counted = select(func.count(ExpectedPair.id)).where(ExpectedPair.round_id == round_id)
    return session.scalar(counted) or 0


@dataclass(frozen=True, slots=True)
class Pair:
    """An association and a village in a round."""

    round_id: int
    association_id: int
    village_id: int


def add_pair(session: Session, pair: Pair, *, reason: str, by: Reach, at: datetime) -> bool:
    """Expect the association to report the village as well; False where it was already.

    The caller has found the association within reach. Raises RoundActionRefused or RuleBroken.
    """
    because = checked_reason(reason)
    held_round(session, pair.round_id, RoundAction.EXPECT, by=by)
    if session.get(Village, pair.village_id) is None:
        raise RuleBroken("village", "village_unknown")
    if session.scalar(select(ExpectedPair.id).where(_is(pair))) is not None:
        return False
    session.add(
        ExpectedPair(
            round_id=pair.round_id,
            association_id=pair.association_id,
            village_id=pair.village_id,
            reason=because,
            added_by_id=by.user_id,
            added_at=at,
        )
    )
    session.flush()
    _record(session, "expected_pair_added", pair, reason=because, by=by, at=at)
    return True


def remove_pair(session: Session, pair: Pair, *, reason: str, by: Reach, at: datetime) -> bool:
    """Expect the association to report the village no more; False where it was not.

    The caller has found the association within reach. The reason stays in the audit. Raises
    RoundActionRefused or RuleBroken.
    """
    because = checked_reason(reason)
    held_round(session, pair.round_id, RoundAction.EXPECT, by=by)
    found = session.scalars(select(ExpectedPair).where(_is(pair))).one_or_none()
    if found is None:
        return False
    session.delete(found)
    session.flush()
    _record(session, "expected_pair_removed", pair, reason=because, by=by, at=at)
    return True


def _is(pair: Pair) -> ColumnElement[bool]:
    return and_(
        ExpectedPair.round_id == pair.round_id,
        ExpectedPair.association_id == pair.association_id,
        ExpectedPair.village_id == pair.village_id,
    )


def _record(
    session: Session, action: str, pair: Pair, *, reason: str, by: Reach, at: datetime
) -> None:
    facts = {"association_id": pair.association_id, "village_id": pair.village_id}
    record(
        session,
        action,
        of=("reporting_round", pair.round_id),
        user_id=by.user_id,
        at=at,
        before=facts if action == "expected_pair_removed" else None,
        after=facts | {"reason": reason},
    )
