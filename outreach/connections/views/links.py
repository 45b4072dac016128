"""What a personal link opens: the form of one report, its draft, and its receipt."""

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import NotFound

from outreach.accounts.wrong_links import refused
from outreach.connections.commands.links import LinkEnded
from outreach.connections.forms.report import ReportForm
from outreach.connections.forms.typed import typed_in
from outreach.connections.queries.grid import grid_rows
from outreach.connections.queries.links import holder_of_secret
from outreach.connections.queries.submissions import newest_receipt_of_link
from outreach.connections.queries.submissions import receipt as find_receipt
from outreach.connections.views.asking import sent_base, sent_key
from outreach.connections.views.blueprint import blueprint
from outreach.connections.views.drafting import keep, throw_away
from outreach.connections.views.link_visits import NoVisit, current_visit, open_visit, remember
from outreach.connections.views.pages import Opened, form_page, new_key, opened_now
from outreach.connections.views.reporting import receipt_page
from outreach.connections.views.sending import wants_json
from outreach.connections.views.submitting import take_in
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.settings import settings_of
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import see_other, unkept, unnamed

links = Blueprint("links", __name__, url_prefix="/l")
OPENED = "/report/<key:of>"


@links.get("/<secret>")
@open_to(PUBLIC)
def enter(secret: str) -> Response:
    """Exchange the secret for a visit and leave its address at once.

    Nothing is used up by opening it, however often a mail scanner does.
    """
    session, now = db.session(), utc_now()
    holder = holder_of_secret(session, secret, at=now, today=today())
    try:
        visit = open_visit(holder)
    except NoVisit:
        return unnamed(refused(_ended_page(), "link", secret))
    return unnamed(remember(see_other(visit.desk.form), visit))


@links.get(OPENED)
@open_to(PUBLIC)
def form(of: int) -> Response:
    """The form, filled in with last time's figures."""
    visit = current_visit(of)
    rows = grid_rows(db.session(), visit.head)
    opened = opened_now(visit.head, visit.desk, rows)
    return form_page(visit.desk, visit.head, ReportForm(rows, opened.typed), opened=opened)


@links.post(OPENED)
@open_to(PUBLIC)
def submit(of: int) -> Response:
    """Store the report and go on to its receipt."""
    visit = current_visit(of)
    return take_in(visit.desk, visit.head)


@links.post(f"{OPENED}/draft")
@open_to(PUBLIC)
def keep_draft(of: int) -> Response:
    """Keep what is typed."""
    visit = current_visit(of)
    return keep(visit.desk, visit.head)


@links.post(f"{OPENED}/draft/discard")
@open_to(PUBLIC)
def discard(of: int) -> Response:
    """Throw the draft away."""
    visit = current_visit(of)
    return throw_away(visit.desk, visit.head)


@links.get(f"{OPENED}/receipt")
@open_to(PUBLIC)
def receipt(of: int) -> Response:
    """The receipt of what was submitted last by this link."""
    visit, session = current_visit(of), db.session()
    number = newest_receipt_of_link(session, visit.holder.link_id)
    found = find_receipt(session, number, reach=visit.desk.reach) if number else None
    if found is None:
        raise NotFound
    return receipt_page(found, form=visit.desk.form)


@links.errorhandler(NoVisit)
@links.errorhandler(LinkEnded)
def ended(_error: Exception) -> tuple[Response, int]:
    """The same for every link that opens nothing, whatever the reason."""
    if wants_json():
        return jsonify(error={"status": 401, "reason": "link_ended"}), 401
    return _ended_page(), 404


@links.errorhandler(CSRFError)
def token_outdated(_error: CSRFError) -> tuple[Response, int]:
    """The form's token has run out: the form again, as typed."""
    if wants_json():
        return jsonify(error={"status": 400, "reason": "csrf"}), 400
    try:
        visit = current_visit(int((request.view_args or {})["of"]))
    except NoVisit:
        return _ended_page(), 400
    base = sent_base()
    opened = Opened(
        typed_in(request.form),
        visit.head.base_number if base is None else base,
        sent_key() or new_key(),
    )
    form = ReportForm(grid_rows(db.session(), visit.head), opened.typed)
    return form_page(visit.desk, visit.head, form, opened=opened, notice="csrf"), 400


def _ended_page() -> Response:
    page = render_template(
        "connections/link_ended.html", contact=settings_of(current_app).contact_email
    )
    return unkept(page)


blueprint.register_blueprint(links)
