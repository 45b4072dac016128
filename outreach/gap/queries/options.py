"""The dates and areas that something is published about."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from outreach.connections.models import ReportingRound
from outreach.connections.queries.known import PRESENT, Published
from outreach.database.ordering import swedish_order
from outreach.gap.rules import ALL_AREAS, DWELLINGS, Area, AreaKind, Options
from outreach.places.models import County, Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME


def options(session: Session, published: Published = PRESENT) -> Options:
    """All reference dates of the dwellings asked for, and the areas that have villages.

    `all` is offered where there is more than one county; its name is left to the page.
    """
    status = published.rows
    is_kept = [exists(1).where(PRESENT.sums.dwelling_type == one) for one in DWELLINGS]
    kept = session.execute(select(*is_kept)).one()
    is_published = select(status.village_id).where(
        status.reference_date == ReportingRound.reference_date,
        status.dwelling_type == published.dwellings,
    )
    days = session.scalars(
        select(ReportingRound.reference_date)
        .where(is_published.exists())
        .order_by(ReportingRound.reference_date.desc())
    )
    found = session.execute(
        select(Municipality.code, MUNICIPALITY_NAME, County.code, County.name)
        .join(County, County.code == Municipality.county_code)
        .where(select(Village.id).where(Village.municipality_code == Municipality.code).exists())
        .order_by(swedish_order(County.name), swedish_order(Municipality.name))
    ).all()
    names = {county_code: county_name for _, _, county_code, county_name in found}
    counties = [Area(code, name, AreaKind.COUNTY, (code,)) for code, name in names.items()]
    municipalities = [
        Area(code, name, AreaKind.MUNICIPALITY, (county_code,))
        for code, name, county_code, _ in found
    ]
    everything = [Area(ALL_AREAS, "", AreaKind.ALL, tuple(names))] if len(names) > 1 else []
    return Options(
        tuple(days),
        (*everything, *counties, *municipalities),
        published.dwellings,
        tuple(one for one, is_there in zip(DWELLINGS, kept, strict=True) if is_there),
    )
