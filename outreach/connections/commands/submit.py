"""Store a submitted report as a new version, exactly once."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from outreach.connections.commands.drafts import discard_draft
from outreach.connections.commands.links import use_link
from outreach.connections.models import ConnectionCount, ConnectionReport, ReportVersion
from outreach.connections.queries.report_head import ReportHead
from outreach.connections.queries.submissions import (
    Submitted,
    submitted_with_key,
    waiting_with_content,
)
from outreach.connections.queries.window import Window, hold_round, reporting_window
from outreach.connections.rules import ReportEntry, ReportSource, ReportState
from outreach.database.audit import record
from outreach.days import end_of_day

RECEIPT_SIGNS = "23456789ABCDEFGHJKMNPQRSTWXYZ"
"""Nothing to mistake for something else over the phone: no 0 and O, 1, I and L, U and V."""
RECEIPT_GROUPS = 3
GROUP_LENGTH = 4


class KeyReused(Exception):
    """The key was used for another content before; the first one stands."""


class WindowClosed(Exception):
    """The round does not take this association's report now."""


class BaseOutdated(Exception):
    """Somebody submitted a version after the form was opened."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What makes a submission this one and no other.

    `key` is made when the form is printed, `content_hash` is of everything typed (see
    `hash_of`), `base_number` the version that the form was opened on. It is a user's, or else
    of whoever came by the link.
    """

    key: str
    content_hash: str
    base_number: int
    user_id: int | None
    at: datetime
    link_id: int | None = None
    is_import: bool = False

    @property
    def source(self) -> ReportSource:
        """How it came in."""
        if self.is_import:
            return ReportSource.IMPORT
        return ReportSource.FORM if self.link_id is None else ReportSource.LINK


def hash_of(head: ReportHead, texts: Mapping[str, str]) -> str:
    """The fingerprint of what is typed for one report.

    Of the typed texts and not of what they mean: what "unchanged" means may change between a
    submission and the same one sent again.
    """
    content = {
        "association": head.association_id,
        "round": head.round_id,
        "typed": {name: text.strip() for name, text in texts.items() if text.strip()},
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def submit(
    session: Session, head: ReportHead, entry: ReportEntry, *, submission: Submission
) -> Submitted:
    """Store the next version of the report; the same submission again gives the same version.

    So does the same content sent anew while it waits, from a page that was opened again.

    Versions that still waited are superseded by it, what is approved counts until it is approved
    in turn. Raises KeyReused, BaseOutdated, WindowClosed or LinkEnded, and then stores nothing.
    """
    if submission.link_id is not None:
        use_link(session, submission.link_id, at=submission.at)
    window = _held_window(session, head, submission)
    if submission.base_number > head.base_number:
        raise BaseOutdated
    report_id = _report(session, head, at=submission.at)
    same = _same_waiting(session, report_id, submission)
    if same is not None:
        discard_draft(session, head, user_id=submission.user_id, link_id=submission.link_id)
        return same
    try:
        with session.begin_nested():
            version_id = _insert_version(session, report_id, entry, submission=submission)
    except IntegrityError as error:
        return _stored_before(session, submission, error)
    _supersede_waiting(session, report_id, version_id)
    _insert_counts(session, version_id, entry)
    discard_draft(session, head, user_id=submission.user_id, link_id=submission.link_id)
    stored = _stored_with_key(session, submission)
    if stored is None:
        raise LookupError(version_id)
    record(
        session,
        "submitted",
        of=("report_version", version_id),
        user_id=submission.user_id,
        at=submission.at,
        after={
            "receipt": stored.receipt,
            "number": submission.base_number + 1,
            "villages": len(entry.counts),
            "doubts": entry.doubts,
            "is_late": submission.at >= end_of_day(head.due_date),
            "by_exception": window.is_exception,
            "source": submission.source.value,
            **({} if submission.link_id is None else {"link": submission.link_id}),
        },
    )
    return stored


def _held_window(session: Session, head: ReportHead, submission: Submission) -> Window:
    """The window, which nobody closes before this transaction ends.

    The same submission sent again is answered also when the round has closed meanwhile.
    """
    hold_round(session, head.round_id)
    window = reporting_window(session, head.round_id, head.association_id, at=submission.at)
    if not window.is_open:
        earlier = _stored_with_key(session, submission)
        if earlier is None or earlier.content_hash != submission.content_hash:
            raise WindowClosed
    return window


def _same_waiting(session: Session, report_id: int, submission: Submission) -> Submitted | None:
    return waiting_with_content(
        session,
        report_id,
        submission.user_id,
        number=submission.base_number,
        content_hash=submission.content_hash,
        link_id=submission.link_id,
    )


def _stored_with_key(session: Session, submission: Submission) -> Submitted | None:
    return submitted_with_key(
        session, submission.user_id, key=submission.key, link_id=submission.link_id
    )


def _stored_before(session: Session, submission: Submission, error: IntegrityError) -> Submitted:
    """Which of the two unique rules refused: this key is used, or this number is."""
    earlier = _stored_with_key(session, submission)
    if earlier is None:
        raise BaseOutdated from error
    if earlier.content_hash != submission.content_hash:
        raise KeyReused from error
    return earlier


def _report(session: Session, head: ReportHead, *, at: datetime) -> int:
    """The report's id; the first submission of the round makes it."""
    if head.report_id is not None:
        return head.report_id
    made = ConnectionReport(
        association_id=head.association_id, round_id=head.round_id, created_at=at
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return session.scalars(
            select(ConnectionReport.id).where(
                ConnectionReport.association_id == head.association_id,
                ConnectionReport.round_id == head.round_id,
            )
        ).one()
    return made.id


def _insert_version(
    session: Session, report_id: int, entry: ReportEntry, *, submission: Submission
) -> int:
    return session.scalars(
        insert(ReportVersion)
        .values(
            report_id=report_id,
            number=submission.base_number + 1,
            receipt=new_receipt(),
            state=ReportState.SUBMITTED,
            submitted_by_id=submission.user_id,
            submitted_via_link_id=submission.link_id,
            submitted_at=submission.at,
            source=submission.source,
            submission_key=submission.key,
            content_hash=submission.content_hash,
            comment=entry.comment,
            warnings=entry.doubts,
        )
        .returning(ReportVersion.id)
    ).one()


def _insert_counts(session: Session, version_id: int, entry: ReportEntry) -> None:
    session.execute(
        insert(ConnectionCount),
        [
            {
                "version_id": version_id,
                "village_id": count.village_id,
                "dwelling_type": count.dwelling_type,
                "dwellings": count.figures.dwellings,
                "dwellings_source": count.dwellings_source,
                "homes_passed": count.figures.homes_passed,
                "connected": count.figures.connected,
                "active": count.figures.active,
                "is_unchanged": count.is_unchanged,
                "reason": count.reason,
            }
            for count in entry.counts
        ],
    )


def _supersede_waiting(session: Session, report_id: int, version_id: int) -> None:
    session.execute(
        update(ReportVersion)
        .where(
            ReportVersion.report_id == report_id,
            ReportVersion.id != version_id,
            ReportVersion.state == ReportState.SUBMITTED,
        )
        .values(state=ReportState.SUPERSEDED),
        execution_options={"synchronize_session": False},
    )


def new_receipt() -> str:
    """A number that can be read aloud, such as 7KQ2-M9XD-4FHB, and not guessed."""
    groups = (
        "".join(secrets.choice(RECEIPT_SIGNS) for _ in range(GROUP_LENGTH))
        for _ in range(RECEIPT_GROUPS)
    )
    return "-".join(groups)
