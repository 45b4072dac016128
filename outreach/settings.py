"""Everything that differs between installations, read once from the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

EXTENSION = "outreach_settings"
"""Where an application keeps them; `gunicorn.conf.py` knows ours by it."""
ROOT = Path(__file__).resolve().parent.parent
SECRET_MINIMUM = 32
DEFAULT_MAIL_FROM = "Outreach <no-reply@outreach.invalid>"
DEFAULT_CONTACT = "contact@outreach.invalid"


_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?", re.ASCII)


class SettingsError(ValueError):
    """A setting is missing or cannot be understood; the message says which and how to set it."""


class SecondFactor(StrEnum):
    """Whether staff and administrators must have a passkey or a one-time code."""

    REQUIRED = "required"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation. docs/operating.md describes each field under its environment name."""

    secret_key: str
    password_salt: str
    database_url: str
    queue_path: Path
    spool_path: Path
    base_url: str
    secure_cookies: bool = True
    trust_proxy: bool = False
    second_factor: SecondFactor = SecondFactor.REQUIRED
    smtp_url: str | None = None
    mail_from: str = DEFAULT_MAIL_FROM
    contact_email: str = DEFAULT_CONTACT
    statement_timeout_ms: int = 5000
    disclosure_threshold: int = 5
    carry_forward_months: int = 24
    question_days: int = 30
    import_days: int = 90
    max_body_bytes: int = 2_000_000
    embed_ancestors: str = "*"
    is_testing: bool = False

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read the environment; raise SettingsError naming the first variable that is wrong."""
        instance = Path(env.get("OUTREACH_INSTANCE", ROOT / "instance"))
        base_url = env.get("OUTREACH_BASE_URL", "http://127.0.0.1:8000")
        return cls(
            secret_key=_secret(env, "OUTREACH_SECRET_KEY"),
            password_salt=_secret(env, "OUTREACH_PASSWORD_SALT"),
            database_url=env.get("DATABASE_URL") or f"sqlite:///{instance / 'outreach.db'}",
            queue_path=Path(env.get("OUTREACH_QUEUE_PATH", instance / "queue.db")),
            spool_path=Path(env.get("OUTREACH_SPOOL_PATH", instance / "spool")),
            base_url=base_url.rstrip("/"),
            secure_cookies=_flag(env, "OUTREACH_SECURE_COOKIES", default=True),
            trust_proxy=_flag(env, "OUTREACH_TRUST_PROXY", default=False),
            second_factor=_second_factor(env),
            smtp_url=env.get("OUTREACH_SMTP_URL") or None,
            mail_from=env.get("OUTREACH_MAIL_FROM", DEFAULT_MAIL_FROM),
            contact_email=env.get("OUTREACH_CONTACT_EMAIL", DEFAULT_CONTACT),
            statement_timeout_ms=_whole(env, "OUTREACH_STATEMENT_TIMEOUT_MS", default=5000),
            disclosure_threshold=_whole(env, "OUTREACH_DISCLOSURE_THRESHOLD", default=5),
            carry_forward_months=_whole(env, "OUTREACH_CARRY_FORWARD_MONTHS", default=24),
            question_days=_whole(env, "OUTREACH_QUESTION_DAYS", default=30),
            import_days=_whole(env, "OUTREACH_IMPORT_DAYS", default=90),
            max_body_bytes=_whole(env, "OUTREACH_MAX_BODY_BYTES", default=2_000_000),
            embed_ancestors=_ancestors(env),
        )


class Made(Protocol):
    """An application, as far as settings are concerned."""

    extensions: dict[str, object]


def settings_of(app: Made) -> Settings:
    """The settings that an application was made with."""
    found = app.extensions[EXTENSION]
    if not isinstance(found, Settings):
        raise TypeError(EXTENSION)
    return found


def _secret(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "")
    if len(value) < SECRET_MINIMUM:
        raise SettingsError(
            f"{name} needs at least {SECRET_MINIMUM} characters. "
            'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return value


def _ancestors(env: Mapping[str, str]) -> str:
    """Who may show the map on their pages: every site, none, or these origins."""
    value = " ".join(env.get("OUTREACH_EMBED_ANCESTORS", "*").split()) or "*"
    if value in {"*", "none"}:
        return "*" if value == "*" else "'none'"
    if all(_ORIGIN.fullmatch(one) for one in value.split()):
        return value
    raise SettingsError(
        f"OUTREACH_EMBED_ANCESTORS is {value!r}; write origins such as https://www.kommun.example "
        "with spaces between, or * for every site, or none."
    )


def _flag(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = env.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingsError(f"{name} is {value!r}; write 1 or 0.")


def _whole(env: Mapping[str, str], name: str, *, default: int) -> int:
    value = env.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise SettingsError(f"{name} is {value!r}; write a whole number above 0.")
    return int(value)


def _second_factor(env: Mapping[str, str]) -> SecondFactor:
    value = env.get("OUTREACH_SECOND_FACTOR", SecondFactor.REQUIRED.value)
    try:
        return SecondFactor(value)
    except ValueError as error:
        choices = " or ".join(SecondFactor)
        raise SettingsError(f"OUTREACH_SECOND_FACTOR is {value!r}; write {choices}.") from error
