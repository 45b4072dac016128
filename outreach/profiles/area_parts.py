"""The parts of a profile about the area as a whole: where it stands, how it changed, its place."""

from collections.abc import Sequence

from flask_babel import gettext

from outreach.gap import alike_words, chart_words
from outreach.gap import wording as gap_words
from outreach.gap.blank_words import blank_dates
from outreach.gap.passports import ranking_together, series_together
from outreach.gap.picturing import rank_spec, series_spec
from outreach.gap.results import MunicipalityFigures
from outreach.gap.wording import plain, points_text, share_text
from outreach.measures.ranking import Place, places
from outreach.profiles import wording
from outreach.profiles.material import Drawn, Made, Material, basis, texts, with_basis
from outreach.profiles.rules import DocumentTable, Fact
from outreach.web import filters


def position(material: Material) -> Made:
    """Coverage and take-up, town and countryside, and what the gap takes to close."""
    findings = material.findings
    shown = (findings.build, material.connection, findings.take_up)
    facts = []
    for found in shown:
        sides = found.gap
        facts += [
            Fact(
                str(gap_words.MEASURES[found.measure]),
                share_text(found.whole.share.value),
                basis(found.whole.numerator, found.whole.denominator),
            ),
            Fact(
                str(gap_words.GAPS[found.measure]),
                points_text(sides.points),
                str(gettext("percentage points, countryside minus towns")),
            ),
        ]
    head = ("", gettext("Rural"), gettext("Urban"), gettext("Gap"))
    rows = tuple(
        (
            str(gap_words.MEASURES[found.measure]),
            with_basis(
                found.gap.rural.numerator, found.gap.rural.denominator, found.gap.rural.share.value
            ),
            with_basis(
                found.gap.urban.numerator, found.gap.urban.denominator, found.gap.urban.share.value
            ),
            points_text(found.gap.points),
        )
        for found in shown
    )
    table = DocumentTable(str(gettext("Town and countryside")), texts(head), (1, 2, 3), rows)
    return wording.position(findings), facts, [], [table]


def development(material: Material) -> Made:
    """The coverage of both sides over time."""
    findings = material.findings
    finding = chart_words.series_finding(findings.series)
    head = (
        gettext("Reference date"),
        gettext("Rural"),
        gettext("Urban"),
        gettext("Gap"),
        gettext("All dwellings"),
    )
    rows = tuple(
        (
            plain(filters.day(point.day)),
            share_text(point.rural.value),
            share_text(point.urban.value),
            points_text(point.points),
            share_text(point.whole.value),
        )
        for point in findings.series
    )
    blanks = blank_dates(findings)
    table = DocumentTable(
        str(gettext("Coverage over time")), texts(head), (1, 2, 3, 4), rows, note=blanks
    )
    paragraphs = [finding, wording.year_change(findings)]
    drawn = Drawn(
        finding,
        series_spec(findings),
        sentence=f"{finding} {blanks}".strip(),
        warning=alike_words.warning(series_together(findings)),
    )
    return paragraphs, [], [drawn], [table]


def comparison(material: Material) -> Made:
    """The county's municipalities by coverage, with how sure each place is."""
    own, around = material.findings.choice.area, material.around
    rows = around.municipalities
    found = places([row.whole.share for row in rows], [_uncovered(row) for row in rows])
    paragraphs = [
        wording.place_sentence(row.name, place, len(rows))
        for row, place in zip(rows, found, strict=True)
        if place is not None and row.code == own.code
    ]
    finding = chart_words.rank_finding(rows)
    warning = alike_words.warning(ranking_together(around))
    figures = [Drawn(finding, rank_spec(around), warning=warning)] if len(rows) > 1 else []
    return [*paragraphs, finding], [], figures, [_places_table(rows, found)]


def _places_table(
    rows: Sequence[MunicipalityFigures], found: Sequence[Place | None]
) -> DocumentTable:
    ordered = sorted(
        zip(found, rows, strict=True),
        key=lambda one: (one[0] is None, one[0].now if one[0] else 0, one[1].name),
    )
    return DocumentTable(
        str(gettext("Municipalities by coverage")),
        texts(
            (
                gettext("Municipality"),
                gettext("Place"),
                gettext("All dwellings"),
                gettext("Rural"),
                gettext("Urban"),
                gettext("Gap"),
            )
        ),
        (1, 2, 3, 4, 5),
        tuple(
            (
                row.name,
                wording.place_text(place),
                share_text(row.whole.share.value),
                share_text(row.rural.share.value),
                share_text(row.urban.share.value),
                points_text(row.points),
            )
            for place, row in ordered
        ),
        note=str(
            gettext(
                "In brackets: the places it could have, whatever villages without a report "
                "turn out to be."
            )
        ),
    )


def _uncovered(row: MunicipalityFigures) -> int | None:
    covered, register = row.whole.covered_dwellings, row.whole.register_dwellings
    return None if covered is None or register is None else register - covered
