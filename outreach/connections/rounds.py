"""A reporting round as it is entered, and the dates that are proposed for one."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from outreach.rules import RuleBroken

PRESETS = ((4, 1), (10, 1))
"""The partnership meets twice a year: reference dates are 1 April and 1 October."""

DAYS_TO_REPORT = 61
EARLIEST_YEAR = 2000
LATEST_YEAR = 2100
LONGEST_TO_REPORT = timedelta(days=2 * 366)
"""A last day further from its date than this is a slip of the keys."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """The date that is reported for, and the last day to report."""

    reference_date: date
    due_date: date

    def __post_init__(self) -> None:
        if self.reference_date.year < EARLIEST_YEAR:
            raise RuleBroken("reference_date", "date_too_early")
        if self.reference_date.year > LATEST_YEAR:
            raise RuleBroken("reference_date", "date_too_late", facts={"latest": LATEST_YEAR})
        if self.due_date < self.reference_date:
            raise RuleBroken("due_date", "due_before_reference")
        if self.due_date - self.reference_date > LONGEST_TO_REPORT:
            raise RuleBroken("due_date", "due_too_late")


def presets(today: date) -> list[RoundEntry]:
    """The preset dates around a day: the latest that has come, and the two after it."""
    dates = [date(today.year + ahead, *preset) for ahead in (-1, 0, 1, 2) for preset in PRESETS]
    latest = max(day for day in dates if day <= today)
    return [_with_due_date(day) for day in dates[dates.index(latest) :][:3]]


def proposed(today: date) -> RoundEntry:
    """The round to open next: the nearest preset date from today on."""
    return next(entry for entry in presets(today) if entry.reference_date >= today)


def _with_due_date(reference: date) -> RoundEntry:
    return RoundEntry(reference, reference + timedelta(days=DAYS_TO_REPORT))


def entered_day(field: str, text: str) -> date:
    """A date typed as 2026-10-01; other spellings are asked to be written so."""
    if not _DAY.fullmatch(text.strip()):
        raise RuleBroken(field, "not_a_day")
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise RuleBroken(field, "not_a_day") from error


def whole_percent(part: int, whole: int) -> float | None:
    """A share in whole percent, rounded down: only all is shown as 100 %, only nothing as 0 %.

    None where nothing is expected.
    """
    return max(100 * part // whole, min(part, 1)) / 100 if whole else None
