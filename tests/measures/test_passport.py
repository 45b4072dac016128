"""A figure's passport."""

from datetime import date

from outreach.measures.classes import DwellingType, Scheme
from outreach.measures.passport import DEFINITION_VERSION, Passport, Source
from outreach.measures.rates import Share


def test_a_passport_gives_the_figure_and_the_definitions_it_was_made_by() -> None:
    figure = Passport(
        numerator=30,
        denominator=40,
        dwelling_type=DwellingType.permanent,
        reference_date=date(2025, 10, 1),
        sources=(Source.association_report, Source.file_import),
        completeness=Share(40, 50),
        villages=4,
        scheme=Scheme.pts,
    )
    assert figure.share.value == 0.75
    assert figure.definition_version == DEFINITION_VERSION
