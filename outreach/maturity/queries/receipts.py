"""Which rows of files are stored already."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.maturity.models import SurveyReceipt

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
