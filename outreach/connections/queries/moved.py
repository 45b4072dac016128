"""Villages that came from another association by hand, without a succession on record."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from outreach.associations.models import HandedVillage, ServedVillage
from outreach.connections.queries.last_counts import LastCount, last_approved
from outreach.connections.rules import together
from outreach.measures.classes import DwellingType

Moved: TypeAlias = Mapping[tuple[int, int], frozenset["Before"]]
"""By the association and village that it is about, who served there until it began."""


@dataclass(frozen=True, slots=True)
class Before:
    """An association that served a village up to the day on which another's service began."""

    association_id: int
    until: date


def moved_by_hand(session: Session, association_ids: Collection[int]) -> Moved:
    """Villages that these serve from the very day on which another association's service ended."""
    old, new = aliased(ServedVillage), aliased(ServedVillage)
    is_handed = select(HandedVillage.id).where(HandedVillage.from_served_id == old.id).exists()
    rows = session.execute(
        select(new.association_id, new.village_id, old.association_id, old.valid_to)
        .join(
            old,
            and_(
                old.village_id == new.village_id,
                old.valid_to == new.valid_from,
                old.association_id != new.association_id,
            ),
        )
        .where(new.association_id.in_(association_ids), ~is_handed)
        .distinct()
    )
    found: dict[tuple[int, int], set[Before]] = defaultdict(set)
    for association_id, village_id, before_id, until in rows:
        if until is not None:
            found[association_id, village_id].add(Before(before_id, until))
    return {key: frozenset(befores) for key, befores in found.items()}


def counts_moved(
    session: Session, moved: Moved, *, on: date
) -> dict[int, dict[tuple[int, DwellingType], LastCount]]:
    """By association, what those before it last said of a village that it has not reported yet.

    One statement. Where several left the village the same day their counts are put together,
    dated as the oldest.
    """
    pairs = {
        key: {each.association_id for each in befores if each.until <= on}
        for key, befores in moved.items()
    }
    asked = {association_id for association_id, _ in pairs}.union(*pairs.values())
    known = last_approved(session, asked, up_to=on)
    found: dict[int, dict[tuple[int, DwellingType], LastCount]] = defaultdict(dict)
    for (association_id, village_id), before_ids in pairs.items():
        for kind in DwellingType:
            theirs = [
                count
                for each in sorted(before_ids)
                if (count := known.get((each, village_id, kind))) is not None
            ]
            if theirs and (association_id, village_id, kind) not in known:
                found[association_id][village_id, kind] = _as_one(theirs)
    return found


def _as_one(counts: list[LastCount]) -> LastCount:
    first, *others = sorted(counts, key=lambda count: count.on)
    for other in others:
        source = max(first.source, other.source)
        first = LastCount(together(first.figures, other.figures), first.on, source)
    return first
