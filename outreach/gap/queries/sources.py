"""What pages about training read: of now, or as it was known at the end of an earlier day."""

from dataclasses import dataclass
from datetime import date

from outreach.connections.models import VillageStatus
from outreach.connections.queries.known import known_before
from outreach.days import end_of_day
from outreach.training.queries import known
from outreach.training.queries.known import Log


@dataclass(frozen=True, slots=True)
class Source:
    """What is read: villages as published and the log, both of now or as known on some day."""

    rows: type[VillageStatus]
    log: Log


PRESENT = Source(VillageStatus, known.PRESENT)


def source_known(day: date | None) -> Source:
    """What was known at the end of a day; what is known now without one."""
    if day is None:
        return PRESENT
    end = end_of_day(day)
    return Source(known_before(end).rows, known.log_before(end))
