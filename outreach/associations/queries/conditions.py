"""Conditions that several reads share: whose association it is, and what holds on a day."""

from datetime import date

from sqlalchemy import ColumnElement, Exists, and_, exists, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from outreach.accounts.rules import Reach
from outreach.associations.models import Association, Commitment, ServedVillage
from outreach.associations.rules import OPEN_STATUSES
from outreach.places.models import Village


def within(reach: Reach) -> ColumnElement[bool]:
    """Associations whose contacts the person may see and whose reports they may handle."""
    if reach.is_administrator:
        return true()
    return or_(
        Association.county_code.in_(reach.counties) if reach.counties else false(),
        Association.id.in_(reach.associations) if reach.associations else false(),
    )


def staffed_by(reach: Reach) -> ColumnElement[bool]:
    """Associations of the counties that the person handles for the region."""
    if reach.is_administrator:
        return true()
    return Association.county_code.in_(reach.counties) if reach.counties else false()


def served_on(day: date | InstrumentedAttribute[date]) -> ColumnElement[bool]:
    """The village is served on that day; the day of the end no longer counts."""
    return and_(
        ServedVillage.valid_from <= day,
        or_(ServedVillage.valid_to.is_(None), ServedVillage.valid_to > day),
    )


def serves_municipality(code: str, *, on: date) -> Exists:
    """The association serves a village of the municipality."""
    return exists().where(
        ServedVillage.association_id == Association.id,
        ServedVillage.village_id == Village.id,
        Village.municipality_code == code,
        served_on(on),
    )


def is_open() -> ColumnElement[bool]:
    """The commitment is not yet done or dropped."""
    return Commitment.status.in_(sorted(OPEN_STATUSES))


def is_late(today: date) -> ColumnElement[bool]:
    """The commitment is open and its day has passed; the day itself is in time."""
    return and_(is_open(), Commitment.due_date < today)
