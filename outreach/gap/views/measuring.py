"""What everything about maturity and training asks of the data besides the gap."""

from collections.abc import Hashable
from datetime import date

from flask import current_app
from sqlalchemy.orm import Session

from outreach.extensions import db
from outreach.gap.queries.reaching import training_stamp
from outreach.maturity.disclosed import judge
from outreach.maturity.latest import Measured, measured, rounds_up_to
from outreach.maturity.queries.rounds import RoundRow
from outreach.settings import settings_of
from outreach.web import kept


def stamp() -> Hashable:
    """What kept bytes about training depend on besides the version."""
    return training_stamp(db.session())


def maturity_of(
    session: Session,
    county: str,
    day: date,
    *,
    version: int,
    known_on: date | None = None,
) -> Measured | None:
    """The county's newest round up to the day; None where there is none.

    With what all rounds together withhold, also where a later one is not known yet: on two days
    the same round tells the same.
    """
    rounds = rounds_up_to(session, county, day, known_on=known_on)
    return measured_in(session, rounds[0], version=version) if rounds else None


def measured_in(session: Session, chosen: RoundRow, *, version: int) -> Measured:
    """A round as it is shown."""
    k = threshold()
    return measured(
        session,
        chosen,
        judge=lambda code, sums: kept.fact(
            ("maturity", code), version, build=lambda: judge(code, sums, k=k)
        ),
        k=k,
    )


def threshold() -> int:
    """Counts under this are not shown to the public."""
    return settings_of(current_app).disclosure_threshold
