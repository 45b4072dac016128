"""Reads and sums everything about one choice for one audience."""

from dataclasses import replace

from sqlalchemy.orm import Session

from outreach.connections.queries.known import PRESENT, Published
from outreach.gap.disclosed import Audience, Disclosure, Lens
from outreach.gap.queries.sums import series, sums_on
from outreach.gap.queries.villages import villages_on
from outreach.gap.results import Findings, MeasureGap
from outreach.gap.rules import Choice
from outreach.gap.summing import Summing, closing, reporting
from outreach.measures.rates import Measure


def find(
    session: Session,
    choice: Choice,
    *,
    audience: Audience,
    disclosure: Disclosure,
    published: Published = PRESENT,
) -> Findings:
    """All findings; three queries, however many villages and dates there are."""
    found = find_gap(session, choice, audience=audience, disclosure=disclosure, published=published)
    lens = Lens(audience, disclosure, choice.day, choice.measure, choice.scheme)
    rows = villages_on(session, choice.area, day=choice.day, published=published)
    villages = [*map(lens.see, rows)]
    closed: dict[Measure, MeasureGap] = {
        one.measure: closing(one, villages) for one in (found.build, found.take_up, found.chosen)
    }
    return replace(
        found,
        build=closed[Measure.coverage],
        take_up=closed[Measure.take_up],
        chosen=closed[choice.measure],
        villages=villages,
    )


def find_gap(
    session: Session,
    choice: Choice,
    *,
    audience: Audience,
    disclosure: Disclosure,
    published: Published = PRESENT,
) -> Findings:
    """The gaps, their series and the municipalities, without the villages: sums only.

    Two queries; what is divided here is a few hundred sums, never a village's row.
    """
    sums = sums_on(session, choice.area, day=choice.day, published=published)
    summing = Summing(choice, audience, disclosure)
    return Findings(
        choice=choice,
        audience=audience,
        build=summing.gap_of(Measure.coverage, sums),
        take_up=summing.gap_of(Measure.take_up, sums),
        chosen=summing.gap_of(choice.measure, sums),
        series=summing.series(
            series(session, choice.area, measure=choice.measure, published=published)
        ),
        municipalities=summing.municipalities(sums),
        reporting=reporting(sums),
    )
