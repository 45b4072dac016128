"""Where an invitation leads: choosing the first password."""

from http import HTTPStatus

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext
from flask_security.forms import ResetPasswordForm
from flask_security.utils import hash_password
from werkzeug.exceptions import NotFound

from outreach.accounts import commands, invitations
from outreach.accounts.models import User
from outreach.accounts.views.blueprint import blueprint
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import see_other


@blueprint.get("/welcome/<token>")
@open_to(PUBLIC)
def welcome(token: str) -> Response:
    """Greet the invited person, in the language of the invitation."""
    user = invitations.user_of(db.session(), token, is_being_used=False)
    if user is None:
        return current_app.make_response((render_template("accounts/gone.html"), HTTPStatus.GONE))
    return _page(user, ResetPasswordForm(formdata=None), HTTPStatus.OK)


@blueprint.post("/welcome/<token>")
@open_to(PUBLIC)
def choose_password(token: str) -> Response:
    """Save the password; the link and all others of this person are used up with it."""
    database = db.session()
    form = ResetPasswordForm(request.form)
    with transaction(database):
        user = invitations.user_of(database, token, is_being_used=True)
        if user is None:
            raise NotFound
        form.user = user
        if not form.validate():
            return _page(user, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        commands.accept_invitation(
            database, user, password_hash=str(hash_password(form.password.data or "")), at=utc_now()
        )
    flash(gettext("Your password is saved. Sign in with it."), "success")
    return see_other(url_for("security.login"))


def _page(user: User, form: ResetPasswordForm, status: HTTPStatus) -> Response:
    page = render_template("accounts/welcome.html", user=user, form=form)
    return current_app.make_response((page, status))
