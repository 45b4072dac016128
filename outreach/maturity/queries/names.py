"""The words for the places of a round's results."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.maturity.finding import Names
from outreach.maturity.queries.places import municipalities
from outreach.places.models import Municipality, Village


def names_of(session: Session, county_code: str) -> Names:
    """Names of the county's municipalities in order, and code and name of its villages."""
    rows = session.execute(
        select(Village.id, Village.code, Village.name)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(Municipality.county_code == county_code)
        .order_by(Village.id)
    )
    return Names(
        dict(municipalities(session, county_code)),
        {row.id: (row.code, row.name) for row in rows},
    )
