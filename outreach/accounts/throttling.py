"""Where the slowing down of guesses meets the requests that guess."""

import logging
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    render_template,
    request,
    session,
)
from flask_login import current_user
from flask_security import password_reset, user_authenticated
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.exc import DBAPIError

from outreach.accounts import throttle
from outreach.accounts.models import User
from outreach.accounts.throttle import Source
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db

DEVICE_SECONDS = int(timedelta(days=180).total_seconds())
ACCOUNTS_A_DEVICE = 5
FORM_KINDS = {"security.login": "sign-in", "security.forgot_password": "reset"}
"""Forms where the account is named by whoever fills them in."""
HALF_WAY_KINDS = {
    "security.two_factor_token_validation": "code",
    "security.mf_recovery": "code",
}
OWN_KINDS = {"security.verify": "again", "security.change_password": "again"}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that has signed in before, and keyed hashes of the accounts it has done so for."""

    id: str
    accounts: tuple[str, ...]


def init_app(app: Flask) -> None:
    """Check each guess before it is tried and note the right ones; after CSRF has been checked."""
    app.before_request(_slow_down)
    app.after_request(_note_success)
    app.after_request(_remember_device)
    user_authenticated.connect(_is_known_from_now_on, app)
    password_reset.connect(_is_known_from_now_on, app)


def _slow_down() -> Response | None:
    account = _account() if request.method == "POST" else None
    if account is None:
        return None
    kind, name = account
    database = db.session()
    with transaction(database):
        admission = throttle.ask(database, _source(kind, name), now=utc_now())
    g.attempt_id = admission.attempt_id
    return None if admission.retry_at is None else _come_back(admission.retry_at)


def _account() -> tuple[str, str] | None:
    """Which kind of guess this request makes, about whom; None where it makes none."""
    endpoint = request.endpoint or ""
    if endpoint in FORM_KINDS:
        typed = request.form.get("email", "")
        return FORM_KINDS[endpoint], unicodedata.normalize("NFKC", typed).strip().lower()
    if endpoint in HALF_WAY_KINDS and "tf_user_id" in session:
        return HALF_WAY_KINDS[endpoint], str(session["tf_user_id"])
    if endpoint in OWN_KINDS and current_user.is_authenticated:
        return OWN_KINDS[endpoint], str(current_user.fs_uniquifier)
    return None


def _source(kind: str, name: str) -> Source:
    secret = str(current_app.secret_key)
    account_key = throttle.keyed(secret, "account", kind, name)
    device = _device()
    if device is not None and _short(name) in device.accounts:
        device_key = throttle.keyed(secret, "device", kind, device.id)
        return Source(account_key, device_key, is_known_device=True)
    address_key = throttle.keyed(secret, "address", kind, request.remote_addr or "")
    return Source(account_key, address_key)


def _come_back(retry_at: datetime) -> Response:
    seconds = throttle.seconds_until(retry_at)
    page = render_template("accounts/slow_down.html", retry_at=retry_at, seconds=seconds)
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response


def _note_success(response: Response) -> Response:
    """A guess that was right leads on to another page; a wrong one shows its form again."""
    attempt_id = g.pop("attempt_id", None)
    if attempt_id is None or response.status_code not in {302, 303}:
        return response
    database = db.session()
    try:
        with transaction(database):
            throttle.succeeded(database, attempt_id)
    except DBAPIError:
        log.warning("a right attempt could not be noted", exc_info=True)
    return response


def _is_known_from_now_on(_app: Flask, user: User, **_signal: object) -> None:
    g.known_account = user.email


def _remember_device(response: Response) -> Response:
    email = g.pop("known_account", None)
    if email is None:
        return response
    device = _device() or Device(secrets.token_urlsafe(16), ())
    others = [account for account in device.accounts if account != _short(email)]
    accounts = [_short(email), *others][:ACCOUNTS_A_DEVICE]
    response.set_cookie(
        _cookie_name(),
        _signer().dumps([device.id, accounts]),
        max_age=DEVICE_SECONDS,
        path="/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def _device() -> Device | None:
    try:
        device_id, accounts = _signer().loads(request.cookies.get(_cookie_name(), ""))
    except BadSignature:
        return None
    return Device(device_id, tuple(accounts))


def _short(email: str) -> str:
    return throttle.keyed(str(current_app.secret_key), "known", email.lower())[:16]


def _cookie_name() -> str:
    return "__Host-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="known-device")
