"""Flask-Security's messages that we word ourselves, in English; Swedish is in flask_security.po."""

from typing import TypeAlias

Message: TypeAlias = tuple[str, str]

MESSAGES: dict[str, Message] = {
    "GENERIC_AUTHN_FAILED": ("The e-mail address or the password is wrong.", "error"),
    "PASSWORD_RESET_REQUEST": (
        "If %(email)s has an account here, a link is on its way to it.",
        "info",
    ),
    "PASSWORD_RESET_EXPIRED": ("The link is older than %(within)s. Ask for a new one.", "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (
        "The link no longer works: it was used already or is not complete. Ask for a new one.",
        "error",
    ),
    "PASSWORD_RESET_NO_LOGIN": ("Your new password is saved. Sign in with it.", "success"),
    "PASSWORD_CHANGE": ("Your new password is saved.", "success"),
    "PASSWORD_IS_THE_SAME": ("Choose a password that you don’t have already.", "error"),
    "PASSWORD_NOT_PROVIDED": ("Write a password.", "error"),
    "RETYPE_PASSWORD_MISMATCH": ("The two passwords are not the same.", "error"),
    "INVALID_PASSWORD": ("The password is wrong.", "error"),
    "EMAIL_NOT_PROVIDED": ("Write your e-mail address.", "error"),
    "INVALID_EMAIL_ADDRESS": (
        "Write the whole e-mail address, such as anna@example.org.",
        "error",
    ),
    "INVALID_REDIRECT": ("The address to go on to is not on this site.", "error"),
    "REAUTHENTICATION_REQUIRED": ("Show once more that it is you.", "info"),
    "REAUTHENTICATION_SUCCESSFUL": ("Thank you, now you can go on.", "success"),
    "TWO_FACTOR_INVALID_TOKEN": (
        "The code is wrong or has been used already. Wait for the next one and try again.",
        "error",
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": ("You are signed in.", "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        "Done. From now on you are asked for a code when you sign in. Make recovery codes, too.",
        "success",
    ),
    "TWO_FACTOR_DISABLED": ("You are no longer asked for codes when you sign in.", "success"),
    "TWO_FACTOR_PERMISSION_DENIED": ("It took too long. Sign in again.", "error"),
    "TWO_FACTOR_SETUP_EXPIRED": ("It took more than %(within)s. Begin again.", "error"),
    "INVALID_RECOVERY_CODE": ("The recovery code is wrong or has been used already.", "error"),
    "NO_RECOVERY_CODES_SETUP": ("You have no recovery codes yet.", "info"),
    "API_ERROR": ("Something was sent that cannot be understood. Try again.", "error"),
    "WEBAUTHN_NAME_REQUIRED": ("Give the passkey a name.", "error"),
    "WEBAUTHN_NAME_INUSE": ("You have a passkey with the name %(name)s already.", "error"),
    "WEBAUTHN_NAME_NOT_FOUND": ("You have no passkey with the name %(name)s.", "error"),
    "WEBAUTHN_EXPIRED": ("It took more than %(within)s. Begin again.", "error"),
    "WEBAUTHN_NO_VERIFY": ("The passkey could not be checked. Try again.", "error"),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": ("This passkey is not known here.", "error"),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": ("This passkey has been added already.", "error"),
    "WEBAUTHN_REGISTER_SUCCESSFUL": ("The passkey %(name)s was added.", "success"),
    "WEBAUTHN_CREDENTIAL_DELETED": ("The passkey %(name)s was removed.", "success"),
}


def configured() -> dict[str, Message]:
    """The messages under the names of their settings."""
    return {f"SECURITY_MSG_{name}": message for name, message in MESSAGES.items()}
