"""The gate for those who decide about others: no second factor, no way in but to set one up."""

from flask import Flask, Response, current_app, g, request, url_for
from flask_login import current_user

from outreach.accounts.models import User
from outreach.accounts.rules import RoleName
from outreach.settings import SecondFactor, settings_of
from outreach.web.access import audience_of
from outreach.web.answers import see_other

BOUND_ROLES = frozenset({RoleName.ADMINISTRATOR.value, RoleName.REGIONAL_STAFF.value})
WAY_THROUGH = frozenset(
    f"security.{name}"
    for name in (
        "two_factor_setup",
        "two_factor_setup_validate",
        "mf_recovery_codes",
        "wan_register",
        "wan_register_response",
        "wan_verify",
        "wan_verify_response",
        "verify",
        "change_password",
    )
)


def init_app(app: Flask) -> None:
    """Stand behind the check of roles, which has run before."""
    app.before_request(_lead_to_set_up)
    app.before_request(_lead_on_from_the_code_page)
    app.add_template_global(is_required, "second_factor_is_required")
    app.add_template_global(is_missing, "second_factor_is_missing")


def has_one(user: User) -> bool:
    """Whether the person has one-time codes or a passkey."""
    return bool(user.tf_totp_secret and user.tf_primary_method) or bool(user.webauthn)


def is_required() -> bool:
    """Whether the person signed in may not go without a second factor here."""
    if (
        settings_of(current_app).second_factor is not SecondFactor.REQUIRED
        or not current_user.is_authenticated
    ):
        return False
    return any(role.name in BOUND_ROLES for role in current_user.roles)


def is_missing() -> bool:
    """Whether the person signed in must have a second factor and has none; asked once a request."""
    known = g.get("second_factor_is_missing")
    if known is None:
        known = is_required() and not has_one(current_user)
        g.second_factor_is_missing = known
    return bool(known)


def _lead_to_set_up() -> Response | None:
    endpoint = request.endpoint or ""
    audience = audience_of(current_app, endpoint)
    if audience is None or audience.is_public or endpoint in WAY_THROUGH or not is_missing():
        return None
    return see_other(url_for("security.two_factor_setup"))


def _lead_on_from_the_code_page() -> Response | None:
    """Whoever is in needs no code; the library would take the visit for an attack and sign out."""
    if request.endpoint != "security.two_factor_token_validation":
        return None
    if not current_user.is_authenticated:
        return None
    return see_other("/")
