"""Compose a profile: the figures as everybody may see them, in words, facts, drawings, tables.

Everything comes from what the gap room shows the public, so that nothing withheld can slip in by
way of a report, and a frozen profile can be handed to anyone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from flask_babel import gettext

from outreach.gap import wording as gap_words
from outreach.gap.forms import default_choice
from outreach.gap.results import Findings
from outreach.gap.rules import Area, AreaKind, Choice
from outreach.gap.views.reading import Reading
from outreach.gap.wording import area_name, plain, share_text
from outreach.measures.rates import Measure
from outreach.profiles import area_parts, village_parts, wording
from outreach.profiles.material import Made, Material
from outreach.profiles.queries import associations_in
from outreach.profiles.rules import NO_TEXTS, AreaTexts, Document, Part, Section
from outreach.web import filters

MAKERS: Mapping[Part, Callable[[Material], Made]] = {
    Part.POSITION: area_parts.position,
    Part.DEVELOPMENT: area_parts.development,
    Part.COMPARISON: area_parts.comparison,
    Part.VILLAGES: village_parts.villages,
    Part.ASSOCIATIONS: village_parts.associations,
    Part.NEXT: village_parts.next_steps,
}


def composed(look: Reading, area: Area, *, texts: AreaTexts = NO_TEXTS) -> Document:
    """An area's profile by the gap page's usual choice, in the language that is spoken."""
    choice = replace(default_choice(look.options), area=area)
    findings = look.findings(choice)
    material = Material(
        findings=findings,
        around=findings
        if area.kind is not AreaKind.MUNICIPALITY
        else look.gap(_county(look, choice)),
        connection=look.gap(replace(choice, measure=Measure.connection_rate)).chosen,
        associations=associations_in(look.session, area, on=choice.day),
    )
    return Document(
        area_code=area.code,
        title=area_name(area),
        day=plain(filters.day(choice.day)),
        lead=str(gap_words.ADVICE[findings.advice]),
        standing=gap_words.standing(findings),
        passport=_passport(findings),
        sections=tuple(_sections(material, texts)),
    )


def has_figures(look: Reading) -> bool:
    """Whether there is a date to compose a profile of."""
    return bool(look.options.days)


def _county(look: Reading, choice: Choice) -> Choice:
    county = look.options.area(choice.area.counties[0]) or choice.area
    return replace(choice, area=county)


def _passport(findings: Findings) -> str:
    covered = findings.reporting.completeness
    return str(
        gettext(
            "Permanent dwellings on %(day)s. Source: approved reports from fibre associations, "
            "covering %(covered)s of the dwellings. %(scheme)s. Definitions version %(version)s. "
            "Counts under the threshold are withheld.",
            day=filters.day(findings.choice.day),
            covered=share_text(covered.value),
            scheme=gap_words.SCHEMES[findings.choice.scheme],
            version=gap_words.DEFINITION,
        )
    )


def _sections(material: Material, texts: AreaTexts) -> Iterator[Section]:
    for part, make in MAKERS.items():
        paragraphs, facts, figures, tables = make(material)
        yield Section(
            part=part,
            heading=str(wording.HEADINGS[part]),
            generated=tuple(sentence for sentence in paragraphs if sentence),
            written=texts.of(part),
            facts=tuple(facts),
            figures=tuple(figures),
            tables=tuple(tables),
        )
