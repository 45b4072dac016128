"""Who answers for a village's counts on a date, where villages passed from one to another.

A *stint* is the time in which an association answers for one network in a village: it ends where
the village is handed over, and what begins with a take-over is another one. Associations that
were never part of a succession have the stint 0 and nothing else, as do nearly all.

- A count belongs to the association's last stint that had begun on its reference date.
- The *heirs* of a stint are those it passed to, and those that they passed it to. Once an heir
  has reported for a date from which its reports answer for it, the older count is replaced.
- The *answerer* of a count is whoever has the stint, or the heir that has it on the date. An heir
  has it no longer than the service that was handed over would have lasted: one that goes on for
  ever doesn't make a network last that was to end.
"""

from datetime import date

from sqlalchemy import CTE, ColumnElement, Date, and_, case, func, literal, or_, select, union
from sqlalchemy.orm import aliased

from outreach.associations.models import HandedVillage, ServedVillage
from outreach.connections.queries.as_of import Slice

BEGINNING = literal(date(1, 1, 1), Date)


def stints_of(part: Slice) -> CTE:
    """The rows of service of associations with a succession in the village, numbered by stint."""
    out, into = aliased(HandedVillage), aliased(HandedVillage)
    pairs = _pairs(part)
    rows = (
        select(
            ServedVillage.id,
            ServedVillage.association_id,
            ServedVillage.village_id,
            ServedVillage.valid_from,
            ServedVillage.valid_to,
            func.coalesce(into.counts_from, ServedVillage.valid_from, type_=Date).label("begins"),
            case((into.id.is_not(None), 1), else_=0).label("is_new"),
            func.lag(case((out.id.is_not(None), 1), else_=0), 1, 0)
            .over(
                partition_by=[ServedVillage.association_id, ServedVillage.village_id],
                order_by=ServedVillage.valid_from,
            )
            .label("is_after_handing_on"),
        )
        .join(
            pairs,
            and_(
                pairs.c.association_id == ServedVillage.association_id,
                pairs.c.village_id == ServedVillage.village_id,
            ),
        )
        .outerjoin(out, out.from_served_id == ServedVillage.id)
        .outerjoin(into, and_(into.to_served_id == ServedVillage.id, into.is_new))
        .cte("rows_of_service")
    )
    is_break = case((or_(rows.c.is_new == 1, rows.c.is_after_handing_on == 1), 1), else_=0)
    number = func.sum(is_break).over(
        partition_by=[rows.c.association_id, rows.c.village_id], order_by=rows.c.valid_from
    )
    return select(rows, number.label("stint")).cte("stints")


def bounds_of(stints: CTE) -> CTE:
    """From which reference date up to, not including, which counts belong to each stint."""
    stint = stints.c
    first = func.min(stint.begins, type_=Date)
    begun = (
        select(
            stint.association_id,
            stint.village_id,
            stint.stint,
            case((stint.stint == 0, BEGINNING), else_=first).label("begins"),
        )
        .group_by(stint.association_id, stint.village_id, stint.stint)
        .subquery()
    )
    ends = func.min(begun.c.begins, type_=Date).over(
        partition_by=[begun.c.association_id, begun.c.village_id],
        order_by=begun.c.stint,
        rows=(1, None),
    )
    return select(begun, ends.label("ends")).cte("bounds")


def heirs_of(part: Slice, stints: CTE) -> CTE:
    """Each stint that has passed on by the date, with its heirs near and far.

    `counts_from` is the reference date from which the heir's own reports answer for the stint,
    and `lasts_until` the day on which the service handed over would have ended.
    """
    before, after = stints.alias("before"), stints.alias("after")
    links = (
        select(
            before.c.association_id,
            before.c.village_id,
            before.c.stint,
            after.c.association_id.label("heir_id"),
            after.c.stint.label("heir_stint"),
            HandedVillage.counts_from,
            HandedVillage.end_before.label("lasts_until"),
        )
        .select_from(HandedVillage)
        .join(before, before.c.id == HandedVillage.from_served_id)
        .join(after, after.c.id == HandedVillage.to_served_id)
        .where(before.c.valid_to <= part.on)
        .cte("links")
    )
    heirs = select(links).cte("heirs", recursive=True)
    return heirs.union_all(
        select(
            heirs.c.association_id,
            heirs.c.village_id,
            heirs.c.stint,
            links.c.heir_id,
            links.c.heir_stint,
            links.c.counts_from,
            _earlier(heirs.c.lasts_until, links.c.lasts_until),
        ).join(
            links,
            and_(
                links.c.association_id == heirs.c.heir_id,
                links.c.village_id == heirs.c.village_id,
                links.c.stint == heirs.c.heir_stint,
            ),
        )
    )


def holders_of(part: Slice, stints: CTE) -> CTE:
    """The associations that serve a village on the date, with the stint they are in."""
    return (
        select(
            ServedVillage.association_id,
            ServedVillage.village_id,
            func.coalesce(stints.c.stint, 0).label("stint"),
        )
        .outerjoin(stints, stints.c.id == ServedVillage.id)
        .where(in_force(part), part.covers(ServedVillage.village_id))
        .distinct()
        .cte("holders")
    )


def handed_on(part: Slice, heirs: CTE, holders: CTE) -> CTE:
    """The heir that has a stint on the date, and from when on its reports answer for it."""
    return (
        select(
            heirs.c.association_id,
            heirs.c.village_id,
            heirs.c.stint,
            func.max(heirs.c.heir_id).label("heir_id"),
            func.max(heirs.c.counts_from, type_=Date).label("counts_from"),
        )
        .join(
            holders,
            and_(
                holders.c.association_id == heirs.c.heir_id,
                holders.c.village_id == heirs.c.village_id,
                holders.c.stint == heirs.c.heir_stint,
            ),
        )
        .where(or_(heirs.c.lasts_until.is_(None), heirs.c.lasts_until > part.on))
        .group_by(heirs.c.association_id, heirs.c.village_id, heirs.c.stint)
        .cte("handed_on")
    )


def in_force(part: Slice) -> ColumnElement[bool]:
    """The condition that a village is served on the date."""
    return and_(
        ServedVillage.valid_from <= part.on,
        or_(ServedVillage.valid_to.is_(None), ServedVillage.valid_to > part.on),
    )


def _earlier(
    one: ColumnElement[date | None], other: ColumnElement[date | None]
) -> ColumnElement[date | None]:
    """The earlier of two days, where none means never."""
    return case((or_(one.is_(None), other < one), other), else_=one)


def _pairs(part: Slice) -> CTE:
    """The pairs of association and village that a succession concerns."""
    sides = (
        select(ServedVillage.association_id, ServedVillage.village_id)
        .join(HandedVillage, key == ServedVillage.id)
        .where(part.covers(ServedVillage.village_id))
        for key in (HandedVillage.from_served_id, HandedVillage.to_served_id)
    )
    return union(*sides).cte("pairs_passed_on")
