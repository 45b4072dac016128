"""Secrets in the address of a link: how they are made, stored and recognised."""

import hashlib
import re
import secrets

SECRET_BYTES = 24
"""192 random bits, so that a plain hash of them will do."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{32}")


def new_secret() -> str:
    """What a link's address ends with; it is kept nowhere."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hashed(secret: str) -> str:
    """How a secret is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def looks_like_secret(text: str) -> bool:
    """Whether a text has the form of our secrets."""
    return _SECRET.fullmatch(text) is not None
