"""The last counts that an association answers for where it took villages over from others."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from outreach.associations.models import HandedVillage, ServedVillage
from outreach.connections.queries.as_of import Slice
from outreach.connections.queries.figures import figures_in_force
from outreach.connections.rules import CountFigures, DwellingsSource, together
from outreach.measures.classes import DwellingType


@dataclass(frozen=True, slots=True)
class LastCount:
    """What was last approved of a village, and the date it speaks of."""

    figures: CountFigures
    on: date
    source: DwellingsSource


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


def counts_taken_over(
    session: Session, head: Answering
) -> dict[tuple[int, DwellingType], LastCount]:
    """By village and dwelling type, all counts that the report is to answer for, put together.

    Empty for an association that took nothing over. Its own count is part of the sum; dated as
    the oldest of them. A network whose latest count is newer than the report stays apart.
    """
    villages = list(
        session.scalars(
            select(ServedVillage.village_id)
            .join(HandedVillage, HandedVillage.to_served_id == ServedVillage.id)
            .where(ServedVillage.association_id == head.association_id)
            .distinct()
        )
    )
    if not villages:
        return {}
    return {
        (village_id, kind): count
        for kind in DwellingType
        for village_id, count in _of_type(session, head, kind, village_ids=villages).items()
    }


def _of_type(
    session: Session, head: Answering, kind: DwellingType, *, village_ids: list[int]
) -> dict[int, LastCount]:
    figure = figures_in_force(Slice(head.reference_date, date.min, kind, village_ids)).c
    rows = session.execute(
        select(
            figure.village_id,
            figure.reference_date,
            figure.dwellings_source,
            figure.dwellings,
            figure.homes_passed,
            figure.connected,
            figure.active,
        )
        .where(
            figure.answerer_id == head.association_id,
            ~figure.is_replaced,
            or_(
                figure.association_id == head.association_id,
                figure.counts_from <= head.reference_date,
            ),
        )
        .order_by(figure.village_id, figure.reference_date)
    )
    found: dict[int, LastCount] = {}
    for row in rows:
        figures = CountFigures(row.dwellings, row.homes_passed, row.connected, row.active)
        held = found.get(row.village_id)
        if held is None:
            found[row.village_id] = LastCount(figures, row.reference_date, row.dwellings_source)
            continue
        source = max(held.source, row.dwellings_source)
        found[row.village_id] = LastCount(together(held.figures, figures), held.on, source)
    return found
