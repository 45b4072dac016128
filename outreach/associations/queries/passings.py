"""The successions that there have been, as the pages of both associations tell of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.associations.models import Association, HandedVillage, ServedVillage, Succession
from outreach.associations.queries.one import AssociationName
from outreach.associations.rules import SuccessionKind
from outreach.database.ordering import swedish_order
from outreach.places.models import Village


@dataclass(frozen=True, slots=True)
class Passing:
    """A succession as both associations' pages tell of it; `names` are the villages."""

    id: int
    kind: SuccessionKind
    association_id: int
    association: str
    takes_effect: date
    reason: str
    made_by: str | None
    made_at: datetime
    undone_at: datetime | None
    to: tuple[AssociationName, ...]
    names: tuple[str, ...]


def passings_of(session: Session, association_id: int) -> list[Passing]:
    """The successions from or to an association, the latest first; undone ones too."""
    took_over = (
        select(HandedVillage.succession_id)
        .join(ServedVillage, ServedVillage.id == HandedVillage.to_served_id)
        .where(ServedVillage.association_id == association_id)
    )
    query = (
        select(Succession, Association.name, User.name.label("made_by"))
        .join(Association, Association.id == Succession.association_id)
        .outerjoin(User, User.id == Succession.made_by_id)
        .where(
            or_(
                Succession.association_id == association_id,
                Succession.into_id == association_id,
                Succession.id.in_(took_over),
            )
        )
        .order_by(Succession.takes_effect.desc(), Succession.id.desc())
    )
    found = session.execute(query).all()
    villages = _handed_villages(session, [row.Succession.id for row in found])
    into = _names(session, [row.Succession.into_id for row in found if row.Succession.into_id])
    return [
        _passing(row.Succession, row.name, row.made_by, villages=villages, into=into)
        for row in found
    ]


def _handed_villages(
    session: Session, succession_ids: Collection[int]
) -> dict[int, list[tuple[AssociationName, str]]]:
    query = (
        select(
            HandedVillage.succession_id,
            Association.id,
            Association.name,
            Association.county_code,
            Village.name.label("village"),
        )
        .join(ServedVillage, ServedVillage.id == HandedVillage.to_served_id)
        .join(Association, Association.id == ServedVillage.association_id)
        .join(Village, Village.id == ServedVillage.village_id)
        .where(HandedVillage.succession_id.in_(succession_ids))
        .order_by(swedish_order(Village.name), Village.id)
    )
    found: dict[int, list[tuple[AssociationName, str]]] = {}
    for row in session.execute(query):
        name = AssociationName(row.id, row.name, row.county_code)
        found.setdefault(row.succession_id, []).append((name, row.village))
    return found


def _names(session: Session, association_ids: Collection[int]) -> dict[int, AssociationName]:
    query = select(Association.id, Association.name, Association.county_code).where(
        Association.id.in_(association_ids)
    )
    return {row.id: AssociationName(*row) for row in session.execute(query)}


def _passing(
    made: Succession,
    association: str,
    made_by: str | None,
    *,
    villages: Mapping[int, list[tuple[AssociationName, str]]],
    into: Mapping[int, AssociationName],
) -> Passing:
    handed = villages.get(made.id, [])
    first = [into[made.into_id]] if made.into_id is not None else []
    return Passing(
        id=made.id,
        kind=made.kind,
        association_id=made.association_id,
        association=association,
        takes_effect=made.takes_effect,
        reason=made.reason,
        made_by=made_by,
        made_at=made.made_at,
        undone_at=made.undone_at,
        to=tuple(dict.fromkeys([*first, *(name for name, _ in handed)])),
        names=tuple(village for _, village in handed),
    )
