"""Flask-Security, set up as docs/security.md promises."""

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import TypeAlias, TypeVar

from flask import Flask, Response, got_request_exception, request, session
from flask_login import user_logged_in
from flask_security import Security

from outreach.accounts import events, second_factor, throttling
from outreach.accounts.mailing import OutboxMail
from outreach.accounts.messages import configured
from outreach.accounts.pages import render
from outreach.accounts.passkeys import PasskeyUtil
from outreach.accounts.passwords import MINIMUM, PasswordPolicy
from outreach.accounts.sessions import STAY_KEY, ServerSessions
from outreach.accounts.signing_forms import RegisterForm, RescueForm, SelectForm, SetupForm
from outreach.accounts.totp import SingleUseTotp
from outreach.accounts.userstore import UserStore
from outreach.extensions import db
from outreach.mail import queue
from outreach.settings import ROOT, Settings
from outreach.web import access
from outreach.web.access import PUBLIC, SIGNED_IN, Audience, only

Values: TypeAlias = dict[str, object]
Hook = TypeVar("Hook")

RESET_WITHIN = timedelta(hours=4)
CLOSED = only()
AUDIENCES: dict[str, Audience] = {
    "login": PUBLIC,
    "logout": PUBLIC,
    "verify": SIGNED_IN,
    "forgot_password": PUBLIC,
    "reset_password": PUBLIC,
    "change_password": SIGNED_IN,
    # Between the first factor and the second nobody is signed in yet; the views ask their session.
    "tf_select": PUBLIC,
    "two_factor_token_validation": PUBLIC,
    "mf_recovery": PUBLIC,
    "two_factor_setup": SIGNED_IN,
    "two_factor_setup_validate": SIGNED_IN,
    "mf_recovery_codes": SIGNED_IN,
    # Mails somebody on request of whoever holds a password: closed, recovery codes do instead.
    "two_factor_rescue": CLOSED,
    "wan_signin": PUBLIC,
    "wan_signin_response": PUBLIC,
    "wan_register": SIGNED_IN,
    "wan_register_response": SIGNED_IN,
    "wan_delete": SIGNED_IN,
    "wan_verify": SIGNED_IN,
    "wan_verify_response": SIGNED_IN,
}
ADDRESSES: Values = {
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "VERIFY_URL": "/sign-in/again",
    "RESET_URL": "/reset",
    "CHANGE_URL": "/change-password",
    "TWO_FACTOR_SELECT_URL": "/sign-in/second-factor",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
    "TWO_FACTOR_RESCUE_URL": "/sign-in/rescue",
    "TWO_FACTOR_SETUP_URL": "/second-factor",
    "MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery-code",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/second-factor/recovery-codes",
    "WAN_SIGNIN_URL": "/sign-in/passkey",
    "WAN_VERIFY_URL": "/sign-in/again/passkey",
    "WAN_REGISTER_URL": "/passkeys",
    "WAN_DELETE_URL": "/passkeys/delete",
}
FEATURES: Values = {
    "RECOVERABLE": True,
    "CHANGEABLE": True,
    "TWO_FACTOR": True,
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "WEBAUTHN": True,
    "REGISTERABLE": False,
    "TRACKABLE": False,
    "STATIC_FOLDER": None,
    # Without values: the library's own are written as "no-store=True", which no cache knows.
    "CACHE_CONTROL": {"private": None, "no-store": None},
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
    "API_ENABLED_METHODS": ["session"],
    "RETURN_GENERIC_RESPONSES": True,
    "SCRIPT_NONCE_KEY": "csp_nonce",
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_LENGTH_MIN": MINIMUM,
    # 32 MiB a hash: above what OWASP asks for, and four threads at once stay within the memory.
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": 32 * 1024,
        "argon2__time_cost": 3,
        "argon2__parallelism": 1,
    },
    "HASHING_SCHEMES": ["sha256_crypt"],
    "RESET_PASSWORD_WITHIN": RESET_WITHIN,
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "allow_smtputf8": False},
    "EMAIL_HTML": False,
    "EMAIL_TEMPLATE_PASSWORD_RESET": "mail/reset",
    "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "mail/password_was_reset",
    "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "mail/password_was_changed",
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "TWO_FACTOR_IMPLEMENTATIONS": {
        "code": "flask_security.twofactor.CodeTfPlugin",
        "webauthn": "outreach.accounts.passkeys.PasskeySecondFactor",
    },
    "WAN_RP_NAME": "Outreach",
    "WAN_ALLOW_AS_VERIFY": ["first"],
    "WAN_ALLOW_USER_HINTS": False,
    "TOTP_ISSUER": "Outreach",
    "FRESHNESS": timedelta(minutes=30),
    "FRESHNESS_GRACE_PERIOD": timedelta(minutes=15),
    "POST_CHANGE_VIEW": "/account",
    "POST_RESET_VIEW": "/sign-in",
    "I18N_DIRNAME": ["builtin", str(ROOT / "outreach" / "translations")],
}


