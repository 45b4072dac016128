"""What follows changes below: what is published, and who may report by a link."""

from flask import current_app
from sqlalchemy.orm import Session

from outreach.accounts.current import current_reach
from outreach.associations.listeners import (
    ContactLeft,
    ServedChanged,
    on_contact_left,
    on_served_changed,
    on_villages_given_back,
    on_villages_handed,
)
from outreach.connections.commands.links import Maker, end_of_contact
from outreach.connections.commands.passing_on import give_back, take_over
from outreach.connections.commands.publish import rebuild
from outreach.connections.commands.records import store_records
from outreach.connections.listeners import on_round_frozen
from outreach.connections.views.blueprint import blueprint
from outreach.places.listeners import PlacesChanged, on_places_changed
from outreach.settings import settings_of


def follow(session: Session, change: PlacesChanged | ServedChanged) -> None:
    """Work out anew what is published of the villages concerned, in the change's transaction."""
    rebuild(
        session,
        village_ids=change.village_ids,
        carry_forward_months=settings_of(current_app).carry_forward_months,
        at=change.at,
    )


def end_links(session: Session, change: ContactLeft) -> None:
    """Whoever no longer acts for the association can no longer report by a link."""
    by = Maker(current_reach().user_id, change.at)
    end_of_contact(session, change.association_id, of=(change.contact_id, change.email), by=by)


on_places_changed(blueprint, follow)
on_contact_left(blueprint, end_links)
on_served_changed(blueprint, follow)
on_villages_handed(blueprint, take_over)
on_villages_given_back(blueprint, give_back)
on_round_frozen(blueprint, store_records)
