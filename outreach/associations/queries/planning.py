"""What a merger, a division or a move of villages would change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.associations.models import Association, HandedVillage, ServedVillage
from outreach.associations.queries.conditions import staffed_by
from outreach.associations.queries.one import AssociationName
from outreach.associations.rules import CLOSED_STATUSES, Period
from outreach.database.ordering import swedish_order
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME


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


def _services(session: Session, association_ids: Collection[int]) -> list[_Service]:
    query = (
        select(
            ServedVillage.id,
            ServedVillage.association_id,
            ServedVillage.village_id,
            ServedVillage.valid_from,
            ServedVillage.valid_to,
            Village.name,
            MUNICIPALITY_NAME.label("municipality"),
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