class SignIn(Security):
    """Flask-Security with what is ours."""

    def _check_modules(self, module: str, config_name: str) -> object:
        # nh3 would only clean the names of passkeys, which PasskeyUtil checks itself.
        if module == "nh3":
            return None
        return super()._check_modules(module, config_name)  # type: ignore[no-untyped-call]  # the library has no types here


def init_app(app: Flask, settings: Settings) -> None:
    """Bind sign-in to the application and say who may open each of its pages."""
    app.session_interface = ServerSessions()
    values = ADDRESSES | FEATURES | _secrets(settings)
    app.config.update({f"SECURITY_{name}": value for name, value in values.items()})
    app.config.update(configured())
    security = SignIn(
        app,
        UserStore(),
        mail_util_cls=OutboxMail,
        password_util_cls=PasswordPolicy,
        render_template=render,  # type: ignore[arg-type]  # views pass on what it returns
        totp_cls=SingleUseTotp,
        two_factor_rescue_form=RescueForm,
        two_factor_select_form=SelectForm,
        two_factor_setup_form=SetupForm,
        wan_register_form=RegisterForm,
        webauthn_util_cls=PasskeyUtil,
    )
    security.want_json(lambda _request: False)
    _only_sessions_sign_in(app, security)
    for name, audience in AUDIENCES.items():
        access.declare_endpoint(app, f"security.{name}", audience)
    app.after_request(_see_other)
    got_request_exception.connect(_undo, app)
    queue.init_app(app, settings)
    second_factor.init_app(app)
    throttling.init_app(app)
    events.init_app(app)


def _secrets(settings: Settings) -> Values:
    """Keys for what is encrypted in the database, each derived for its purpose."""
    return {
        "PASSWORD_SALT": settings.password_salt,
        "TOTP_SECRETS": {"1": _derived(settings, "totp").hex()},
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [
            base64.urlsafe_b64encode(_derived(settings, "recovery codes"))
        ],
    }


def _derived(settings: Settings, purpose: str) -> bytes:
    return hmac.digest(settings.secret_key.encode(), purpose.encode(), hashlib.sha256)


def _only_sessions_sign_in(app: Flask, security: Security) -> None:
    """Close the other ways in the libraries hold open: tokens and remember cookies."""
    security.login_manager.request_loader(None)
    security.login_manager.session_protection = None
    # Both would open the session on every request, also where nobody asks who is reading.
    _take_out(app.before_request_funcs[None], security.principal)
    _take_out(app.after_request_funcs[None], security.login_manager)
    user_logged_in.connect(_remember_on_the_server, app)


def _take_out(hooks: list[Hook], owner: object) -> None:
    hooks[:] = [hook for hook in hooks if getattr(hook, "__self__", None) is not owner]


def _remember_on_the_server(_app: Flask, **_signal: object) -> None:
    """Instead of a second cookie, a remembered session simply lasts longer."""
    session[STAY_KEY] = session.pop("_remember", None) == "set"


def _undo(_app: Flask, **_signal: object) -> None:
    """A view that failed half-way leaves nothing for a later commit of the same request."""
    db.session.rollback()


def _see_other(response: Response) -> Response:
    """After a form was sent, the next page is fetched by GET whatever the client's age."""
    if request.method == "POST" and response.status_code == 302:
        response.status_code = 303
    return response
