"""A profile's tables as one workbook: a sheet each, numbers as numbers, and the definitions."""

from collections.abc import Iterator

from flask_babel import gettext

from outreach.gap import files
from outreach.gap.file_words import TITLES, field
from outreach.gap.files import Table
from outreach.gap.views.maturity import sides_table
from outreach.gap.views.reach import areas_table, taught_table
from outreach.gap.views.tables import facts, warnings_of
from outreach.gap.views.why import causes_table
from outreach.gap.wording import MEANINGS, MEASURES
from outreach.profiles.composing import passport
from outreach.profiles.material import Material
from outreach.web import workbook_files
from outreach.web.delimited import Cell
from outreach.web.table_files import TableFile, sheet_of


def workbook(material: Material, address: str) -> bytes:
    """All of a profile's figures, each row with its passport. It is read at the address."""
    findings = material.findings
    sheets = [sheet_of(one) for one in _tables(material)]
    said: list[tuple[str, Cell]] = [
        (gettext("Passport"), passport(material)),
        *facts(findings, address),
        *warnings_of("series", findings),
        *warnings_of("municipalities", material.around),
        *((str(MEASURES[one]), str(meaning)) for one, meaning in MEANINGS.items()),
        *_other_measures(),
    ]
    return workbook_files.content(sheets, said)


def _tables(material: Material) -> Iterator[TableFile]:
    findings = material.findings
    for name in ("gaps", "series"):
        yield _sheet(str(TITLES[name]), files.TABLES[name](findings))
    causes = [causes_table(one) for one in material.why]
    rows = [row for one in causes for row in one.rows]
    yield _sheet(gettext("Causes"), Table("causes", causes[0].head, rows), room="why")
    yield _sheet(str(TITLES["municipalities"]), files.municipalities(material.around))
    yield _sheet(str(TITLES["villages"]), files.villages(findings))
    yield _sheet(gettext("Digital maturity"), sides_table(material.maturity), room="maturity")
    yield _sheet(gettext("Training reach"), areas_table(material.reach), room="reach")
    yield _sheet(gettext("What is taught"), taught_table(material.reach), room="reach")
    yield TableFile(
        gettext("Associations"),
        (gettext("Association"), gettext("Villages here"), gettext("Newest approved report")),
        [(one.name, one.villages, one.reported_for) for one in material.associations],
    )


def _sheet(title: str, table: Table, *, room: str = "") -> TableFile:
    return TableFile(title, [field(one, room) for one in table.head], table.rows)


def _other_measures() -> list[tuple[str, Cell]]:
    """The measures that are not shares of dwellings."""
    return [
        (gettext("Gap"), gettext("rural share minus urban share, in percentage points")),
        (
            gettext("Causes"),
            gettext(
                "a change in percentage points divided over what it comes from, exact to the sum "
                "(Shapley values)"
            ),
        ),
        (
            gettext("Digital maturity"),
            gettext(
                "people with at least basic skills in all five areas, of all who chose to answer; "
                "Eurostat's digital skills indicator, DSI 2.0"
            ),
        ),
        (
            gettext("Training reach"),
            gettext(
                "inhabitants of villages with a session within 10 km in the past twelve months, of "
                "all inhabitants; sessions, participants and participant-hours for each 1 000"
            ),
        ),
    ]
