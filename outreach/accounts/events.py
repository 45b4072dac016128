"""What follows a changed way of signing in: sessions end, it is on record, its owner hears."""

import logging
from functools import partial

from flask import Flask, Response, after_this_request, request, url_for
from flask_security import (
    password_changed,
    password_reset,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
    user_failed_authn,
    wan_deleted,
    wan_registered,
)

from outreach.accounts import session_rows
from outreach.accounts.models import User
from outreach.accounts.pages import outside
from outreach.database.audit import record
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.mail.commands import enqueue
from outreach.mail.queue import wake_mailer
from outreach.mail.rules import NewMessage
from outreach.mail.texts import mail_text
from outreach.web import i18n

log = logging.getLogger("outreach.security")


def init_app(app: Flask) -> None:
    """Listen to Flask-Security; its signals come before the commit, so all is stored together."""
    user_authenticated.connect(_signed_in, app)
    user_failed_authn.connect(_failed, app)
    password_reset.connect(_password_reset, app)
    password_changed.connect(_password_changed, app)
    tf_profile_changed.connect(_codes_set_up, app)
    tf_disabled.connect(_codes_removed, app)
    wan_registered.connect(_passkey_added, app)
    wan_deleted.connect(_passkey_removed, app)


def _signed_in(_app: Flask, user: User, **_signal: object) -> None:
    log.info("signed in: user %s", user.id)
    if i18n.COOKIE not in request.cookies and user.locale in i18n.LANGUAGES:
        after_this_request(partial(i18n.remember, code=user.locale))


def _failed(_app: Flask, user: User, **_signal: object) -> None:
    log.info("sign-in failed: user %s", user.id)


def _password_reset(_app: Flask, user: User, **_signal: object) -> None:
    _end_sessions(user, "password_reset")


def _password_changed(_app: Flask, user: User, **_signal: object) -> None:
    _end_sessions(user, "password_changed")


def _end_sessions(user: User, action: str) -> None:
    """The session that changed the password begins anew when the answer is sent."""
    ended = session_rows.end_all(db.session(), user.id)
    _record(user, action, sessions_ended=ended)


def _codes_set_up(_app: Flask, user: User, **_signal: object) -> None:
    _tell(user, "second_factor_set")


def _codes_removed(_app: Flask, user: User, **_signal: object) -> None:
    _tell(user, "second_factor_removed")


def _passkey_added(_app: Flask, user: User, name: str, **_signal: object) -> None:
    _tell(user, "passkey_added", name=name)


def _passkey_removed(_app: Flask, user: User, name: str, **_signal: object) -> None:
    _tell(user, "passkey_removed", name=name)


def _tell(user: User, action: str, *, name: str | None = None) -> None:
    """Record a changed way of signing in and write to its owner, who may not have done it."""
    _record(user, action)
    write_to(user, action, passkey=name)
    after_this_request(_wake)


def write_to(user: User, action: str, *, passkey: str | None = None) -> None:
    """Tell a person by e-mail how their sign-in was changed."""
    text = mail_text(
        "sign_in_changed",
        locale=user.locale,
        user=user,
        action=action,
        passkey=passkey,
        link=outside(url_for("accounts.account")),
    )
    message = NewMessage(action, user.email, text.subject, text.body)
    enqueue(db.session(), message, now=utc_now())


def _record(user: User, action: str, **facts: int) -> None:
    record(
        db.session(),
        action,
        of=("user", user.id),
        user_id=user.id,
        at=utc_now(),
        after=facts or None,
    )


def _wake(response: Response) -> Response:
    wake_mailer()
    return response
