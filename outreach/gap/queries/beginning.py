"""How far a region has come that has published nothing yet."""

from enum import IntEnum

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from outreach.associations.models import Association, ServedVillage
from outreach.connections.models import ReportingRound
from outreach.places.models import Village


class Beginning(IntEnum):
    """What comes next before there is a figure to publish, in order."""

    PLACES = 1
    ASSOCIATION = 2
    SERVED = 3
    ROUND = 4
    REPORT = 5


def beginning(session: Session) -> Beginning:
    """The first step that nobody has taken yet; the last is to approve a report."""
    needed = {
        Beginning.PLACES: Village.id,
        Beginning.ASSOCIATION: Association.id,
        Beginning.SERVED: ServedVillage.id,
        Beginning.ROUND: ReportingRound.id,
    }
    found = session.execute(select(*(exists(select(one)) for one in needed.values()))).one()
    missing = (step for step, is_there in zip(needed, found, strict=True) if not is_there)
    return next(missing, Beginning.REPORT)
