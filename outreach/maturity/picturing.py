"""Results as pictures' specifications, in the reader's words."""

from collections.abc import Iterable

from flask_babel import gettext

from outreach.maturity.charts.specs import Bar, BarSpec
from outreach.maturity.results import Results
from outreach.maturity.wording import AREAS, levels_words
from outreach.measures.rates import Share
from outreach.measures.wilson import wilson
from outreach.web.filters import share as as_share

_LEVELS = (0, 0.25, 0.5, 0.75, 1)


def levels_spec(results: Results) -> BarSpec:
    """The county's levels beside Sweden's."""
    bars = [_bar(levels_words(row.levels), row.share, row.reference) for row in results.levels]
    return _spec(results, gettext("How many are at each level"), bars)


def skills_spec(results: Results) -> BarSpec:
    """At least basic in each area beside Sweden's."""
    bars = [_bar(str(AREAS[row.area]), row.figure.share, row.reference) for row in results.skills]
    return _spec(results, gettext("At least basic in each area"), bars)


def _spec(results: Results, label: str, bars: Iterable[Bar]) -> BarSpec:
    return BarSpec(
        label=label,
        own=results.county.name,
        other=gettext("Sweden %(year)s", year=results.reference_year or ""),
        levels=tuple((level, str(as_share(level, 0))) for level in _LEVELS),
        bars=tuple(bars),
    )


def _bar(name: str, share: Share, reference: float | None) -> Bar:
    interval = wilson(share)
    return Bar(
        name=name,
        share=share.value,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        reference=reference,
        text="" if share.value is None else str(as_share(share.value)),
    )
