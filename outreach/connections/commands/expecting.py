"""Who is expected to report what in a round: made from the villages served, then edited."""

from datetime import datetime

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from outreach.associations.models import Association, ServedVillage
from outreach.associations.queries.conditions import served_on
from outreach.associations.rules import AssociationStatus
from outreach.connections.models import ExpectedPair, ReportingRound
from outreach.database import UtcDateTime

GONE = frozenset({AssociationStatus.MERGED, AssociationStatus.DISSOLVED})
"""Nobody is left to report, also where the register has not yet ended what they served."""


def expect_served(session: Session, round_id: int, *, at: datetime) -> None:
    """Expect every village of the associations that serve it on the round's date.

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
