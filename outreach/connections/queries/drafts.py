"""What people have typed and not yet submitted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.connections.link_models import ReportLink
from outreach.connections.models import ReportDraft
from outreach.connections.queries.report_head import ReportHead


@dataclass(frozen=True, slots=True)
class Draft:
    """One person's draft: the texts by field name, and the version it builds on."""

    user_id: int | None
    name: str
    texts: Mapping[str, str]
    base_number: int
    saved_at: datetime


def drafts_of(session: Session, head: ReportHead) -> list[Draft]:
    """All users' drafts of one report, the newest first."""
    rows = session.execute(
        select(
            ReportDraft.user_id,
            User.name,
            ReportDraft.typed,
            ReportDraft.base_number,
            ReportDraft.saved_at,
        )
        .join(User, User.id == ReportDraft.user_id)
        .where(
            ReportDraft.association_id == head.association_id,
            ReportDraft.round_id == head.round_id,
        )
        .order_by(ReportDraft.saved_at.desc(), ReportDraft.id)
    )
    return [
        Draft(row.user_id, row.name, json.loads(row.typed), row.base_number, row.saved_at)
        for row in rows
    ]


def draft_of_link(session: Session, link_id: int) -> Draft | None:
    """What was typed by a personal link."""
    row = session.execute(
        select(
            ReportLink.contact_name,
            ReportDraft.typed,
            ReportDraft.base_number,
            ReportDraft.saved_at,
        )
        .join(ReportLink, ReportLink.id == ReportDraft.link_id)
        .where(ReportDraft.link_id == link_id)
    ).one_or_none()
    if row is None:
        return None
    return Draft(None, row.contact_name, json.loads(row.typed), row.base_number, row.saved_at)
