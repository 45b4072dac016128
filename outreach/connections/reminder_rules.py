"""When which reminder of a round is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEKS_BEFORE = timedelta(days=14)
DAYS_BEFORE = timedelta(days=3)
DAYS_AFTER = timedelta(days=2)
STOPS_AFTER = timedelta(days=30)
"""Who has not answered a month after the last day is called, not written to."""
INVITED_FOR = timedelta(days=2)
"""In a round that opens late the invitation still comes first."""
RETURNED_FOR = timedelta(days=7)


class ReminderKind(StrEnum):
    """What an e-mail about a round is for."""

    INVITATION = "invitation"
    DUE_IN_14 = "due_in_14"
    DUE_IN_3 = "due_in_3"
    OVERDUE = "overdue"
    RETURNED_WAITING = "returned_waiting"

    def comes_after(self, other: "ReminderKind") -> bool:
        """Whether it is a later step of the same row; a returned report stands outside it."""
        steps = (self.INVITATION, self.DUE_IN_14, self.DUE_IN_3, self.OVERDUE)
        return self in steps and other in steps and steps.index(self) > steps.index(other)


class NotOwed(StrEnum):
    """Why a reminder that was written did not go out when its turn came."""

    REPORTED = "reported"
    DECLINED = "declined"
    NOT_EXPECTED = "not_expected"
    PAUSED = "paused"
    ROUND_OVER = "round_over"
    CONTACT_CHANGED = "contact_changed"
    OUT_OF_DATE = "out_of_date"


class Delivery(StrEnum):
    """How it went with a reminder that was written, what asks for something first."""

    CAME_BACK = "came_back"
    NOT_DELIVERED = "not_delivered"
    TRIED_AGAIN = "tried_again"
    WAITING = "waiting"
    SENT = "sent"
    WITHDRAWN = "withdrawn"

    @property
    def is_trouble(self) -> bool:
        """Whether staff may have to do something."""
        return self in {self.CAME_BACK, self.NOT_DELIVERED, self.TRIED_AGAIN}


@dataclass(frozen=True, slots=True)
class Schedule:
    """The days that reminders hang on."""

    opened: date
    due: date

    def kind_on(self, today: date) -> ReminderKind | None:
        """What those who have not reported are written today; None on days without.

        Each kind is due for a stretch of days, so that a worker that was away catches up with the
        one that fits, and never sends two at once.
        """
        if today < self.opened or today > self.due + STOPS_AFTER:
            return None
        if today > self.due:
            return ReminderKind.OVERDUE if today >= self.due + DAYS_AFTER else None
        if today < max(self.opened + INVITED_FOR, self.due - WEEKS_BEFORE):
            return ReminderKind.INVITATION
        if today < self.due - DAYS_BEFORE:
            return ReminderKind.DUE_IN_14
        return ReminderKind.DUE_IN_3

    def kinds_to_choose(self, today: date) -> tuple[ReminderKind, ...]:
        """What staff may send by hand today; none whose words would be untrue."""
        if today > self.due:
            return ReminderKind.OVERDUE, ReminderKind.RETURNED_WAITING
        return tuple(kind for kind in ReminderKind if kind is not ReminderKind.OVERDUE)
