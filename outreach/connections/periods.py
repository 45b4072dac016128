"""Arithmetic on calendar months, for how long a figure is carried forward."""

import calendar
from datetime import date

MONTHS_A_YEAR = 12


def months_before(day: date, months: int) -> date:
    """The same day of the month, `months` earlier; the month's last day where it has no such day.

    A figure from exactly this day is `months` old, and not older.
    """
    total = day.year * MONTHS_A_YEAR + day.month - 1 - months
    year, month = divmod(total, MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
