"""A measure's sums by municipality over all dates, and how many had reported for each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.connections.queries.known import PRESENT, Published
from outreach.measures.classes import FineClass
from outreach.measures.rates import Measure, Share


@dataclass(frozen=True, slots=True)
class ProgressSum:
    """Villages of one fine class in one municipality on one date.

    Their sum, and how many of those asked to report had done so for that date itself.
    """

    day: date
    municipality_code: str
    fine_class: FineClass
    share: Share
    reported: Share


def progress(
    session: Session,
    counties: Collection[str],
    *,
    measure: Measure,
    published: Published = PRESENT,
) -> list[ProgressSum]:
    """Whole counties' sums, oldest date first; one query however many dates there are."""
    sums = published.sums
    rows = session.execute(
        select(
            sums.reference_date,
            sums.municipality_code,
            sums.fine_class,
            getattr(sums, f"{measure}_above"),
            getattr(sums, f"{measure}_below"),
            sums.reported,
            sums.expected,
        )
        .where(sums.dwelling_type == published.dwellings, sums.county_code.in_(counties))
        .order_by(sums.reference_date, sums.municipality_code, sums.fine_class)
    )
    return [
        ProgressSum(day, code, fine_class, Share(above, below), Share(reported, expected))
        for day, code, fine_class, above, below, reported, expected in rows
    ]
