"""What is published now, and what was published as it was known at some earlier time."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session, aliased

from outreach.connections.models import VillageStatus
from outreach.connections.past_models import PastStatus
from outreach.connections.queries.status_rows import COLUMNS
from outreach.connections.queries.status_sums import status_sums
from outreach.connections.sum_models import StatusSum
from outreach.measures.classes import DwellingType


@dataclass(frozen=True, slots=True)
class Published:
    """The rows and their sums, to be selected from like the tables they are kept in.

    Dwelling types are never added together, so whoever reads asks for one of them.
    """

    rows: type[VillageStatus]
    sums: type[StatusSum]
    dwellings: DwellingType = DwellingType.permanent


PRESENT = Published(VillageStatus, StatusSum)


def known_before(end: datetime) -> Published:
    """What was published at the last moment before a time.

    The sums are not kept for the past, but added up as they were then.
    """
    columns = (*COLUMNS, "known_from")
    now = select(*(getattr(VillageStatus, name) for name in columns)).where(
        VillageStatus.known_from < end
    )
    then = select(*(getattr(PastStatus, name) for name in columns)).where(
        PastStatus.known_from < end, PastStatus.known_to >= end
    )
    found = union_all(now, then).subquery()
    # An alias is used like its class, which its type does not say.
    rows = cast("type[VillageStatus]", aliased(VillageStatus, found, adapt_on_names=True))
    sums = status_sums([], rows)[1].subquery()
    return Published(rows, cast("type[StatusSum]", aliased(StatusSum, sums, adapt_on_names=True)))


def known_since(session: Session) -> datetime | None:
    """When the oldest thing that can be asked for again was published; None with nothing."""
    oldest = [
        session.scalar(select(func.min(column)))
        for column in (VillageStatus.known_from, PastStatus.known_from)
    ]
    return min((one for one in oldest if one is not None), default=None)
