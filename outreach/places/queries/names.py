"""What a municipality is called where it stands without its county."""

from sqlalchemy import ColumnElement, String, case, func, literal_column, select
from sqlalchemy.orm import aliased

from outreach.places.models import County, Municipality

_ANY = aliased(Municipality)
_SHARED = select(_ANY.name).group_by(_ANY.name).having(func.count() > 1)
_COUNTY = (
    select(County.name)
    .where(County.code == Municipality.county_code)
    .correlate(Municipality)
    .scalar_subquery()
)
# Written out, so that where it is selected and where it is grouped by are one text.
_OPENED, _CLOSED = literal_column("' ('", String), literal_column("')'", String)

MUNICIPALITY_NAME: ColumnElement[str] = case(
    (Municipality.name.in_(_SHARED), Municipality.name + _OPENED + _COUNTY + _CLOSED),
    else_=Municipality.name,
).label("name")
"""Its name, and its county's where another municipality has the same name.

The list of shared names depends on no row, so a database makes it once for each statement.
"""
