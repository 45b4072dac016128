"""Published figures to compare with, as shares."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.maturity.finding import Reference
from outreach.maturity.models import SurveyReference
from outreach.maturity.reference import SHIPPED, SWEDEN


def newest_reference(session: Session, *, country: str = SWEDEN) -> Reference:
    """The newest year's figures of a country: what was imported over what is shipped."""
    years: dict[int, dict[str, int]] = {}
    if country == SWEDEN:
        years = {year: dict(shares) for year, shares in SHIPPED.items()}
    rows = session.execute(
        select(SurveyReference.year, SurveyReference.indicator, SurveyReference.hundredths)
        .where(SurveyReference.country == country)
        .order_by(SurveyReference.year)
    )
    for row in rows:
        years.setdefault(row.year, {})[row.indicator] = row.hundredths
    if not years:
        return Reference(None, {})
    newest = max(years)
    return Reference(newest, {name: part / 10_000 for name, part in years[newest].items()})
