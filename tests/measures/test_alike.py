"""Whether two passports may stand in one chart."""

from dataclasses import replace
from datetime import date

import pytest

from outreach.measures.alike import Unlike, unlike
from outreach.measures.classes import DwellingType, Scheme
from outreach.measures.passport import Passport, Source
from outreach.measures.rates import Share

OURS = Passport(
    numerator=30,
    denominator=40,
    dwelling_type=DwellingType.permanent,
    reference_date=date(2025, 10, 1),
    sources=(Source.association_report,),
    completeness=Share(90, 100),
    villages=4,
    scheme=Scheme.pts,
    reporting=Share(80, 100),
)


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (replace(OURS, numerator=1), ()),
        (replace(OURS, dwelling_type=DwellingType.holiday), (Unlike.DWELLINGS,)),
        (replace(OURS, scheme=Scheme.scb), (Unlike.SCHEME,)),
        (replace(OURS, scheme=None), ()),
        (replace(OURS, definition_version="0"), (Unlike.DEFINITION,)),
        (replace(OURS, sources=(Source.pts,)), (Unlike.SOURCE,)),
        (replace(OURS, reference_date=date(2021, 10, 1)), (Unlike.DATE,)),
        (replace(OURS, reporting=Share(70, 100)), ()),
        (replace(OURS, reporting=Share(69, 100)), (Unlike.REPORTING,)),
        (replace(OURS, reporting=Share(None, None)), ()),
        (replace(OURS, completeness=Share(0, 100)), (Unlike.COMPLETENESS,)),
        (
            replace(OURS, scheme=Scheme.large, sources=(Source.survey,)),
            (Unlike.SCHEME, Unlike.SOURCE),
        ),
    ],
)
def test_unlike_passports_are_told_by_what_differs_either_way_round(
    other: Passport, what: tuple[Unlike, ...]
) -> None:
    assert unlike(OURS, other) == what
    assert unlike(other, OURS) == what


def test_a_series_over_time_has_many_dates_on_purpose() -> None:
    assert unlike(OURS, replace(OURS, reference_date=date(2021, 10, 1)), over_time=True) == ()
