"""What a submitted version asked reasons for, worked out anew for the reviewer."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.connections.queries.as_of import Slice, register_as_of
from outreach.connections.queries.compared import VillageComparison
from outreach.connections.queries.grid import RowKey, counts_stated
from outreach.connections.queries.review import VersionHead
from outreach.connections.queries.usual import usual_growth
from outreach.connections.rules import CountFigures, Known
from outreach.rules import RuleBroken


def doubts_of(
    session: Session, head: VersionHead, rows: Iterable[VillageComparison]
) -> dict[RowKey, list[RuleBroken]]:
    """The doubts of each village and dwelling type of a version, as the reporter's form has them.

    They are held against what counts now, which is what the reviewer sees beside the figures.
    """
    stated = counts_stated(session, head.id)
    before = {(row.village_id, row.dwelling_type): row.before for row in rows}
    ids = {village_id for village_id, _ in stated}
    usual = usual_growth(session, head.association_id, before=head.reference_date, villages=ids)
    register: dict[RowKey, int] = {}
    for kind in sorted({kind for _, kind in stated}):
        known = register_as_of(Slice(head.reference_date, head.reference_date, kind, ids))
        for row in session.execute(select(known.c.village_id, known.c.dwellings)):
            register[row.village_id, kind] = row.dwellings
    return {
        key: list(
            entry.doubts(Known(_last(before.get(key)), register.get(key), usual.get(key, {})))
        )
        for key, entry in stated.items()
    }


def _last(figures: CountFigures | None) -> CountFigures | None:
    return None if figures is None or figures.is_empty else figures
