"""One's own account: name, language, and the devices that are signed in."""

from http import HTTPStatus

from flask import Response, current_app, flash, render_template, request, url_for
from flask.globals import request_ctx
from flask_babel import force_locale, gettext, ngettext
from werkzeug.exceptions import NotFound

from outreach.accounts import session_rows
from outreach.accounts.commands import change_own
from outreach.accounts.forms import OwnAccountForm
from outreach.accounts.queries.users import places_of
from outreach.accounts.sessions import Visit
from outreach.accounts.views.blueprint import blueprint, me
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.web import i18n
from outreach.web.access import SIGNED_IN, open_to
from outreach.web.answers import see_other


@blueprint.get("/account")
@open_to(SIGNED_IN)
def account() -> str:
    """Who one is here, and the ways to change it."""
    user = me()
    return _account_page(OwnAccountForm(name=user.name, locale=user.locale))


@blueprint.post("/account")
@open_to(SIGNED_IN)
def save_account() -> Response:
    """Save one's name and language; the pages change to it at once."""
    form = OwnAccountForm(request.form)
    user = me()
    try:
        with transaction(db.session()):
            change_own(
                db.session(),
                user,
                name=form.typed_name,
                locale=form.locale.data or "",
                at=utc_now(),
            )
    except RuleBroken as rule:
        form.refuse(rule)
        return current_app.make_response((_account_page(form), HTTPStatus.UNPROCESSABLE_ENTITY))
    response = see_other(url_for("accounts.account"))
    i18n.remember(response, user.locale)
    with force_locale(user.locale):
        flash(gettext("Saved."), "success")
    return response


@blueprint.get("/account/sessions")
@open_to(SIGNED_IN)
def sessions() -> str:
    """The devices that are signed in as this person."""
    rows = session_rows.own(db.session(), me().id, this=_this_session(), now=utc_now())
    return render_template("accounts/sessions.html", sessions=rows)


@blueprint.post("/account/sessions/<key:session_id>/end")
@open_to(SIGNED_IN)
def end_session(session_id: int) -> Response:
    """Sign one of one's own devices out."""
    with transaction(db.session()):
        was_own = session_rows.end_own(db.session(), session_id, user_id=me().id)
    if not was_own:
        raise NotFound
    flash(gettext("The device is signed out."), "success")
    return see_other(url_for("accounts.sessions"))


@blueprint.post("/account/sessions/end-others")
@open_to(SIGNED_IN)
def end_other_sessions() -> Response:
    """Sign every device out but this one."""
    with transaction(db.session()):
        ended = session_rows.end_all(db.session(), me().id, but=_this_session())
    words = ngettext("%(num)s device was signed out.", "%(num)s devices were signed out.", ended)
    flash(words, "success")
    return see_other(url_for("accounts.sessions"))


def _account_page(form: OwnAccountForm) -> str:
    user = me()
    return render_template(
        "accounts/account.html",
        form=form,
        user=user,
        roles=[role.name for role in user.roles],
        places=places_of(db.session(), user.id),
        devices=len(session_rows.own(db.session(), user.id, this=_this_session(), now=utc_now())),
    )


def _this_session() -> int | None:
    visit = request_ctx.session
    stored = visit.stored if isinstance(visit, Visit) else None
    return None if stored is None else stored.id
