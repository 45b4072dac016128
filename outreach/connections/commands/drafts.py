"""Keep what a reporter has typed, as typed, until it is submitted."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from outreach.connections.models import ReportDraft
from outreach.connections.queries.report_head import ReportHead
from outreach.database.audit import record

DRAFT_MAXIMUM = 500_000
"""Characters; a form of 400 villages with reasons stays far below."""


class DraftTooLarge(Exception):
    """More text than a form of ours can hold."""


def save_draft(
    session: Session,
    head: ReportHead,
    *,
    texts: Mapping[str, str],
    base_number: int,
    user_id: int | None,
    at: datetime,
    link_id: int | None = None,
) -> None:
    """Put the person's draft of this report in the place of their earlier one.

    The person is a user, or else whoever came by the link.

    `base_number` is the version that the form was opened on, so that a draft restored later
    still notices who submitted in between.
    """
    typed = json.dumps(dict(texts), ensure_ascii=False, sort_keys=True)
    if len(typed) > DRAFT_MAXIMUM:
        raise DraftTooLarge
    is_theirs = _of_writer(head, user_id=user_id, link_id=link_id)
    if _update(session, is_theirs, typed=typed, base_number=base_number, at=at):
        return
    draft = ReportDraft(
        user_id=user_id,
        link_id=link_id,
        association_id=head.association_id,
        round_id=head.round_id,
        base_number=base_number,
        typed=typed,
        saved_at=at,
    )
    try:
        with session.begin_nested():
            session.add(draft)
    except IntegrityError:
        # Two tabs made the first draft at the same moment: the later one stands.
        _update(session, is_theirs, typed=typed, base_number=base_number, at=at)


def discard_draft(
    session: Session, head: ReportHead, *, user_id: int | None, link_id: int | None = None
) -> None:
    """Forget the person's draft of this report."""
    session.execute(
        delete(ReportDraft).where(_of_writer(head, user_id=user_id, link_id=link_id)),
        execution_options={"synchronize_session": False},
    )


def take_over_draft(
    session: Session, head: ReportHead, *, of_user_id: int, user_id: int, at: datetime
) -> bool:
    """Copy a colleague's draft of the same report to one's own; False when there is none.

    Theirs stays as it is.
    """
    theirs = session.execute(
        select(ReportDraft.typed, ReportDraft.base_number).where(
            ReportDraft.user_id == of_user_id,
            ReportDraft.association_id == head.association_id,
            ReportDraft.round_id == head.round_id,
        )
    ).one_or_none()
    if theirs is None:
        return False
    save_draft(
        session,
        head,
        texts=json.loads(theirs.typed),
        base_number=theirs.base_number,
        user_id=user_id,
        at=at,
    )
    record(
        session,
        "draft_taken_over",
        of=("association", head.association_id),
        user_id=user_id,
        at=at,
        after={"reference_date": head.reference_date.isoformat(), "of_user_id": of_user_id},
    )
    return True


def _of_writer(
    head: ReportHead, *, user_id: int | None, link_id: int | None
) -> ColumnElement[bool]:
    """The draft of one person: a link's, or else a user's."""
    return and_(
        ReportDraft.user_id == user_id if link_id is None else ReportDraft.link_id == link_id,
        ReportDraft.association_id == head.association_id,
        ReportDraft.round_id == head.round_id,
    )


def _update(
    session: Session, where: ColumnElement[bool], *, typed: str, base_number: int, at: datetime
) -> bool:
    changed = session.scalars(
        update(ReportDraft)
        .where(where)
        .values(typed=typed, base_number=base_number, saved_at=at)
        .returning(ReportDraft.id),
        execution_options={"synchronize_session": False},
    ).all()
    return bool(changed)
