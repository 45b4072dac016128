"""What the pages that show training read beside the gap."""

from datetime import date

from flask_babel import gettext

from outreach.gap.disclosed import Audience
from outreach.gap.queries.reaching import (
    YearSum,
    counties_with_sessions,
    reach_sums,
    year_sums,
)
from outreach.gap.reach import Hidden, Teller, Training, cells_of, judged, periods_up_to
from outreach.gap.rules import Choice
from outreach.gap.views.measuring import threshold
from outreach.gap.views.reading import Reading
from outreach.measures.disclosure import Withheld
from outreach.web import kept


def source() -> str:
    """Where figures of training are from."""
    return str(gettext("Sessions logged by civil society, and the survey of digital maturity"))


def training_of(look: Reading, choice: Choice, audience: Audience, *, kilometres: int) -> Training:
    """Reach and activity of the choice's area."""
    area, session, of = choice.area, look.session, look.source
    newest = look.options.days[0]
    held = year_sums(session, area.counties, day=newest, of=of)
    periods = periods_up_to(choice.day)
    reached = {
        one: reach_sums(session, area, day=choice.day, period=one, metres=kilometres * 1000, of=of)
        for one in periods
    }
    logged = {
        one: set(area.counties) <= counties_with_sessions(session, one, of=of) for one in periods
    }
    judged_for = area.counties if audience is Audience.PUBLIC else ()
    hidden = Hidden({county: _hidden(county, held, newest) for county in judged_for})
    teller = Teller(choice, audience, hidden, logged, kilometres)
    return teller.training(reached, held, newest=newest)


def _hidden(county: str, held: list[YearSum], newest: date) -> Withheld:
    cells = cells_of((one for one in held if one.county_code == county), newest=newest)
    return kept.fact(
        ("participants", county), hash(cells), build=lambda: judged(cells, k=threshold())
    )
