"""Entries and authors for tests of the register."""

from datetime import date

from outreach.accounts.rules import Reach, RoleName
from outreach.associations.commands.recording import Author
from outreach.associations.rules import (
    AssociationEntry,
    AssociationStatus,
    CommitmentEntry,
    CommitmentKind,
    CommitmentStatus,
    ContactEntry,
    DetailsEntry,
    LegalForm,
    Period,
)
from tests.factories import NOW

NUMBER = "7696123459"
STAFF = Reach(roles=frozenset({RoleName.REGIONAL_STAFF}), counties=frozenset({"10"}))
OTHER_STAFF = Reach(roles=frozenset({RoleName.REGIONAL_STAFF}), counties=frozenset({"07"}))
ADMINISTRATOR = Reach(roles=frozenset({RoleName.ADMINISTRATOR}))
BY_STAFF = Author(STAFF, NOW)
BY_OTHERS = Author(OTHER_STAFF, NOW)
BY_ADMINISTRATOR = Author(ADMINISTRATOR, NOW)


def by_reporter(*association_ids: int) -> Author:
    roles = frozenset({RoleName.ASSOCIATION_REPORTER})
    return Author(Reach(roles=roles, associations=frozenset(association_ids)), NOW)


ASSOCIATION = AssociationEntry(
    name="Hasslö Fiber ek. för.",
    legal_form=LegalForm.ECONOMIC_ASSOCIATION,
    status=AssociationStatus.OPERATING,
    county_code="10",
    organisation_number=NUMBER,
    founded_year=2012,
)
DETAILS = DetailsEntry(network_operator="Affärsverken", website="https://hasslo.example.org")
CONTACT = ContactEntry(name="Eva Ek", phone="0455-123456", period=Period(date(2026, 1, 1)))
COMMITMENT = CommitmentEntry(
    kind=CommitmentKind.DIGITAL_HELP,
    title="Hjälpkvällar i bygdegården",
    status=CommitmentStatus.PROMISED,
    target=6,
    due_date=date(2027, 6, 1),
)
