"""Regional staff: values flagged for follow-up, and what came of them."""

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.forms.base import several_lines
from outreach.connections.commands.flags import raise_flag, resolve_flag
from outreach.connections.commands.review import AlreadyDecided
from outreach.connections.flag_rules import checked_flag_note
from outreach.connections.forms.flag import FlagForm, read_flag
from outreach.connections.queries import flags as queries
from outreach.connections.queries.review import comparison
from outreach.connections.review_wording import sentence
from outreach.connections.views.blueprint import blueprint
from outreach.connections.views.review import (
    STAFF,
    ReturnForm,
    found_version,
    reviewer,
    version_page,
)
from outreach.database import transaction
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.paging import Paging, page_number


@blueprint.get("/review/flags")
@open_to(STAFF)
def flags() -> str:
    """The flags that wait, or those resolved, the newest first."""
    return _page()


@blueprint.post("/review/<key:version_id>/flags")
@open_to(STAFF)
def add_flag(version_id: int) -> Response:
    """Flag one value of a version."""
    head, session = found_version(version_id), db.session()
    entry = read_flag(
        request.form,
        comparison(session, head),
        assignees=queries.reviewers(session, head.county_code),
    )
    if isinstance(entry, FlagForm):
        page = version_page(head, ReturnForm(), entry)
        return current_app.make_response((page, 422))
    with transaction(session):
        raise_flag(session, head.id, entry, by=reviewer())
    flash(gettext("The figure is flagged for follow-up."), "success")
    address = url_for("connections.review_version", version_id=head.id, _anchor="flags")
    return see_other(address)


@blueprint.post("/review/flags/<key:flag_id>/resolve")
@open_to(STAFF)
def end_flag(flag_id: int) -> Response:
    """Note what came of a flag and close it."""
    session = db.session()
    if queries.flag(session, flag_id, reach=current_reach()) is None:
        raise NotFound
    typed = several_lines(request.form.get("resolution", ""))
    try:
        resolution = checked_flag_note(typed, field="resolution")
        with transaction(session):
            resolve_flag(session, flag_id, resolution=resolution, by=reviewer())
    except RuleBroken as broken:
        page = _page(wrong=flag_id, typed=typed, error=sentence(broken))
        return current_app.make_response((page, 422))
    except AlreadyDecided:
        flash(gettext("Somebody else has already resolved this. Nothing was changed."), "warning")
        return current_app.make_response((_page(), 409))
    flash(gettext("Resolved. Your note stands with the figure."), "success")
    return see_other(url_for("connections.flags"))


def _page(*, wrong: int | None = None, typed: str = "", error: str | None = None) -> str:
    session, reach = db.session(), current_reach()
    resolved = request.args.get("show") == "resolved"
    paging = Paging(
        page_number(request.args.get("page")),
        queries.count_flags(session, resolved=resolved, reach=reach),
    )
    rows = queries.flags(session, resolved=resolved, reach=reach, paging=paging)
    if wrong is not None and all(row.id != wrong for row in rows):
        asked = queries.flag(session, wrong, reach=reach)
        rows = [asked, *rows] if asked else rows
    return render_template(
        "connections/flags.html",
        rows=rows,
        paging=paging,
        resolved=resolved,
        wrong=wrong,
        typed=typed,
        error=error,
        page_has_errors=error is not None,
        page_href=lambda number: url_for(
            "connections.flags", show="resolved" if resolved else None, page=number
        ),
    )
