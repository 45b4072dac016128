"""The one room that knows which database is behind the mapped classes."""

from outreach.database.base import Base, text_enum
from outreach.database.times import UtcDateTime
from outreach.database.transaction import transaction, unhurried

__all__ = ["Base", "UtcDateTime", "text_enum", "transaction", "unhurried"]
