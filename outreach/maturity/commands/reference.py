"""Store the published figures that surveys are compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.database import data_version
from outreach.database.audit import record
from outreach.maturity.eurostat import ReferenceFigure
from outreach.maturity.models import SurveyReference


@dataclass(frozen=True, slots=True)
class Stored:
    """How many figures are new, changed, and as before."""

    new: int
    changed: int
    unchanged: int


def store_reference(
    session: Session, figures: Sequence[ReferenceFigure], *, at: datetime
) -> Stored:
    """Add new figures and put changed ones in the place of the old."""
    known = {
        (row.country, row.year, row.indicator): row
        for row in session.scalars(select(SurveyReference).order_by(SurveyReference.id))
    }
    new = changed = 0
    for figure in figures:
        row = known.get((figure.country, figure.year, figure.indicator))
        if row is None:
            new += 1
            session.add(
                SurveyReference(
                    country=figure.country,
                    year=figure.year,
                    indicator=figure.indicator,
                    hundredths=figure.hundredths,
                    updated_on=figure.updated_on,
                )
            )
        elif row.hundredths != figure.hundredths:
            changed += 1
            row.hundredths, row.updated_on = figure.hundredths, figure.updated_on
    if new or changed:
        record(
            session,
            "survey_reference_imported",
            of=("survey_reference", figures[0].country),
            user_id=None,
            at=at,
            after={"new": new, "changed": changed},
        )
        data_version.bump(session, at=at)
    session.flush()
    return Stored(new, changed, len(figures) - new - changed)
