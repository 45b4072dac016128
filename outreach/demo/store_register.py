"""Stores the demonstration's associations, contacts, served villages and commitments."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from outreach.associations.models import Association as AssociationRow
from outreach.associations.models import AssociationContact, ServedVillage, commitment_village
from outreach.associations.models import Commitment as CommitmentRow
from outreach.demo.facts import Association, Facts

LAST_SPRING = timedelta(days=200)
UNCONFIRMED = 7
"""Every so many associations have contacts whom nobody has asked for a year: a call to make."""


def store_associations(
    session: Session, facts: Facts, *, village_ids: Mapping[str, int], at: datetime
) -> dict[str, int]:
    """Insert the register, marked as demonstration; gives each association's id by its key."""
    session.execute(
        insert(AssociationRow),
        [_association(association, facts.county_code, at) for association in facts.associations],
    )
    by_number = dict(
        session.execute(select(AssociationRow.organisation_number, AssociationRow.id)).all()
    )
    ids = {a.key: by_number[a.organisation_number] for a in facts.associations}
    session.execute(
        insert(AssociationContact),
        [
            {
                "association_id": ids[association.key],
                "name": contact.name,
                "duty": contact.duty,
                "email": contact.email,
                "phone": contact.phone,
                "valid_from": _served_since(association),
                "confirmed_at": None if number % UNCONFIRMED == 0 else at - LAST_SPRING,
            }
            for number, association in enumerate(facts.associations)
            for contact in association.contacts
        ],
    )
    session.execute(
        insert(ServedVillage),
        [
            {
                "association_id": ids[association.key],
                "village_id": village_ids[code],
                "valid_from": _served_since(association),
            }
            for association in facts.associations
            for code in association.villages
        ],
    )
    _store_commitments(session, facts, ids, village_ids=village_ids, at=at)
    return ids


def _association(
    association: Association, county_code: str, at: datetime
) -> dict[str, str | int | bool | datetime]:
    return {
        "name": association.name,
        "organisation_number": association.organisation_number,
        "legal_form": association.legal_form,
        "status": association.status,
        "founded_year": association.founded_year,
        "county_code": county_code,
        "network_operator": association.network_operator,
        "communication_operator": association.communication_operator,
        "website": f"https://{association.key}.example.org",
        "is_demonstration": True,
        "created_at": at,
    }


def _store_commitments(
    session: Session,
    facts: Facts,
    ids: Mapping[str, int],
    *,
    village_ids: Mapping[str, int],
    at: datetime,
) -> None:
    links: list[dict[str, int]] = []
    for association in facts.associations:
        for fact in association.commitments:
            row = CommitmentRow(
                association_id=ids[association.key],
                kind=fact.kind,
                title=fact.title,
                description=fact.description,
                target=fact.target,
                due_date=fact.due_date,
                status=fact.status,
                created_at=at,
                updated_at=at,
            )
            session.add(row)
            session.flush()
            links += [
                {"commitment_id": row.id, "village_id": village_ids[code]} for code in fact.villages
            ]
    session.execute(insert(commitment_village), links)


def _served_since(association: Association) -> date:
    return date(association.founded_year, 7, 1)
