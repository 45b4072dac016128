"""The parts of a profile about villages: their figures, who serves them, what can be done there."""

from collections.abc import Iterable

from flask_babel import gettext

from outreach.gap import wording as gap_words
from outreach.gap.disclosed import VillageFigures
from outreach.gap.results import Findings
from outreach.gap.steps import half_of
from outreach.gap.wording import plain, share_text
from outreach.measures.actions import ActingFor, Place, Sides, ranked
from outreach.measures.rates import Measure
from outreach.profiles.material import Made, Material, texts
from outreach.profiles.rules import DocumentTable
from outreach.web import filters

VILLAGES_LISTED = 60
ACTIONS_LISTED = 8


def villages(material: Material) -> Made:
    """The largest villages with their counts."""
    villages = sorted(material.findings.villages, key=lambda one: -(one.dwellings or 0))
    shown = villages[:VILLAGES_LISTED]
    table = DocumentTable(
        str(gettext("Villages, the largest first")),
        texts(
            (
                gettext("Village"),
                str(gap_words.DWELLINGS),
                gettext("Homes passed"),
                gettext("Connected"),
                gettext("Coverage"),
                gettext("Take-up"),
                gettext("Figure from"),
            )
        ),
        (1, 2, 3, 4, 5),
        tuple(_village_row(one) for one in shown),
        note=""
        if len(shown) == len(villages)
        else str(
            gettext(
                "%(shown)s of %(all)s villages; the gap page has them all.",
                shown=len(shown),
                all=len(villages),
            )
        ),
    )
    return [gap_words.standing(material.findings)], [], [], [table]


def _village_row(one: VillageFigures) -> tuple[str, ...]:
    return (
        one.name,
        plain(filters.count(one.dwellings)),
        plain(filters.count(one.counts.homes_passed)),
        plain(filters.count(one.counts.connected)),
        share_text(one.share_of(Measure.coverage).value),
        share_text(one.share_of(Measure.take_up).value),
        plain(gap_words.state_in_table(one)),
    )


def associations(material: Material) -> Made:
    """Who serves villages here, and when they last reported."""
    rows = material.associations
    if not rows:
        return [str(gettext("No fibre association is known to serve a village here."))], [], [], []
    table = DocumentTable(
        str(gettext("Fibre associations with villages here")),
        texts(
            (gettext("Association"), gettext("Villages here"), gettext("Newest approved report"))
        ),
        (1,),
        tuple(
            (row.name, plain(filters.count(row.villages)), plain(filters.day(row.reported_for)))
            for row in rows
        ),
    )
    return [], [], [], [table]


def next_steps(material: Material) -> Made:
    """Where people can be talked to, where it takes money, and what halves each gap."""
    findings = material.findings
    by_code = {one.code: one for one in findings.villages}
    candidates = [Place(one.code, one.group, one.counts) for one in findings.villages]
    sides = _sides(findings)
    tables = []
    paragraphs = []
    for audience, caption in (
        (ActingFor.associations, gettext("Passed but not connected: talk to people")),
        (ActingFor.funders, gettext("Not passed: fund and build")),
    ):
        actions = ranked(candidates, sides, audience)[:ACTIONS_LISTED]
        if actions:
            tables.append(
                DocumentTable(
                    str(caption),
                    texts((gettext("Village"), gettext("Municipality"), str(gap_words.DWELLINGS))),
                    (2,),
                    tuple(
                        (
                            by_code[one.code].name,
                            by_code[one.code].municipality_name,
                            plain(filters.count(one.dwellings)),
                        )
                        for one in actions
                    ),
                )
            )
        paragraphs += _half(candidates, sides, audience)
    paragraphs.append(
        str(
            gettext(
                "The lists are ordered by dwellings alone: what a metre of trench costs there, or "
                "who has asked, is not known here."
            )
        )
    )
    return paragraphs, [], [], tables


def _half(candidates: Iterable[Place], sides: Sides, audience: ActingFor) -> list[str]:
    found = half_of(candidates, sides, audience)
    if found is None:
        return []
    words = {"villages": len(found.codes), "dwellings": plain(filters.count(found.dwellings))}
    if audience is ActingFor.funders:
        return [
            str(
                gettext(
                    "Half of the build-out gap closes with %(dwellings)s dwellings in %(villages)s "
                    "villages.",
                    **words,
                )
            )
        ]
    return [
        str(
            gettext(
                "Half of the take-up gap closes with %(dwellings)s dwellings in %(villages)s "
                "villages.",
                **words,
            )
        )
    ]


def _sides(findings: Findings) -> Sides:
    found = (findings.build, findings.take_up)
    return Sides(
        rural={one.measure: one.gap.rural.share for one in found},
        urban={one.measure: one.gap.urban.share for one in found},
    )
