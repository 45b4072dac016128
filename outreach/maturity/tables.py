"""The tables of a round's results as rows for CSV files, each with its counts and interval."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from flask_babel import gettext

from outreach.maturity.results import AreaFigures, Figure, Results
from outreach.maturity.wording import AREAS, CLASSES, ages_words, levels_words, sexes_words
from outreach.measures.classes import SettlementClass
from outreach.web.csv_files import Cell

Table: TypeAlias = tuple[list[str], list[list[Cell]]]
NAMES = ("municipalities", "classes", "villages", "levels", "areas", "ages", "sexes")


def table_of(results: Results, name: str) -> Table:
    """One table by its name."""
    makers: Mapping[str, Table] = {
        "municipalities": _areas([results.county, *results.municipalities]),
        "classes": _areas(results.classes, is_class=True),
        "villages": _villages(results),
        "levels": _levels(results),
        "areas": _skills(results),
        "ages": _ages(results),
        "sexes": _sexes(results),
    }
    return makers[name]


def _figure_heads() -> list[str]:
    return [
        gettext("Answers"),
        gettext("At least basic"),
        gettext("Share of all"),
        gettext("Interval from"),
        gettext("Interval to"),
    ]


def _cells(figure: Figure) -> list[Cell]:
    interval = figure.interval
    return [
        figure.persons,
        figure.share.numerator,
        figure.share.value,
        interval.low if interval else None,
        interval.high if interval else None,
    ]


def _areas(rows: Iterable[AreaFigures], *, is_class: bool = False) -> Table:
    header = [
        gettext("Code"),
        gettext("Name"),
        *_figure_heads(),
        gettext("Assessed"),
        gettext("Share of assessed"),
        gettext("Share the round before"),
    ]
    return header, [
        [
            row.code,
            str(CLASSES[SettlementClass(row.code)]) if is_class else row.name,
            *_cells(row.of_all),
            row.of_assessed.share.denominator,
            row.of_assessed.share.value,
            row.before.value,
        ]
        for row in rows
    ]


def _villages(results: Results) -> Table:
    header = [
        gettext("Code"),
        gettext("Village"),
        gettext("Municipality"),
        gettext("Settlement class"),
        *_figure_heads(),
        gettext("Drawn towards the municipality"),
        gettext("Rank"),
    ]
    return header, [
        [
            row.code,
            row.name or gettext("Small villages together"),
            row.municipality,
            str(CLASSES[row.settlement_class]),
            *_cells(row.figure),
            row.shrunk,
            row.rank,
        ]
        for row in results.villages
    ]


def _levels(results: Results) -> Table:
    header = [gettext("Level"), gettext("Persons"), gettext("Share of all"), gettext("Sweden")]
    return header, [
        [levels_words(row.levels), row.share.numerator, row.share.value, row.reference]
        for row in results.levels
    ]


def _skills(results: Results) -> Table:
    header = [gettext("Area"), gettext("Place"), *_figure_heads(), gettext("Sweden")]
    rows: list[list[Cell]] = []
    for row in results.skills:
        name = str(AREAS[row.area])
        rows.append([name, results.county.name, *_cells(row.figure), row.reference])
        rows += [
            [name, place, *_cells(f), None] for place, f in _named(results, row.by_municipality)
        ]
    return header, rows


def _ages(results: Results) -> Table:
    header = [gettext("Age"), gettext("Place"), *_figure_heads()]
    rows: list[list[Cell]] = []
    for row in results.ages:
        name = ages_words(row.ages)
        rows.append([name, results.county.name, *_cells(row.figure)])
        rows += [[name, place, *_cells(f)] for place, f in _named(results, row.by_municipality)]
    return header, rows


def _sexes(results: Results) -> Table:
    return [gettext("Sex"), *_figure_heads()], [
        [sexes_words(row.sexes), *_cells(row.figure)] for row in results.sexes
    ]


def _named(results: Results, figures: Mapping[str, Figure]) -> Sequence[tuple[str, Figure]]:
    return [(one.name, figures[one.code]) for one in results.municipalities if one.code in figures]
