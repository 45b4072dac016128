"""Put a refused submission on record, after what it tried was rolled back."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from outreach.connections.queries.report_head import ReportHead
from outreach.database.audit import record


class Refusal(StrEnum):
    """Why a submission was not stored."""

    INVALID = "invalid"
    NOT_YOURS = "not_yours"
    CONFLICT = "conflict"
    KEY_REUSED = "key_reused"
    CLOSED = "closed"


def note_refusal(
    session: Session,
    head: ReportHead,
    why: Refusal,
    *,
    user_id: int | None,
    at: datetime,
    link_id: int | None = None,
) -> None:
    """Note that a report was not accepted, and why; what was typed is in the draft."""
    record(
        session,
        "submission_refused",
        of=("association", head.association_id),
        user_id=user_id,
        at=at,
        after={"reference_date": head.reference_date.isoformat(), "why": why.value}
        | ({} if link_id is None else {"link": link_id}),
    )
