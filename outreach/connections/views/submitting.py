"""Submitting a report: stored once with a receipt, or refused with all that was typed."""

from flask import Response, request

from outreach.connections.commands.drafts import DraftTooLarge, save_draft
from outreach.connections.commands.refusals import Refusal, note_refusal
from outreach.connections.commands.submit import (
    BaseOutdated,
    KeyReused,
    Submission,
    WindowClosed,
    hash_of,
    submit,
)
from outreach.connections.forms.report import ReportForm
from outreach.connections.forms.typed import Typed, typed_in
from outreach.connections.queries.grid import grid_rows
from outreach.connections.queries.report_head import ReportHead
from outreach.connections.queries.submissions import Submitted, submitted_with_key
from outreach.connections.rules import ReportEntry
from outreach.connections.views.asking import (
    ONE_REPORT,
    WRITERS,
    found_head,
    sent_base,
    sent_key,
)
from outreach.connections.views.desk import Desk, own_desk
from outreach.connections.views.pages import Opened, clash_page, form_page, new_key
from outreach.connections.views.sending import sending
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.web.access import open_to
from outreach.web.answers import see_other


@sending.post(ONE_REPORT)
@open_to(WRITERS)
def submit_report(association_id: int, day: str) -> Response:
    """Store the report as a new version and go on to its receipt."""
    head = found_head(association_id, day)
    return take_in(own_desk(head), head)


def take_in(desk: Desk, head: ReportHead) -> Response:
    """Store what was sent as a new version, or show it again with what stands against it."""
    typed = typed_in(request.form)
    key, base_number = sent_key(), sent_base()
    # Sent again after it was stored: the same receipt, whatever has changed meanwhile. The unique
    # key decides in the end; this only spares a repeated form the rules of a later day.
    earlier = _earlier(desk, key) if key else None
    if earlier is not None:
        is_same = earlier.content_hash == hash_of(head, typed.texts)
        return _receipt(desk, earlier) if is_same else _clash(desk, head, typed, Refusal.KEY_REUSED)
    if base_number is None and head.latest is not None:
        return _clash(desk, head, typed, Refusal.CONFLICT)
    form = ReportForm(grid_rows(db.session(), head), typed)
    why = _refusal(head, form, is_complete=key is not None and base_number is not None)
    entry = form.check() if why is None else None
    if entry is None or key is None or base_number is None:
        return _refused(desk, head, form, why or Refusal.INVALID)
    try:
        return _stored(desk, head, typed, entry, key=key, base_number=base_number)
    except WindowClosed:
        # Closed while the figures were being checked.
        form.refuse(RuleBroken("report", "round_closed"))
        return _refused(desk, desk.read_again(head), form, Refusal.CLOSED)


def _earlier(desk: Desk, key: str) -> Submitted | None:
    return submitted_with_key(db.session(), desk.user_id, key=key, link_id=desk.link_id)


def _refusal(head: ReportHead, form: ReportForm, *, is_complete: bool) -> Refusal | None:
    """What stands against the form as a whole, before its figures are looked at."""
    if head.is_closed:
        form.refuse(RuleBroken("report", "round_closed"))
        return Refusal.CLOSED
    if form.typed.unknown_keys(row.row for row in form.rows):
        form.refuse(RuleBroken("report", "not_yours"))
        return Refusal.NOT_YOURS
    if not is_complete:
        form.refuse(RuleBroken("report", "base_missing"))
        return Refusal.INVALID
    return None


def _stored(
    desk: Desk, head: ReportHead, typed: Typed, entry: ReportEntry, *, key: str, base_number: int
) -> Response:
    session = db.session()
    submission = Submission(
        key=key,
        content_hash=hash_of(head, typed.texts),
        base_number=base_number,
        user_id=desk.user_id,
        link_id=desk.link_id,
        at=utc_now(),
    )
    try:
        with transaction(session):
            stored = submit(session, head, entry, submission=submission)
    except KeyReused:
        return _clash(desk, head, typed, Refusal.KEY_REUSED)
    except BaseOutdated:
        return _clash(desk, head, typed, Refusal.CONFLICT)
    return _receipt(desk, stored)


def _receipt(desk: Desk, stored: Submitted) -> Response:
    return see_other(desk.receipt(stored.receipt))


def _refused(desk: Desk, head: ReportHead, form: ReportForm, why: Refusal) -> Response:
    base_number = sent_base() or 0
    _keep(desk, head, form.typed, why, base_number=base_number)
    opened = Opened(form.typed, base_number, sent_key() or new_key())
    return form_page(desk, head, form, opened=opened, status=422)


def _clash(desk: Desk, head: ReportHead, typed: Typed, why: Refusal) -> Response:
    """Both versions. A key that was used belongs to what it was used for; others are not burnt."""
    base_number = sent_base() or 0
    _keep(desk, head, typed, why, base_number=base_number)
    key = sent_key() if why is Refusal.CONFLICT else None
    return clash_page(
        desk, desk.read_again(head), typed, base_number=base_number, key=key or new_key()
    )


def _keep(desk: Desk, head: ReportHead, typed: Typed, why: Refusal, *, base_number: int) -> None:
    """Put the refusal on record, and what was typed into the draft."""
    session, now = db.session(), utc_now()
    try:
        with transaction(session):
            note_refusal(session, head, why, user_id=desk.user_id, link_id=desk.link_id, at=now)
            save_draft(
                session,
                head,
                texts=typed.texts,
                base_number=base_number,
                user_id=desk.user_id,
                link_id=desk.link_id,
                at=now,
            )
    except DraftTooLarge:
        with transaction(session):
            note_refusal(session, head, why, user_id=desk.user_id, link_id=desk.link_id, at=now)
