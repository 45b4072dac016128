"""The results of one round from the database, for whoever shows them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from outreach.days import swedish_day
from outreach.maturity.disclosed import Judged
from outreach.maturity.finding import Finder, Found
from outreach.maturity.queries.names import names_of
from outreach.maturity.queries.reference import newest_reference
from outreach.maturity.queries.rounds import RoundRow, published_rounds
from outreach.maturity.queries.sums import PlaceSum, age_sums, place_sums, sex_sums
from outreach.maturity.results import Results
from outreach.measures.disclosure import Part
from outreach.measures.rates import Share


@dataclass(frozen=True, slots=True)
class Measured:
    """A round's results, and the county's sums over any part that its figures are judged for."""

    results: Results
    finder: Finder
    sums: tuple[PlaceSum, ...]

    def share(
        self, part: Part, *, municipality_code: str | None = None, of: RoundRow | None = None
    ) -> Share:
        """At least basic, of all who answered, in a part of the county or of a municipality.

        `of` is another round of the county than the one measured.
        """
        finder = self.finder if of is None else replace(self.finder, round=of)
        sums = [one for one in self.sums if one.round_id == finder.round.id]
        return finder.share_in(sums, part, municipality_code=municipality_code)


def measured(
    session: Session,
    chosen: RoundRow,
    *,
    judge: Callable[[str, list[PlaceSum]], Judged],
    k: int,
) -> Measured:
    """Everything shown of a closed round. `judge` is given the county and all of its sums."""
    sums = place_sums(session, chosen.county_code)
    rounds = [one for one in published_rounds(session) if one.county_code == chosen.county_code]
    finder = Finder(
        round=chosen,
        before=next((o for o in rounds if o.reference_date < chosen.reference_date), None),
        judged=judge(chosen.county_code, sums),
        names=names_of(session, chosen.county_code),
        reference=newest_reference(session),
        k=k,
    )
    found = Found(sums, age_sums(session, chosen.id), sex_sums(session, chosen.id))
    return Measured(finder.results(found), finder, tuple(sums))


def rounds_up_to(
    session: Session, county_code: str, day: date, *, known_on: date | None = None
) -> list[RoundRow]:
    """A county's published rounds of the day or before, the newest first.

    Those published by the end of an earlier day are what was known on it: once it is published, a
    round never changes.
    """
    return [
        one
        for one in published_rounds(session)
        if one.county_code == county_code
        and one.reference_date <= day
        and (known_on is None or (one.closed_at and swedish_day(one.closed_at) <= known_on))
    ]
