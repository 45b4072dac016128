"""Compose a profile: the figures as everybody may see them, in words, facts, drawings, tables.

Everything comes from what the gap room shows the public, so that nothing withheld can slip in by
way of a report, and a frozen profile can be handed to anyone.
"""

from collections.abc import Callable, Iterator, Mapping

from flask_babel import gettext

from outreach.gap import wording as gap_words
from outreach.gap.rules import Area
from outreach.gap.views.reading import Reading
from outreach.gap.wording import area_name, plain, share_text
from outreach.profiles import area_parts, cause_part, people_parts, village_parts, wording
from outreach.profiles.gathering import gathered
from outreach.profiles.material import Drawn, Made, Material
from outreach.profiles.rules import NO_TEXTS, AreaTexts, Document, Part, Section
from outreach.web import filters

MAKERS: Mapping[Part, Callable[[Material], Made]] = {
    Part.POSITION: area_parts.position,
    Part.DEVELOPMENT: area_parts.development,
    Part.CAUSES: cause_part.causes,
    Part.COMPARISON: area_parts.comparison,
    Part.VILLAGES: village_parts.villages,
    Part.MATURITY: people_parts.maturity,
    Part.REACH: people_parts.reach,
    Part.ASSOCIATIONS: village_parts.associations,
    Part.NEXT: village_parts.next_steps,
}


def composed(
    look: Reading, area: Area, *, texts: AreaTexts = NO_TEXTS, is_for_screens: bool = True
) -> Document:
    """An area's profile by the gap page's usual choice, in the language that is spoken."""
    return document_of(gathered(look, area), texts, is_for_screens=is_for_screens)


def document_of(material: Material, texts: AreaTexts, *, is_for_screens: bool = True) -> Document:
    """The profile that is made of a material."""
    findings, area = material.findings, material.findings.choice.area
    return Document(
        area_code=area.code,
        title=area_name(area),
        day=plain(filters.day(findings.choice.day)),
        lead=gap_words.advice_of(findings),
        standing=gap_words.standing(findings),
        passport=passport(material),
        sections=tuple(_sections(material, texts, is_for_screens=is_for_screens)),
    )


def pictures(material: Material) -> Iterator[tuple[Part, Drawn]]:
    """Every picture of a profile with the part that it is in."""
    for part, make in MAKERS.items():
        _, _, drawn, _ = make(material)
        yield from ((part, one) for one in drawn)


def has_figures(look: Reading) -> bool:
    """Whether there is a date to compose a profile of."""
    return bool(look.options.days)


def passport(material: Material) -> str:
    """What the figures about dwellings stand on, in words."""
    findings = material.findings
    covered = findings.reporting.completeness
    told = str(
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
    if findings.choice.known_on is not None:
        known = gettext("As known on %(day)s", day=filters.day(findings.choice.known_on))
        told = f"{told} {known}."
    made_up = gettext("Association figures are demonstration")
    return f"{told} {made_up}." if material.is_demonstration else told


def _sections(material: Material, texts: AreaTexts, *, is_for_screens: bool) -> Iterator[Section]:
    for part, make in MAKERS.items():
        paragraphs, facts, drawn, tables = make(material)
        yield Section(
            part=part,
            heading=str(wording.HEADINGS[part]),
            generated=tuple(sentence for sentence in paragraphs if sentence),
            written=texts.of(part),
            facts=tuple(facts),
            figures=tuple(one.figure(is_for_screens=is_for_screens) for one in drawn),
            tables=tuple(tables),
        )
