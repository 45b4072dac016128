"""A measure's sums by municipality over all dates, and how many had reported for each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.connections.sum_models import StatusSum
from outreach.gap.queries.area import PERMANENT
from outreach.measures.classes import FineClass
from outreach.measures.rates import Measure, Share


@dataclass(frozen=True, slots=True)
class ProgressSum:
    """Villages of one fine class in one municipality on one date: their sum, and how many of
    those asked to report had done so for that date itself.
    """

    day: date
    municipality_code: str
    fine_class: FineClass
    share: Share
    reported: Share


def progress(session: Session, counties: Collection[str], *, measure: Measure) -> list[ProgressSum]:
    """Whole counties' sums, oldest date first; one query however many dates there are."""
    rows = session.execute(
        select(
            StatusSum.reference_date,
            StatusSum.municipality_code,
            StatusSum.fine_class,
            getattr(StatusSum, f"{measure}_above"),
            getattr(StatusSum, f"{measure}_below"),
            StatusSum.reported,
            StatusSum.expected,
        )
        .where(StatusSum.dwelling_type == PERMANENT, StatusSum.county_code.in_(counties))
        .order_by(StatusSum.reference_date, StatusSum.municipality_code, StatusSum.fine_class)
    )
    return [
        ProgressSum(day, code, fine_class, Share(above, below), Share(reported, expected))
        for day, code, fine_class, above, below, reported, expected in rows
    ]
