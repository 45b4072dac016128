"""The part of the blueprint that the form sends to, with answers that keep what was typed.

When the sign-in or the form's token has run out, the usual pages would throw the figures away.
"""

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import NotFound, Unauthorized

from outreach.connections.forms.report import ReportForm
from outreach.connections.forms.typed import typed_in
from outreach.connections.queries.grid import grid_rows
from outreach.connections.views.asking import found_head, sent_base, sent_key
from outreach.connections.views.blueprint import blueprint
from outreach.connections.views.desk import own_desk
from outreach.connections.views.pages import Opened, form_page, new_key
from outreach.extensions import db
from outreach.web.answers import private

sending = Blueprint("sending", __name__)
blueprint.register_blueprint(sending)


def wants_json() -> bool:
    """Whether a script asks, and not a form."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


@sending.errorhandler(Unauthorized)
def signed_out(_error: Unauthorized) -> tuple[Response, int]:
    """The sign-in has run out: the typed figures stand in the answer, ready to be sent again."""
    if wants_json():
        return jsonify(error={"status": 401, "reason": "signed_out"}), 401
    page = render_template(
        "connections/signed_out.html",
        texts=dict(typed_in(request.form).texts),
        base_number=sent_base(),
        key=sent_key() or new_key(),
        address=url_for("connections.report", **(request.view_args or {})),
    )
    return private(current_app.make_response(page)), 401


@sending.errorhandler(CSRFError)
def token_outdated(_error: CSRFError) -> tuple[Response, int]:
    """The form's token is missing or of another session: the form again, as typed."""
    if wants_json():
        return jsonify(error={"status": 400, "reason": "csrf"}), 400
    arguments = request.view_args or {}
    try:
        head = found_head(int(arguments["association_id"]), str(arguments["day"]))
    except NotFound as error:
        answer = current_app.handle_user_exception(error)
        return current_app.make_response(answer), 404
    base = sent_base()
    opened = Opened(
        typed_in(request.form),
        head.base_number if base is None else base,
        sent_key() or new_key(),
    )
    form = ReportForm(grid_rows(db.session(), head), opened.typed)
    return form_page(own_desk(head), head, form, opened=opened, notice="csrf"), 400
