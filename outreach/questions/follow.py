"""The asker's secret link: made anew whenever it is needed, and kept nowhere."""

from outreach.accounts.throttle import keyed
from outreach.tokens import hashed


def follow_token(secret: str, submission_key: str) -> str:
    """The secret in the link: 256 bits that only this installation can work out."""
    return keyed(secret, "question", submission_key)


def follow_hash(token: str) -> str:
    """What a token is found by."""
    return hashed(token)
