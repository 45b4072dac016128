"""Add a village to those an association serves, and change for how long it does."""

from sqlalchemy.orm import Session

from outreach.associations.commands.recording import (
    Author,
    Fact,
    Subject,
    refuse_broken,
    store_change,
    store_creation,
)
from outreach.associations.models import ServedVillage
from outreach.associations.queries.one import reachable_association
from outreach.associations.queries.served import periods_served, reachable_served, villages_by_code
from outreach.associations.queries.succession import passed_on
from outreach.associations.rules import Period
from outreach.database.versions import check_version
from outreach.rules import RuleBroken


def add_village(
    session: Session, association_id: int, village_code: str, *, period: Period, by: Author
) -> ServedVillage | None:
    """Let an association serve a village of its county for a period.

    None outside the author's counties. Raises RuleBroken: `not_in_county`, `serves_already`, or a
    rule of the period. Another association may serve the village at the same time.
    """
    held = reachable_association(session, association_id, reach=by.reach, for_staff=True)
    if held is None:
        return None
    refuse_broken(period.broken_rules())
    found = villages_by_code(session, [village_code], county_code=held.county_code)
    if not found:
        raise RuleBroken("village", "not_in_county")
    made = ServedVillage(
        association_id=held.id,
        village_id=found[0].id,
        valid_from=period.valid_from,
        valid_to=period.valid_to,
    )
    _refuse_overlap(session, made, period=period)
    session.add(made)
    session.flush()
    store_creation(session, _subject(made), facts=_facts(made) | {"code": village_code}, by=by)
    session.flush()
    return made


def edit_period(
    session: Session,
    place: tuple[int, int],
    period: Period,
    *,
    version: int | None,
    by: Author,
) -> ServedVillage | None:
    """Change from when and until when a village is served, given as (association id, row id).

    None outside the author's counties. Raises StaleEdit or RuleBroken.
    """
    association_id, served_id = place
    if reachable_association(session, association_id, reach=by.reach, for_staff=True) is None:
        return None
    held = reachable_served(session, association_id, served_id=served_id, reach=by.reach)
    if held is None:
        return None
    check_version(version, stored=held.version)
    refuse_broken(period.broken_rules())
    _refuse_broken_succession(session, held, period=period)
    _refuse_overlap(session, held, period=period)
    before = _facts(held)
    held.valid_from, held.valid_to = period.valid_from, period.valid_to
    store_change(session, _subject(held), before=before, after=_facts(held), by=by)
    session.flush()
    return held


def _refuse_overlap(session: Session, served: ServedVillage, *, period: Period) -> None:
    """One association counts once in a village on any day; the association's row is locked."""
    others = periods_served(session, served.association_id, village_id=served.village_id)
    if any(period.overlaps(other) for key, other in others.items() if key != served.id):
        raise RuleBroken("valid_from", "serves_already")


def _refuse_broken_succession(session: Session, served: ServedVillage, *, period: Period) -> None:
    """Where a village passed on, its end and the other's beginning stay together."""
    passed = passed_on(session, served.id)
    if passed.is_handed_on and period.valid_to != served.valid_to:
        raise RuleBroken("valid_to", "passed_on")
    if passed.taken_over_on is not None and period.valid_from > passed.taken_over_on:
        raise RuleBroken("valid_from", "taken_over")


def _subject(served: ServedVillage) -> Subject:
    return Subject("served_village", served.id)


def _facts(served: ServedVillage) -> dict[str, Fact]:
    return {
        "village_id": served.village_id,
        "valid_from": served.valid_from,
        "valid_to": served.valid_to,
    }
