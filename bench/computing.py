"""The gap and disclosure control without cache or server, beside SQL that reads the same rows."""

from collections.abc import Iterator

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench import peers
from bench.figures import Figure, Goal
from bench.load import turns
from bench.plan import Plan
from outreach.database.transaction import unhurried
from outreach.gap.disclosed import Audience, Disclosure
from outreach.gap.finding import find, find_gap
from outreach.gap.forms import default_choice
from outreach.gap.queries.options import options
from outreach.gap.queries.villages import cells
from outreach.measures.disclosure import DEFAULT_K, WithheldCounts, disclose_counts

UNCACHED = Goal(1.5)
AGGREGATE = "one SQL aggregate"
ROWS = "reading the rows"


def computed(engine: Engine, plan: Plan) -> Iterator[Figure]:
    """What the gap page is made of: its findings, and what is withheld from the public."""
    with Session(engine) as session:
        unhurried(session)
        choice = default_choice(options(session))
        counties = choice.area.counties
        disclosure = Disclosure(_withheld(session, counties))
        seconds = turns(
            {
                "gap": lambda: find_gap(
                    session, choice, audience=Audience.PUBLIC, disclosure=disclosure
                ),
                "villages": lambda: find(
                    session, choice, audience=Audience.PUBLIC, disclosure=disclosure
                ),
                AGGREGATE: lambda: session.execute(peers.AGGREGATE).all(),
                "withheld": lambda: _withheld(session, counties),
                ROWS: lambda: session.execute(peers.CELLS).all(),
            },
            runs=plan.runs,
        )
    yield Figure("gap, uncached", "s", seconds["gap"], AGGREGATE, seconds[AGGREGATE], UNCACHED)
    yield Figure(
        "gap with every village, uncached", "s", seconds["villages"], AGGREGATE, seconds[AGGREGATE]
    )
    yield Figure("disclosure, all counties", "s", seconds["withheld"], ROWS, seconds[ROWS])


def _withheld(session: Session, counties: tuple[str, ...]) -> dict[str, WithheldCounts]:
    return {code: disclose_counts(cells(session, code), k=DEFAULT_K) for code in counties}
