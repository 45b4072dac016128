"""Which rows of files are stored already."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.maturity.models import SurveyReceipt
from outreach.tokens import hashed

AT_ONCE = 500


def known_receipts(session: Session, hashes: Collection[str]) -> frozenset[str]:
    """Those of the receipts' hashes that are kept."""
    asked = list(hashes)
    return frozenset(
        one
        for at in range(0, len(asked), AT_ONCE)
        for one in session.scalars(
            select(SurveyReceipt.key_hash).where(
                SurveyReceipt.key_hash.in_(asked[at : at + AT_ONCE])
            )
        )
    )


def receipt_hash(round_id: int, receipt: str) -> str:
    """What is kept of a receipt."""
    return hashed(f"{round_id} {receipt}")
