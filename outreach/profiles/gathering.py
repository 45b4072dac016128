"""Read all that an area's profile is made of, as everybody may see it."""

from dataclasses import replace

from outreach.associations.queries.demonstration import has_demonstration
from outreach.gap.disclosed import Audience
from outreach.gap.forms import default_choice
from outreach.gap.rules import Area, AreaKind
from outreach.gap.views.maturity import maturity_look
from outreach.gap.views.reach import reach_look
from outreach.gap.views.reading import Reading
from outreach.gap.views.why import why_of
from outreach.gap.why import Of, Why, default_start
from outreach.measures.rates import Measure
from outreach.measures.reach import KILOMETRES
from outreach.profiles.material import Material
from outreach.profiles.queries import associations_in

PUBLIC = Audience.PUBLIC


def gathered(look: Reading, area: Area) -> Material:
    """The material of an area by the gap page's usual choice."""
    choice = replace(default_choice(look.options), area=area, known_on=look.known_on)
    county = look.options.area(area.counties[0]) or area
    findings = look.findings(choice)
    is_municipality = area.kind is AreaKind.MUNICIPALITY
    start = default_start(choice.day, look.options.days)

    def why(of: Of) -> Why:
        return why_of(look, choice, PUBLIC, start=start, of=of)

    return Material(
        findings=findings,
        around=look.gap(replace(choice, area=county)) if is_municipality else findings,
        connection=look.gap(replace(choice, measure=Measure.connection_rate)).chosen,
        associations=associations_in(look.session, area, on=choice.day),
        why=(why(Of.all), why(Of.gap)),
        maturity=maturity_look(look, choice, PUBLIC),
        reach=reach_look(look, choice, PUBLIC, kilometres=KILOMETRES),
        is_demonstration=has_demonstration(look.session),
    )
