"""Official figures as they are in force."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.official.models import OfficialFigure
from outreach.official.rules import SERIES, Counted, OfficialMeasure, counted_in
from outreach.places.models import County, Municipality


@dataclass(frozen=True, slots=True)
class Official:
    """One published figure. `share` is from 0 to 1."""

    series: str
    area_code: str
    year: int
    share: float
    source: str

    @property
    def counted(self) -> Counted:
        """What it is the share of."""
        return counted_in(self.year)


def official(
    session: Session, measure: OfficialMeasure, *, area_codes: Collection[str]
) -> list[Official]:
    """The figures in force of a measure, by series, area and year."""
    wanted = [code for code, series in SERIES.items() if series.measure is measure]
    newest = (
        select(func.max(OfficialFigure.id))
        .where(OfficialFigure.series.in_(wanted), OfficialFigure.area_code.in_(area_codes))
        .group_by(OfficialFigure.series, OfficialFigure.area_code, OfficialFigure.year)
    )
    rows = session.execute(
        select(
            OfficialFigure.series,
            OfficialFigure.area_code,
            OfficialFigure.year,
            OfficialFigure.percent,
            OfficialFigure.source,
        )
        .where(OfficialFigure.id.in_(newest))
        .order_by(OfficialFigure.series, OfficialFigure.area_code, OfficialFigure.year)
    )
    return [
        Official(row.series, row.area_code, row.year, row.percent / 100, row.source) for row in rows
    ]


def in_force(session: Session, series: str) -> dict[tuple[str, int], float]:
    """The percentages of a series by area and year."""
    newest = (
        select(func.max(OfficialFigure.id))
        .where(OfficialFigure.series == series)
        .group_by(OfficialFigure.area_code, OfficialFigure.year)
    )
    rows = session.execute(
        select(OfficialFigure.area_code, OfficialFigure.year, OfficialFigure.percent).where(
            OfficialFigure.id.in_(newest)
        )
    )
    return {(row.area_code, row.year): row.percent for row in rows}


def known_areas(session: Session) -> set[str]:
    """The codes of the municipalities and counties that are stored."""
    return {
        *session.scalars(select(Municipality.code)),
        *session.scalars(select(County.code)),
    }
