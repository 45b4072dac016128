"""A figure's passport."""

from datetime import date

import pytest

from outreach.measures.classes import DwellingType, Scheme
from outreach.measures.passport import DEFINITION_VERSION, Passport, Source
from outreach.measures.rates import Share


def passport(oldest: date | None) -> Passport:
    return Passport(
        numerator=30,
        denominator=40,
        dwelling_type=DwellingType.permanent,
        reference_date=date(2025, 10, 1),
        oldest_figure_date=oldest,
        sources=(Source.association_report, Source.file_import),
        completeness=Share(40, 50),
        villages=4,
        scheme=Scheme.pts,
    )


def test_a_passport_gives_the_figure_and_the_definitions_it_was_made_by() -> None:
    figure = passport(date(2025, 10, 1))
    assert figure.share.value == 0.75
    assert figure.definition_version == DEFINITION_VERSION


@pytest.mark.parametrize("oldest", [date(2025, 10, 1), None])
def test_a_figure_of_its_own_date_was_not_carried_forward(oldest: date | None) -> None:
    assert not passport(oldest).carried_forward


def test_a_figure_older_than_its_date_was_carried_forward() -> None:
    assert passport(date(2025, 4, 1)).carried_forward
