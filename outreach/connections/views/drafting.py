"""Drafts: kept while typing, restored, taken over from a colleague, thrown away."""

from flask import Response, flash, jsonify, request
from flask_babel import format_time, gettext
from werkzeug.exceptions import NotFound, RequestEntityTooLarge, UnprocessableEntity

from outreach.accounts.current import user_id
from outreach.connections.commands.drafts import (
    DraftTooLarge,
    discard_draft,
    save_draft,
    take_over_draft,
)
from outreach.connections.commands.links import use_link
from outreach.connections.forms.typed import Typed, all_unchanged, typed_in
from outreach.connections.queries.grid import grid_rows
from outreach.connections.queries.report_head import ReportHead
from outreach.connections.views.asking import ONE_REPORT, WRITERS, found_head, sent_base
from outreach.connections.views.desk import Desk, own_desk
from outreach.connections.views.sending import sending
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.asking import sent_json, whole_number


@sending.post(f"{ONE_REPORT}/draft")
@open_to(WRITERS)
def keep_draft(association_id: int, day: str) -> Response:
    """Keep what is typed, from the script while typing or from the button "Save draft".

    The button "all unchanged" comes here as well, so that it works without a script.
    """
    head = found_head(association_id, day)
    return keep(own_desk(head), head)


@sending.post(f"{ONE_REPORT}/draft/take-over")
@open_to(WRITERS)
def take_over(association_id: int, day: str) -> Response:
    """Go on with a colleague's draft; theirs stays as it is."""
    head = found_head(association_id, day)
    colleague = whole_number(request.form.get("of", ""))
    session = db.session()
    with transaction(session):
        is_taken = colleague is not None and take_over_draft(
            session, head, of_user_id=colleague, user_id=user_id(), at=utc_now()
        )
    if not is_taken:
        raise NotFound
    flash(gettext("You go on with a copy of the draft."), "success")
    return _to_form(own_desk(head))


@sending.post(f"{ONE_REPORT}/draft/discard")
@open_to(WRITERS)
def discard(association_id: int, day: str) -> Response:
    """Throw the person's own draft away."""
    head = found_head(association_id, day)
    return throw_away(own_desk(head), head)


def keep(desk: Desk, head: ReportHead) -> Response:
    """Store what was sent as the draft at this desk, and answer the script or the browser."""
    if request.is_json:
        return jsonify(said=_keep(desk, head, *_sent_json()))
    typed = typed_in(request.form)
    if request.form.get("fill") == "unchanged":
        typed = all_unchanged(typed, grid_rows(db.session(), head))
    flash(_keep(desk, head, typed, sent_base() or 0), "success")
    return _to_form(desk)


def throw_away(desk: Desk, head: ReportHead) -> Response:
    """Forget the draft at this desk."""
    session = db.session()
    with transaction(session):
        discard_draft(session, head, user_id=desk.user_id, link_id=desk.link_id)
    flash(gettext("The draft is thrown away."), "success")
    return _to_form(desk)


def _keep(desk: Desk, head: ReportHead, typed: Typed, base_number: int) -> str:
    """Store the draft; what the reader is told about it."""
    session, now = db.session(), utc_now()
    try:
        with transaction(session):
            if desk.link_id is not None:
                use_link(session, desk.link_id, at=now)
            save_draft(
                session,
                head,
                texts=typed.texts,
                base_number=base_number,
                user_id=desk.user_id,
                link_id=desk.link_id,
                at=now,
            )
    except DraftTooLarge as error:
        raise RequestEntityTooLarge from error
    return str(gettext("Draft saved %(time)s", time=format_time(now, format="HH:mm")))


def _sent_json() -> tuple[Typed, int]:
    sent = sent_json()
    texts = sent.get("texts") if isinstance(sent, dict) else None
    base_number = sent.get("base_number") if isinstance(sent, dict) else None
    if not isinstance(texts, dict) or not isinstance(base_number, int):
        raise UnprocessableEntity
    if not all(isinstance(text, str) for text in texts.values()):
        raise UnprocessableEntity
    return typed_in(texts), max(0, min(base_number, 10**9))


def _to_form(desk: Desk) -> Response:
    return see_other(desk.form)
