"""Logs without secrets: the part of an address that opens something is never written down."""

import logging
import re

_SLASH = "(?:/|%2[Ff])"
# A personal link to a report, a survey, an invitation, a new password, an answer that is
# followed: each ends with its secret.
_BEFORE = rf"{_SLASH}(?:l|s|welcome|reset|still-you|follow){_SLASH}"
_SECRET = re.compile(rf"({_BEFORE})[A-Za-z0-9_.~-]{{16,}}")


def masked(text: str) -> str:
    """The text with dots in the place of each secret."""
    return _SECRET.sub(r"\1…", text)


class WithoutSecrets(logging.Filter):
    """Rewrites each line before it is written; drops none."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Put the masked line in the record's place."""
        record.msg, record.args = masked(record.getMessage()), ()
        return True
