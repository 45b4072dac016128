"""Names to choose among: municipalities, organisations, people who look after gaps."""

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from outreach.accounts.models import AccessGrant, User
from outreach.accounts.rules import Reach
from outreach.database.ordering import swedish_order
from outreach.places.models import Municipality
from outreach.places.queries.names import MUNICIPALITY_NAME
from outreach.training.models import Organisation
from outreach.training.queries.reaching import in_reach


def municipality_names(session: Session) -> list[tuple[str, str]]:
    """Code and name of every municipality, by name."""
    rows = session.execute(
        select(Municipality.code, MUNICIPALITY_NAME).order_by(
            swedish_order(Municipality.name), Municipality.code
        )
    )
    return [(row.code, row.name) for row in rows]


def organisation_names(session: Session) -> list[tuple[int, str]]:
    """Id and name of every organisation, by name."""
    rows = session.execute(
        select(Organisation.id, Organisation.name).order_by(
            swedish_order(Organisation.name), Organisation.id
        )
    )
    return [(row.id, row.name) for row in rows]


def assignees(session: Session, reach: Reach) -> list[tuple[int, str]]:
    """Who may look after the gaps within reach: the counties' staff and the organisations' own."""
    rows = session.execute(
        select(User.id, User.name)
        .where(
            User.active,
            User.id.in_(
                select(AccessGrant.user_id)
                .join(
                    Organisation,
                    or_(
                        AccessGrant.organisation_id == Organisation.id,
                        AccessGrant.county_code == Organisation.county_code,
                    ),
                )
                .where(and_(in_reach(reach)))
            ),
        )
        .order_by(swedish_order(User.name), User.id)
    )
    return [(row.id, row.name or "") for row in rows]
