"""Sums of what is published on two dates side by side: SQL adds, Python divides."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Label,
    RowMapping,
    SQLColumnExpression,
    and_,
    case,
    false,
    func,
    null,
    select,
)
from sqlalchemy.orm import Session

from outreach.connections.queries.known import PRESENT, Published
from outreach.connections.queries.status_sums import fine_class
from outreach.measures.classes import FineClass
from outreach.measures.rates import Measure, Share


@dataclass(frozen=True, slots=True)
class Side:
    """Villages' sum on one of the two dates, and where they stood that day.

    `municipality_code` is None where they had no row that day; then nothing else is known.
    """

    municipality_code: str | None
    fine_class: FineClass | None
    share: Share
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ChangeSum:
    """Villages that stand alike on both dates, summed."""

    start: Side
    end: Side
    villages: int


def change_sums(
    session: Session,
    counties: Collection[str],
    *,
    measure: Measure,
    days: tuple[date, date],
    hidden: tuple[Collection[int], Collection[int]] = ((), ()),
    published: Published = PRESENT,
) -> list[ChangeSum]:
    """A measure's sums in whole counties on two dates, by how the villages stood on both.

    One query, a few hundred rows however many villages there are. `hidden` are the villages to
    be summed apart on each date. A village one of whose two counts is unknown has no share.
    """
    status = published.rows
    numerator = getattr(status, measure.numerator_field)
    denominator = getattr(status, measure.denominator_field)
    is_known = and_(numerator.is_not(None), denominator.is_not(None))
    columns: list[Label[object]] = []
    for name, day, apart in zip(("start", "end"), days, hidden, strict=True):
        on = status.reference_date == day
        is_apart = status.village_id.in_(apart) if apart else false()
        columns += [
            _on(on, status.municipality_code).label(f"{name}_municipality"),
            _on(on, fine_class(status)).label(f"{name}_class"),
            _on(and_(on, is_known), numerator).label(f"{name}_above"),
            _on(and_(on, is_known), denominator).label(f"{name}_below"),
            _on(on, case((is_apart, 1), else_=0)).label(f"{name}_hidden"),
        ]
    villages = (
        select(status.village_id, *columns)
        .where(
            status.dwelling_type == published.dwellings,
            status.county_code.in_(counties),
            status.reference_date.in_(days),
        )
        .group_by(status.village_id)
        .subquery()
    )
    c = villages.c
    keys = [
        c[f"{name}_{part}"]
        for name in ("start", "end")
        for part in ("municipality", "class", "hidden")
    ]
    known = [c[f"{name}_below"].is_(None).label(f"{name}_unknown") for name in ("start", "end")]
    counts = [c[f"{name}_{part}"] for name in ("start", "end") for part in ("above", "below")]
    rows = session.execute(
        select(
            *keys,
            *known,
            *(func.sum(count).label(count.name) for count in counts),
            func.count().label("villages"),
        )
        .group_by(*keys, *(c[f"{name}_below"].is_(None) for name in ("start", "end")))
        .order_by(c.end_municipality, c.start_municipality)
    )
    return [
        ChangeSum(_side(row, "start"), _side(row, "end"), row["villages"])
        for row in rows.mappings()
    ]


def _on(when: ColumnElement[bool], value: SQLColumnExpression[object]) -> ColumnElement[object]:
    """The value in the row of one date; there is one at most."""
    return func.max(case((when, value), else_=null()))


def _side(row: RowMapping, name: str) -> Side:
    municipality = row[f"{name}_municipality"]
    above, below = row[f"{name}_above"], row[f"{name}_below"]
    return Side(
        municipality_code=municipality,
        fine_class=row[f"{name}_class"],
        share=Share(None if above is None else int(above), None if below is None else int(below)),
        is_hidden=bool(row[f"{name}_hidden"]),
    )
