"""What a merger, a division or a move of villages would change, and which there have been."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.accounts.rules import Reach
from outreach.associations.listeners import Handed
from outreach.associations.models import (
    Association,
    HandedVillage,
    ServedVillage,
    Succession,
)
from outreach.associations.queries.conditions import staffed_by
from outreach.associations.queries.one import AssociationName
from outreach.associations.rules import CLOSED_STATUSES, Period, SuccessionKind
from outreach.database.ordering import swedish_order
from outreach.places.models import Municipality, Village


@dataclass(frozen=True, slots=True)
class PlannedVillage:
    """One village of a succession before it is made.

    `continues_id` is the service of the receiver that it joins; None where a new one begins.
    `obstacle` says what must be put right in the register first.
    """

    served_id: int
    village_id: int
    name: str
    municipality: str
    to_association_id: int
    end_before: date | None
    continues_id: int | None = None
    obstacle: str | None = None


@dataclass(frozen=True, slots=True)
class ServedPlace:
    """A village that an association serves on a day or is to serve after it."""

    village_id: int
    name: str
    municipality: str


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Whether a service was handed on, and from when it goes on from another's."""

    is_handed_on: bool
    taken_over_on: date | None


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


@dataclass(frozen=True, slots=True)
class _Service:
    id: int
    association_id: int
    village_id: int
    period: Period
    name: str
    municipality: str
    is_handed_on: bool


def places_served(session: Session, association_id: int, *, on: date) -> list[ServedPlace]:
    """The villages that an association serves on the day or later, by name."""
    found: dict[int, ServedPlace] = {}
    for row in _services(session, [association_id]):
        if row.period.valid_to is None or row.period.valid_to > on:
            found[row.village_id] = ServedPlace(row.village_id, row.name, row.municipality)
    return list(found.values())


def receivers(
    session: Session, association_id: int, *, county_code: str, reach: Reach
) -> list[AssociationName]:
    """The associations of the county that can take villages over, by name."""
    query = (
        select(Association.id, Association.name, Association.county_code)
        .where(
            Association.id != association_id,
            Association.county_code == county_code,
            Association.status.not_in(CLOSED_STATUSES),
            staffed_by(reach),
        )
        .order_by(swedish_order(Association.name), Association.id)
    )
    return [AssociationName(*row) for row in session.execute(query)]


def planned(
    session: Session, association_id: int, targets: Mapping[int, int], *, on: date
) -> list[PlannedVillage]:
    """What becomes of each village if it goes to the association given for it, by name.

    Villages that the association serves neither on the day nor later are left out.
    """
    rows = _services(session, [association_id, *set(targets.values())])
    by_pair: dict[tuple[int, int], list[_Service]] = {}
    for row in rows:
        by_pair.setdefault((row.association_id, row.village_id), []).append(row)
    plans = []
    for (holder, village_id), services in by_pair.items():
        if holder != association_id or village_id not in targets:
            continue
        to = targets[village_id]
        plan = _plan(services, by_pair.get((to, village_id), []), to=to, on=on)
        if plan is not None:
            plans.append(plan)
    return plans


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


def handed_by(session: Session, succession_id: int) -> tuple[Handed, ...]:
    """The villages that a succession hands over, for those who follow up on it."""
    giver, taker = ServedVillage.__table__.alias("giver"), ServedVillage.__table__.alias("taker")
    query = (
        select(
            HandedVillage.id,
            giver.c.village_id,
            giver.c.association_id,
            taker.c.association_id.label("to_association_id"),
            Succession.takes_effect,
        )
        .join(Succession, Succession.id == HandedVillage.succession_id)
        .join(giver, giver.c.id == HandedVillage.from_served_id)
        .join(taker, taker.c.id == HandedVillage.to_served_id)
        .where(HandedVillage.succession_id == succession_id)
        .order_by(HandedVillage.id)
    )
    return tuple(Handed(*row) for row in session.execute(query))


def passed_on(session: Session, served_id: int) -> PassedOn:
    """What successions rest on one service of a village."""
    out = select(HandedVillage.id).where(HandedVillage.from_served_id == served_id)
    into = (
        select(func.min(Succession.takes_effect))
        .join(HandedVillage, HandedVillage.succession_id == Succession.id)
        .where(HandedVillage.to_served_id == served_id)
    )
    return PassedOn(session.scalar(out) is not None, session.scalar(into))


def reachable_succession(
    session: Session, association_id: int, *, succession_id: int, reach: Reach
) -> Succession | None:
    """A succession from an association that staff handle, read again; None outside their reach."""
    query = (
        select(Succession)
        .join(Association, Association.id == Succession.association_id)
        .where(
            Succession.id == succession_id,
            Succession.association_id == association_id,
            staffed_by(reach),
        )
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def _services(session: Session, association_ids: Collection[int]) -> list[_Service]:
    query = (
        select(
            ServedVillage.id,
            ServedVillage.association_id,
            ServedVillage.village_id,
            ServedVillage.valid_from,
            ServedVillage.valid_to,
            Village.name,
            Municipality.name.label("municipality"),
            HandedVillage.id.label("handed_id"),
        )
        .join(Village, Village.id == ServedVillage.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .outerjoin(HandedVillage, HandedVillage.from_served_id == ServedVillage.id)
        .where(ServedVillage.association_id.in_(association_ids))
        .order_by(swedish_order(Village.name), Village.code, ServedVillage.valid_from)
    )
    return [
        _Service(
            row.id,
            row.association_id,
            row.village_id,
            Period(row.valid_from, row.valid_to),
            row.name,
            row.municipality,
            row.handed_id is not None,
        )
        for row in session.execute(query)
    ]


def _plan(
    own: Sequence[_Service], theirs: Sequence[_Service], *, to: int, on: date
) -> PlannedVillage | None:
    ahead = [row for row in own if row.period.valid_to is None or row.period.valid_to > on]
    if not ahead:
        return None
    row = ahead[0]
    rest = Period(on, row.period.valid_to)
    met = [other for other in theirs if other.period.overlaps(Period(on))]
    obstacle = None
    if len(ahead) > 1 or row.period.valid_from >= on:
        obstacle = "begins_later"
    elif row.is_handed_on:
        obstacle = "handed_on_already"
    elif met and not _covers(met[0].period, rest):
        obstacle = "other_period"
    return PlannedVillage(
        served_id=row.id,
        village_id=row.village_id,
        name=row.name,
        municipality=row.municipality,
        to_association_id=to,
        end_before=row.period.valid_to,
        continues_id=met[0].id if met and obstacle is None else None,
        obstacle=obstacle,
    )


def _covers(period: Period, rest: Period) -> bool:
    if period.valid_from > rest.valid_from:
        return False
    return period.valid_to is None or (
        rest.valid_to is not None and rest.valid_to <= period.valid_to
    )


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
