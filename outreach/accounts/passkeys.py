"""Passkeys: those of any device, unlocked by the owner each time, instead of a password."""

import re

from flask import flash, redirect
from flask_babel import gettext
from flask_security import UserMixin, WebauthnUtil, url_for_security
from flask_security.tf_plugin import tf_clean_session
from flask_security.webauthn import WebAuthnTfPlugin
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from werkzeug.wrappers import Response

NAME_MAXIMUM = 64
NAME = re.compile(r"[^\W_](?:[\w .,()'-]*[\w.)])?")


class PasskeyUtil(WebauthnUtil):
    """Registration and sign-in without the library's limit to keys that are carried about."""

    def authenticator_selection(
        self, user: UserMixin, usage: str
    ) -> AuthenticatorSelectionCriteria:
        """The device's own passkey as well as a key carried about, with PIN or touch."""
        return AuthenticatorSelectionCriteria(
            authenticator_attachment=None,
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )

    def user_verification(
        self, user: UserMixin | None, usage: list[str]
    ) -> UserVerificationRequirement:
        """A passkey stands for both factors, so its owner must unlock it each time."""
        return UserVerificationRequirement.REQUIRED

    def name_svn(self, value: str) -> tuple[str | None, str | None]:
        """The name as it is kept, or what is wrong with it."""
        name = " ".join(value.split())
        if len(name) > NAME_MAXIMUM or not NAME.fullmatch(name):
            return (
                gettext("Name the passkey with letters, digits and spaces, at most 64 characters."),
                None,
            )
        return None, name


class PasskeySecondFactor(WebAuthnTfPlugin):
    """Who has a passkey is asked for it instead of the password, not after it."""

    def get_setup_methods(self, user: UserMixin) -> list[tuple[str, str]]:
        """The passkey, once the user has one."""
        return [("webauthn", gettext("Passkey"))] if user.webauthn else []

    def tf_login(
        self, user: UserMixin, json_payload: dict[str, object], next_loc: str | None
    ) -> Response:
        """Lead from the password to the passkey page, which signs in whole."""
        tf_clean_session()
        flash(gettext("Your account has a passkey. Sign in with it."), "info")
        values = {"next": next_loc} if next_loc else {}
        return redirect(url_for_security("wan_signin", **values), code=303)
