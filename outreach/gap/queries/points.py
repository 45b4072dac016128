"""Where villages lie, as points in metres east and north."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.database.spatial import loaded
from outreach.gap.queries.shapes import within_municipalities
from outreach.gap.rules import Area
from outreach.places.models import Municipality, Village


def village_points(session: Session, area: Area) -> dict[str, tuple[float, float]]:
    """The villages of an area by code; where only an outline is known, a point inside of it."""
    rows = session.execute(
        select(Village.code, Village.point, Village.area)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(within_municipalities(area))
        .order_by(Village.code)
    )
    found = {}
    for code, point, outline in rows:
        shape = point if point is not None else outline
        if shape is None:
            continue
        middle = loaded(shape).representative_point()
        found[code] = (middle.x, middle.y)
    return found
