"""Service points and nodes as far as a person handles them for the region."""

from sqlalchemy import ColumnElement, true

from outreach.accounts.rules import Reach
from outreach.places.models import Municipality


def handled(reach: Reach) -> ColumnElement[bool]:
    """Those in the counties of regional staff; all of them for administrators."""
    if reach.is_administrator:
        return true()
    return Municipality.county_code.in_(sorted(reach.counties))
