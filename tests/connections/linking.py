"""Personal links for tests: a contact with a link, and the form that it opens."""

from dataclasses import dataclass
from datetime import datetime

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.associations.models import Association, AssociationContact
from outreach.connections.commands.links import LinkFor, Maker, give_key
from outreach.connections.link_models import ReportLink
from outreach.connections.models import ExpectedPair, ReportingRound
from outreach.database.times import utc_now
from outreach.places.models import Village
from tests import factories
from tests.connections.making import Counts, approved


@dataclass(frozen=True, slots=True)
class Linked:
    """An association with a contact, the round, and the secret of the contact's link."""

    village: Village
    association: Association
    contact: AssociationContact
    round: ReportingRound
    secret: str

    @property
    def address(self) -> str:
        return f"/l/{self.secret}"


def linked(session: Session, name: str = "Torhamns Fiber") -> Linked:
    """The association had 40 of 100 homes connected last year and is to report this year's."""
    village = factories.village(session, "Torhamn", dwellings=100)
    association = factories.association(session, name, serving=[village])
    contact = factories.contact(session, association)
    before = factories.reporting_round(session, TODAY.replace(year=TODAY.year - 1))
    approved(session, association, before, counts=[(village, Counts(100, 60, 40, 30))])
    now = factories.reporting_round(session, TODAY)
    session.add(
        ExpectedPair(
            round_id=now.id,
            association_id=association.id,
            village_id=village.id,
            added_at=utc_now(),
        )
    )
    session.flush()
    return Linked(village, association, contact, now, give(session, association, contact, now))


def give(
    session: Session,
    association: Association,
    contact: AssociationContact,
    in_round: ReportingRound,
    *,
    at: datetime | None = None,
) -> str:
    """A key to the contact's link."""
    wanted = LinkFor(
        round_id=in_round.id,
        due_date=in_round.due_date,
        association_id=association.id,
        contact_id=contact.id,
        contact_name=contact.name,
    )
    return give_key(session, wanted, by=Maker(None, at or utc_now()))


def opened(client: FlaskClient, link: Linked) -> str:
    """The address of the form, after opening the link in this browser."""
    return str(client.get(link.address).location)


def the_link(session: Session) -> ReportLink:
    """The only link there is."""
    return session.scalars(select(ReportLink)).one()


TODAY = factories.TODAY.replace(month=10, day=1)
