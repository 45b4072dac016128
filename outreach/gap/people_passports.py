"""The passports of figures of people, for judging what they stand beside."""

from collections.abc import Sequence
from datetime import date

from outreach.gap.rules import Choice
from outreach.maturity.queries.rounds import RoundRow
from outreach.measures.passport import DEFINITION_VERSION, Passport, Source
from outreach.measures.rates import UNKNOWN_SHARE, Share
from outreach.measures.reach import ReachSum


def survey_passport(choice: Choice, of: RoundRow) -> Passport:
    """A survey's figure: of its round's day, and counted as its questionnaire asks."""
    return _passport(
        choice, of.reference_date, Source.survey, definition=f"questionnaire {of.questionnaire}"
    )


def reach_passport(choice: Choice, until: date, sums: Sequence[ReachSum]) -> Passport:
    """A reach of twelve months: complete as far as villages have a place and inhabitants."""
    placed = Share(sum(one.placed for one in sums), sum(one.villages for one in sums))
    return _passport(choice, until, Source.session_log, completeness=placed)


def _passport(
    choice: Choice,
    day: date,
    source: Source,
    *,
    completeness: Share = UNKNOWN_SHARE,
    definition: str = DEFINITION_VERSION,
) -> Passport:
    return Passport(
        numerator=None,
        denominator=None,
        dwelling_type=choice.dwellings,
        reference_date=day,
        sources=(source,),
        completeness=completeness,
        villages=0,
        scheme=choice.scheme,
        definition_version=definition,
    )
