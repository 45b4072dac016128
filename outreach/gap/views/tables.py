"""The gap's tables as files: each by itself, and all of them as one workbook."""

from collections.abc import Sequence

from flask import Response, request
from flask_babel import get_locale, gettext
from werkzeug.exceptions import NotFound

from outreach.gap import alike_words, files
from outreach.gap.disclosed import Audience
from outreach.gap.file_words import TITLES, field
from outreach.gap.forms import Asked
from outreach.gap.passports import ranking_together, series_together
from outreach.gap.results import Findings
from outreach.gap.rules import Choice
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.data import answer
from outreach.gap.views.reading import Reading
from outreach.gap.wording import (
    DEFINITION,
    DWELLINGS,
    SCHEMES,
    SOURCES,
    area_name,
    measure_name,
)
from outreach.measures.classes import DwellingType
from outreach.places.words import DWELLING_TYPES
from outreach.web import workbook_files
from outreach.web.access import PUBLIC, open_to
from outreach.web.delimited import Cell
from outreach.web.kept_store import Built
from outreach.web.table_files import TableFile, built, kind_asked, sheet_of


@blueprint.get("/gap/<name>.csv")
@open_to(PUBLIC)
def plain_csv(name: str) -> Response:
    """A table by itself, in the format that its address ends with."""
    if name not in files.TABLES:
        raise NotFound
    kind = kind_asked()

    def build(look: Reading, wanted: Asked, audience: Audience) -> Built:
        table = _table(name, look.findings(wanted.choice, audience))
        return built(table, kind, filename=file_name(name, wanted.choice))

    return answer(build, name=f"{name}{kind} {get_locale()}")


@blueprint.get("/gap/tables.xlsx")
@open_to(PUBLIC)
def workbook() -> Response:
    """All tables as one workbook, a sheet each, and one of definitions."""

    def build(look: Reading, wanted: Asked, audience: Audience) -> Built:
        findings = look.findings(wanted.choice, audience)
        sheets = [sheet_of(_table(name, findings)) for name in TITLES]
        warned = [
            one for name in ("municipalities", "series") for one in warnings_of(name, findings)
        ]
        body = workbook_files.content(sheets, [*facts(findings), *warned])
        name = file_name("tables", wanted.choice)
        return Built(body, workbook_files.CONTENT_TYPE, f"{name}.xlsx")

    return answer(build, name=f"tables {get_locale()}")


def facts(findings: Findings, address: str = "") -> Sequence[tuple[str, Cell]]:
    """What holds for all of a file's figures: their passport, in words.

    `address` is where they can be read, if not where the file is.
    """
    choice = findings.choice
    return (
        (gettext("Area"), area_name(choice.area)),
        (gettext("Measure"), measure_name(choice)),
        (gettext("Reference date"), choice.day),
        *known_fact(choice),
        (gettext("Oldest report"), findings.reporting.oldest),
        (gettext("Urban and rural"), str(SCHEMES[choice.scheme])),
        *((str(DWELLINGS), str(DWELLING_TYPES[choice.dwellings])),) * (choice.beside is None),
        (gettext("Share of dwellings covered by reports"), findings.reporting.completeness.value),
        (gettext("Source"), str(SOURCES[choice.beside])),
        (gettext("Definition"), DEFINITION),
        (gettext("Made for"), findings.audience.value),
        (gettext("Address"), address or request.url),
    )


def with_care(warning: str) -> list[tuple[str, Cell]]:
    """Why figures are to be compared with care, as a fact of their file."""
    return [(gettext("Compare with care"), warning)] if warning else []


def warnings_of(name: str, findings: Findings) -> list[tuple[str, Cell]]:
    """What is said of a table whose rows have unlike passports."""
    together = {"series": series_together, "municipalities": ranking_together}.get(name)
    return with_care(alike_words.warning(together(findings))) if together else []


def file_name(name: str, choice: Choice) -> str:
    """What the file is called when it is saved, without its ending."""
    known = "" if choice.known_on is None else f"-known-{choice.known_on}"
    kind = "" if choice.dwellings is DwellingType.permanent else f"-{choice.dwellings}"
    return f"outreach-{name}-{choice.shown}{kind}-{choice.area.code}-{choice.day}{known}"


def known_fact(choice: Choice) -> list[tuple[str, Cell]]:
    """Since when newer knowledge is left out, where it is."""
    return [] if choice.known_on is None else [(gettext("As known on"), choice.known_on)]


def _table(name: str, findings: Findings) -> TableFile:
    table = files.TABLES[name](findings)
    columns = [field(column) for column in table.head]
    return TableFile(
        str(TITLES[name]), columns, table.rows, [*facts(findings), *warnings_of(name, findings)]
    )
