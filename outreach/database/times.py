"""Points in time: stored in UTC on both databases, always aware in Python."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, DateTime, Dialect, or_
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A point in time. SQLite keeps no zone, so UTC goes in and is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone; hand the database the same instant in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a point in time needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware time in UTC whatever the database kept."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utc_now() -> datetime:
    """The present instant; passed into commands, so that tests can choose it."""
    return datetime.now(UTC)


def further_than(
    moment: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    lasts: timedelta,
    *,
    at: datetime,
) -> ColumnElement[bool]:
    """The condition that a moment lies longer ago than something lasts, or as far in the future.

    A clock that was ahead and has been put right leaves moments that have not come yet; what
    hangs on them must not wait until they do.
    """
    return or_(moment < at - lasts, moment > at + lasts)
