"""Why every municipality changed between all neighbouring dates, beside the sums it rests on."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from bench.figures import Figure
from bench.load import WrongAnswer, turns
from bench.plan import Plan
from outreach.database.transaction import unhurried
from outreach.gap.disclosed import Audience, Disclosure
from outreach.gap.forms import default_choice
from outreach.gap.queries.changes import ChangeSum, change_sums
from outreach.gap.queries.options import options
from outreach.gap.rules import AreaKind, Choice, Options
from outreach.gap.why import Bridge, Explaining, Of

PLAIN = "the sums in plain SQL"
# The villages' counts on two dates by where they stood on both: what a split is worked out of.
SUMS = text(
    """
    SELECT a.municipality_code, b.municipality_code, a.settlement_class, b.settlement_class,
           sum(a.homes_passed), sum(a.dwellings), sum(b.homes_passed), sum(b.dwellings), count(*)
    FROM (SELECT * FROM village_status
          WHERE dwelling_type = 'permanent' AND reference_date = :start) a
    FULL JOIN (SELECT * FROM village_status
               WHERE dwelling_type = 'permanent' AND reference_date = :end) b
      ON a.village_id = b.village_id
    GROUP BY 1, 2, 3, 4
    """
)


def explained(engine: Engine, plan: Plan) -> Iterator[Figure]:
    """The split of the area and of each municipality, as staff see them."""
    with Session(engine) as session:
        unhurried(session)
        known = options(session)
        choice = default_choice(known)
        days = sorted(known.days)
        pairs = list(itertools.pairwise(days))
        _check(_all(session, choice, known))
        seconds = turns(
            {
                "ours": lambda: _all(session, choice, known),
                PLAIN: lambda: [
                    session.execute(SUMS, {"start": start, "end": end}).all()
                    for start, end in pairs
                ],
            },
            runs=plan.runs,
        )
    what = "cause split, every municipality and date"
    yield Figure(what, "s", seconds["ours"], PLAIN, seconds[PLAIN])


def _all(session: Session, choice: Choice, known: Options) -> list[Bridge | None]:
    codes = [area.code for area in known.areas if area.kind is AreaKind.MUNICIPALITY]
    days = sorted(known.days)
    found = []
    for start, end in itertools.pairwise(days):
        sums = change_sums(session, choice.area.counties, measure=choice.measure, days=(start, end))
        explaining = Explaining(choice, start, Audience.INTERNAL, Disclosure({}))
        by_code: dict[str | None, list[ChangeSum]] = defaultdict(list)
        for one in sums:
            for code in {one.start.municipality_code, one.end.municipality_code}:
                by_code[code].append(one)
        found += [explaining.bridge(sums, Of.all, None)]
        found += [explaining.bridge(by_code[code], Of.all, code) for code in codes]
    return found


def _check(bridges: Sequence[Bridge | None]) -> None:
    """Each split has to add up to its change."""
    told = [bridge for bridge in bridges if bridge is not None]
    if not told or any(abs(sum(one.parts.values()) - one.change) > 1e-9 for one in told):
        raise WrongAnswer("a cause split doesn't add up")
