"""Sums of what is published on two dates side by side: SQL adds, Python divides."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Label,
    RowMapping,
    Select,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    false,
    func,
    null,
    select,
)
from sqlalchemy.orm import Session

from outreach.connections.models import VillageStatus
from outreach.connections.queries.known import PRESENT, Published
from outreach.connections.queries.status_sums import fine_class
from outreach.measures.classes import FineClass
from outreach.measures.rates import Measure, Share

SIDES = ("start", "end")


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
    villages = _villages(published, counties, measure=measure, days=days, hidden=hidden)
    return [
        ChangeSum(_side(row, "start"), _side(row, "end"), row["villages"])
        for row in session.execute(_summed(villages)).mappings()
    ]


def _villages(
    published: Published,
    counties: Collection[str],
    *,
    measure: Measure,
    days: tuple[date, date],
    hidden: tuple[Collection[int], Collection[int]],
) -> Subquery:
    """A row a village: where it stood and what it had on each date."""
    status = published.rows
    return (
        select(
            status.village_id,
            *(
                column
                for side, day, apart in zip(SIDES, days, hidden, strict=True)
                for column in _columns(status, measure, side=side, day=day, apart=apart)
            ),
        )
        .where(
            status.dwelling_type == published.dwellings,
            status.county_code.in_(counties),
            status.reference_date.in_(days),
        )
        .group_by(status.village_id)
        .subquery()
    )


def _columns(
    status: type[VillageStatus], measure: Measure, *, side: str, day: date, apart: Collection[int]
) -> list[Label[object]]:
    numerator = getattr(status, measure.numerator_field)
    denominator = getattr(status, measure.denominator_field)
    on = status.reference_date == day
    is_known = and_(on, numerator.is_not(None), denominator.is_not(None))
    is_apart = status.village_id.in_(apart) if apart else false()
    return [
        _on(on, status.municipality_code).label(f"{side}_municipality"),
        _on(on, fine_class(status)).label(f"{side}_class"),
        _on(on, case((is_apart, 1), else_=0)).label(f"{side}_hidden"),
        _on(is_known, numerator).label(f"{side}_above"),
        _on(is_known, denominator).label(f"{side}_below"),
    ]


def _summed(villages: Subquery) -> Select[*tuple[object, ...]]:
    """The villages that stand alike on both dates added up, those without a share apart."""
    c = villages.c
    alike = [c[f"{side}_{part}"] for side in SIDES for part in ("municipality", "class", "hidden")]
    unknown = [c[f"{side}_below"].is_(None) for side in SIDES]
    counts = [c[f"{side}_{part}"] for side in SIDES for part in ("above", "below")]
    return (
        select(
            *alike,
            *(func.sum(count).label(count.name) for count in counts),
            func.count().label("villages"),
        )
        .group_by(*alike, *unknown)
        .order_by(c.end_municipality, c.start_municipality)
    )


def _on(when: ColumnElement[bool], value: SQLColumnExpression[object]) -> ColumnElement[object]:
    """The value in the row of one date; there is one at most."""
    return func.max(case((when, value), else_=null()))


def _side(row: RowMapping, side: str) -> Side:
    municipality = row[f"{side}_municipality"]
    above, below = row[f"{side}_above"], row[f"{side}_below"]
    return Side(
        municipality_code=municipality,
        fine_class=row[f"{side}_class"],
        share=Share(None if above is None else int(above), None if below is None else int(below)),
        is_hidden=bool(row[f"{side}_hidden"]),
    )
