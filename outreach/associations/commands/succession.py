"""Let villages pass from one association to others: a merger, a division, a move; and undo it."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.associations.commands.recording import (
    Author,
    Fact,
    Subject,
    refuse_broken,
    store_change,
    store_creation,
    store_removal,
)
from outreach.associations.models import (
    Association,
    HandedVillage,
    ServedVillage,
    Succession,
)
from outreach.associations.queries.one import reachable_association
from outreach.associations.queries.planning import PlannedVillage, places_served, planned, receivers
from outreach.associations.queries.served import periods_served
from outreach.associations.queries.succession import reachable_succession
from outreach.associations.rules import (
    AssociationStatus,
    Period,
    SuccessionEntry,
    SuccessionKind,
)
from outreach.rules import RuleBroken


def pass_on(
    session: Session, association_id: int, entry: SuccessionEntry, *, today: date, by: Author
) -> Succession | None:
    """Make a succession; None outside the author's counties.

    Each village's service ends on the day, and the receiver's goes on from it: its own, where it
    serves the village already, or a new one. A merger closes the association when the day has
    come. Raises RuleBroken: a rule of the entry, `not_a_receiver`, or the obstacle of a village.
    """
    held = reachable_association(session, association_id, reach=by.reach, for_staff=True)
    if held is None:
        return None
    refuse_broken(entry.broken_rules())
    targets = _targets(session, held, entry, by=by)
    plans = planned(session, held.id, targets, on=entry.takes_effect)
    for plan in plans:
        if plan.obstacle is not None:
            raise RuleBroken("villages", plan.obstacle, facts={"village": plan.name})
    if entry.villages and len(plans) != len(entry.villages):
        raise RuleBroken("villages", "choose_villages")
    made = Succession(
        kind=entry.kind,
        association_id=held.id,
        into_id=entry.into,
        takes_effect=entry.takes_effect,
        reason=entry.reason,
        made_by_id=by.reach.user_id,
        made_at=by.at,
    )
    session.add(made)
    session.flush()
    for plan in plans:
        _hand(session, made, plan, by=by)
    facts: dict[str, Fact] = {
        "association_id": held.id,
        "kind": entry.kind,
        "reason": entry.reason,
        "takes_effect": entry.takes_effect,
        "into": entry.into,
        "villages": len(plans),
    }
    store_creation(session, Subject("succession", made.id), facts=facts, by=by)
    close_if_due(session, made, today=today, by=by)
    session.flush()
    return made


def close_if_due(session: Session, made: Succession, *, today: date, by: Author) -> bool:
    """Mark an association that has merged into another, once the day has come; whether it was."""
    is_due = made.kind is SuccessionKind.MERGE and made.takes_effect <= today
    if not is_due or made.status_before is not None or made.undone_at is not None:
        return False
    held = session.get_one(Association, made.association_id)
    made.status_before = held.status
    _set_status(session, held, AssociationStatus.MERGED, by=by)
    return True


def undo(
    session: Session, association_id: int, succession_id: int, *, by: Author
) -> Succession | None:
    """Give the villages back as if nothing had happened; None outside the author's counties.

    Raises RuleBroken `undone_already`, or `built_upon` where something later rests on it.
    """
    held = reachable_association(session, association_id, reach=by.reach, for_staff=True)
    made = reachable_succession(
        session, association_id, succession_id=succession_id, reach=by.reach
    )
    if held is None or made is None:
        return None
    if made.undone_at is not None:
        raise RuleBroken("succession", "undone_already")
    for handed in list(made.villages):
        _give_back(session, handed, on=made.takes_effect, by=by)
    if made.status_before is not None:
        _set_status(session, held, made.status_before, by=by)
    made.undone_at, made.undone_by_id = by.at, by.reach.user_id
    store_change(
        session,
        Subject("succession", made.id),
        before={"undone": False},
        after={"undone": True},
        by=by,
    )
    session.flush()
    return made


def _targets(
    session: Session, held: Association, entry: SuccessionEntry, *, by: Author
) -> dict[int, int]:
    """Where each village goes; a merger takes all of them."""
    allowed = receivers(session, held.id, county_code=held.county_code, reach=by.reach)
    targets = dict(entry.villages)
    if entry.kind is SuccessionKind.MERGE and entry.into is not None:
        places = places_served(session, held.id, on=entry.takes_effect)
        targets = {place.village_id: entry.into for place in places}
    wanted = {*targets.values()} | ({entry.into} if entry.into is not None else set())
    if not wanted <= {receiver.id for receiver in allowed}:
        raise RuleBroken("into", "not_a_receiver")
    # Others who change the receivers' villages wait, in one order for all.
    for key in sorted(wanted):
        reachable_association(session, key, reach=by.reach, for_staff=True)
    return targets


def _hand(session: Session, made: Succession, plan: PlannedVillage, *, by: Author) -> None:
    giver = session.get_one(ServedVillage, plan.served_id)
    giver.valid_to = made.takes_effect
    store_change(
        session,
        Subject("served_village", giver.id),
        before={"valid_to": plan.end_before},
        after={"valid_to": made.takes_effect},
        by=by,
    )
    taker_id = plan.continues_id
    if taker_id is None:
        taker_id = _begin(session, made, plan, by=by)
    session.add(
        HandedVillage(
            succession_id=made.id,
            from_served_id=giver.id,
            to_served_id=taker_id,
            end_before=plan.end_before,
            counts_from=made.takes_effect,
            is_new=plan.continues_id is None,
        )
    )
    session.flush()


def _begin(session: Session, made: Succession, plan: PlannedVillage, *, by: Author) -> int:
    taker = ServedVillage(
        association_id=plan.to_association_id,
        village_id=plan.village_id,
        valid_from=made.takes_effect,
        valid_to=plan.end_before,
    )
    session.add(taker)
    session.flush()
    facts: dict[str, Fact] = {
        "village_id": plan.village_id,
        "valid_from": taker.valid_from,
        "valid_to": taker.valid_to,
    }
    store_creation(session, Subject("served_village", taker.id), facts=facts, by=by)
    return taker.id


def _give_back(session: Session, handed: HandedVillage, *, on: date, by: Author) -> None:
    giver, taker = handed.from_served, handed.to_served
    back = Period(giver.valid_from, handed.end_before)
    others = periods_served(session, giver.association_id, village_id=giver.village_id)
    is_met = any(back.overlaps(other) for key, other in others.items() if key != giver.id)
    if giver.valid_to != on or is_met or (handed.is_new and _is_built_upon(session, handed)):
        raise RuleBroken("succession", "built_upon", facts={"village": giver.village.name})
    is_new, end_before = handed.is_new, handed.end_before
    handed.succession.villages.remove(handed)
    session.flush()
    if is_new:
        session.delete(taker)
        facts: dict[str, Fact] = {
            "association_id": taker.association_id,
            "village_id": taker.village_id,
        }
        store_removal(session, Subject("served_village", taker.id), facts=facts, by=by)
    giver.valid_to = end_before
    store_change(
        session,
        Subject("served_village", giver.id),
        before={"valid_to": on},
        after={"valid_to": end_before},
        by=by,
    )


def _is_built_upon(session: Session, handed: HandedVillage) -> bool:
    """Whether the service that began has been changed, passed on, or taken something else over."""
    taker = handed.to_served
    links = session.scalar(
        select(func.count(HandedVillage.id)).where(
            (HandedVillage.from_served_id == taker.id) | (HandedVillage.to_served_id == taker.id)
        )
    )
    is_moved = (taker.valid_from, taker.valid_to) != (
        handed.succession.takes_effect,
        handed.end_before,
    )
    return is_moved or links != 1


def _set_status(
    session: Session, held: Association, status: AssociationStatus, *, by: Author
) -> None:
    before, held.status = held.status, status
    store_change(
        session,
        Subject("association", held.id),
        before={"status": before},
        after={"status": status},
        by=by,
    )
