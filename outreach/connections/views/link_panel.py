"""The personal links of the open round on an association's page, for staff."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from outreach.associations import panels
from outreach.associations.queries.one import AssociationFacts, Rights
from outreach.connections.queries.links import (
    ContactLink,
    LinkRound,
    contact_links,
    is_expected,
    link_round_of,
)
from outreach.connections.queries.report_head import round_to_report
from outreach.connections.views.blueprint import blueprint
from outreach.days import today


@dataclass(frozen=True, slots=True)
class LinkPanel:
    """The round, and the association's contacts with their links in it."""

    dates: LinkRound
    contacts: list[ContactLink]


def load(session: Session, facts: AssociationFacts, may: Rights) -> LinkPanel | None:
    """The links, where the reader is staff and the association is to report now."""
    if not may.may_register:
        return None
    reference_date = round_to_report(session, today=today())
    dates = link_round_of(session, reference_date) if reference_date else None
    if dates is None or not is_expected(session, dates.id, facts.id):
        return None
    links = contact_links(session, dates.id, [facts.id], on=today())
    return LinkPanel(dates, links.get(facts.id, []))


panels.on_association(blueprint, order=40, load=load, template="connections/link_panel.html")
