"""What has been told of columns before, of reports and of survey answers."""

from sqlalchemy import ColumnElement, Select, case, or_, select
from sqlalchemy.orm import Session

from outreach.accounts.models import AccessGrant
from outreach.accounts.rules import Reach
from outreach.associations.models import Association
from outreach.exchange.models import ColumnMemory
from outreach.exchange.rules import Column


def kept_memory(session: Session, reach: Reach, *, is_survey: bool) -> dict[str, str | None]:
    """What has been told of columns before, by their names as compared; one statement.

    The person's own word goes first, then that of others who report for the same associations,
    then that of the staff of the county; of equals the latest.
    """
    of_county = or_(
        AccessGrant.county_code.in_(reach.counties),
        AccessGrant.county_code.in_(
            select(Association.county_code).where(Association.id.in_(reach.associations))
        ),
    )
    nearness = case(
        (ColumnMemory.user_id == reach.user_id, 0),
        (ColumnMemory.user_id.in_(_granted(AccessGrant.association_id.in_(reach.associations))), 1),
        (ColumnMemory.user_id.in_(_granted(of_county)), 2),
    )
    rows = session.execute(
        select(ColumnMemory.header, ColumnMemory.holds)
        .where(nearness.is_not(None), ColumnMemory.is_survey == is_survey)
        .order_by(nearness.desc(), ColumnMemory.id)
    )
    return {row.header: row.holds for row in rows}


def memory_of(session: Session, reach: Reach) -> dict[str, Column | None]:
    """What has been told of the columns of reports."""
    kept = kept_memory(session, reach, is_survey=False)
    return {header: None if holds is None else Column(holds) for header, holds in kept.items()}


def _granted(which: ColumnElement[bool]) -> Select[int]:
    return select(AccessGrant.user_id).where(which)
