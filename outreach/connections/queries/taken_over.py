"""The last counts that an association answers for where it took villages over from others."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Protocol, TypeAlias

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from outreach.associations.models import HandedVillage, ServedVillage
from outreach.connections.queries.as_of import Slice
from outreach.connections.queries.figures import figures_in_force
from outreach.connections.queries.last_counts import LastCount
from outreach.connections.queries.moved import counts_moved, moved_by_hand
from outreach.connections.rules import CountFigures, together
from outreach.measures.classes import DwellingType


class Answering(Protocol):
    """What must be known of a report: whose it is, and the date it speaks of."""

    @property
    def association_id(self) -> int:
        """Whose it is."""
        ...

    @property
    def reference_date(self) -> date:
        """The date it speaks of."""
        ...


Taken: TypeAlias = dict[tuple[int, DwellingType], LastCount]


def counts_taken_over(session: Session, head: Answering) -> Taken:
    """By village and dwelling type, all counts that the report is to answer for, put together.

    Empty for an association that took nothing over. Its own count is part of the sum; dated as
    the oldest of them. A network whose latest count is newer than the report stays apart. A village
    that came by hand, without a succession on record, begins with what those before it last said.
    """
    return each_taken_over(session, [head]).get((head.association_id, head.reference_date), {})


def each_taken_over(
    session: Session, heads: Collection[Answering]
) -> dict[tuple[int, date], Taken]:
    """The same for several reports, by association and date.

    Two statements, for each date of a report that took something over one for each type, and
    one for each date of a report with a village that came by hand.
    """
    asked = {head.association_id for head in heads}
    pairs = {
        (association_id, village_id)
        for association_id, village_id in session.execute(
            select(ServedVillage.association_id, ServedVillage.village_id)
            .join(HandedVillage, HandedVillage.to_served_id == ServedVillage.id)
            .where(ServedVillage.association_id.in_(asked))
            .distinct()
        )
    }
    takers = {association_id for association_id, _ in pairs}
    found: dict[tuple[int, date], Taken] = defaultdict(dict)
    moved = moved_by_hand(session, asked)
    movers = {association_id for association_id, _ in moved}
    for on in sorted({head.reference_date for head in heads if head.association_id in movers}):
        for association_id, theirs in counts_moved(session, moved, on=on).items():
            found[association_id, on] |= theirs
    for on in sorted({head.reference_date for head in heads if head.association_id in takers}):
        for kind in DwellingType:
            for (association_id, village_id), count in _of_type(session, on, kind, pairs).items():
                found[association_id, on][village_id, kind] = count
    return found


def _of_type(
    session: Session, on: date, kind: DwellingType, pairs: Collection[tuple[int, int]]
) -> dict[tuple[int, int], LastCount]:
    """Of these pairs of an association and a village that it took over."""
    villages = sorted({village_id for _, village_id in pairs})
    figure = figures_in_force(Slice(on, date.min, kind, villages)).c
    rows = session.execute(
        select(
            figure.answerer_id,
            figure.village_id,
            figure.reference_date,
            figure.dwellings_source,
            figure.dwellings,
            figure.homes_passed,
            figure.connected,
            figure.active,
        )
        .where(
            figure.answerer_id.in_({association_id for association_id, _ in pairs}),
            ~figure.is_replaced,
            or_(figure.association_id == figure.answerer_id, figure.counts_from <= on),
        )
        .order_by(figure.village_id, figure.reference_date)
    )
    found: dict[tuple[int, int], LastCount] = {}
    for row in rows:
        key = (row.answerer_id, row.village_id)
        if key not in pairs:
            continue
        figures = CountFigures(row.dwellings, row.homes_passed, row.connected, row.active)
        held = found.get(key)
        if held is None:
            found[key] = LastCount(figures, row.reference_date, row.dwellings_source)
            continue
        source = max(held.source, row.dwellings_source)
        found[key] = LastCount(together(held.figures, figures), held.on, source)
    return found
