"""What a sheet's columns are called, what becomes of its rows, and what is wrong, in words."""

from collections.abc import Mapping

from flask_babel import format_decimal, lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from outreach.connections.rules import CountField
from outreach.connections.wording import FIELDS, REASON_LABEL
from outreach.exchange.rules import Column, RowOutcome, RunState
from outreach.places.wording import FILES
from outreach.rules import RuleBroken

COLUMNS: Mapping[Column, LazyString] = {
    Column.ASSOCIATION: lazy_gettext("Association"),
    Column.VILLAGE_CODE: lazy_gettext("Village code"),
    Column.VILLAGE: lazy_gettext("Village"),
    Column.MUNICIPALITY: lazy_gettext("Municipality"),
    Column.DWELLING_TYPE: lazy_gettext("Dwelling type"),
    Column.DWELLINGS: FIELDS[CountField.DWELLINGS],
    Column.HOMES_PASSED: FIELDS[CountField.HOMES_PASSED],
    Column.CONNECTED: FIELDS[CountField.CONNECTED],
    Column.ACTIVE: FIELDS[CountField.ACTIVE],
    Column.UNCHANGED: lazy_gettext("Unchanged"),
    Column.REASON: REASON_LABEL,
}
OUTCOMES: Mapping[RowOutcome, LazyString] = {
    RowOutcome.NEW: lazy_gettext("New"),
    RowOutcome.CHANGED: lazy_gettext("Changed"),
    RowOutcome.UNCHANGED: lazy_gettext("Same as reported"),
    RowOutcome.EMPTY: lazy_gettext("Nothing filled in"),
    RowOutcome.REFUSED: lazy_gettext("Refused"),
}
OF_ANSWERS: Mapping[RowOutcome, LazyString] = {
    RowOutcome.NEW: OUTCOMES[RowOutcome.NEW],
    RowOutcome.REFUSED: OUTCOMES[RowOutcome.REFUSED],
    RowOutcome.UNCHANGED: lazy_gettext("Stored before"),
}
OF_ONE_ROW: Mapping[RowOutcome, LazyString] = {
    **OUTCOMES,
    RowOutcome.NEW: lazy_pgettext("one row", "New"),
    RowOutcome.CHANGED: lazy_pgettext("one row", "Changed"),
    RowOutcome.REFUSED: lazy_pgettext("one row", "Refused"),
}
RUN_STATES: Mapping[RunState, LazyString] = {
    RunState.WAITING: lazy_gettext("Being read"),
    RunState.EXAMINING: lazy_gettext("Being read"),
    RunState.UNREADABLE: lazy_gettext("Could not be read"),
    RunState.NEEDS_COLUMNS: lazy_gettext("Tell which columns are which"),
    RunState.EXAMINED: lazy_gettext("Not imported yet"),
    RunState.QUEUED: lazy_gettext("Being imported"),
    RunState.IMPORTING: lazy_gettext("Being imported"),
    RunState.IMPORTED: lazy_gettext("Imported"),
    RunState.UNDONE: lazy_gettext("Undone"),
    RunState.CANCELLED: lazy_gettext("Dropped"),
}
ROWS: Mapping[str, LazyString] = {
    "association_unknown": lazy_gettext("There is no such association that you report for."),
    "association_needed": lazy_gettext(
        "Several associations serve this village. Write which one it is."
    ),
    "other_association": lazy_gettext("The row is about another association."),
    "village_missing": lazy_gettext("The row doesn't say which village it is about."),
    "village_unknown": lazy_gettext(
        "None of the villages that you report for has this name or code."
    ),
    "village_not_theirs": lazy_gettext("The association doesn't serve a village of this name."),
    "village_ambiguous": lazy_gettext(
        "Several villages have this name. Write the municipality or the village code as well."
    ),
    "type_unknown": lazy_gettext("Write permanent homes, holiday homes or workplaces."),
    "no_such_row": lazy_gettext(
        "The report has no row for this dwelling type in the village. Ask the region to add it."
    ),
    "row_twice": lazy_gettext("The village stands in row %(row)s already."),
    "unchanged_unclear": lazy_gettext("Write yes or no, or leave the cell empty."),
    "window_closed": lazy_gettext(
        "The round is closed for this association. Ask the region if you may still report."
    ),
    "others_faulty": lazy_gettext(
        "The report holds other figures that have to be put right in the form first."
    ),
}
WORKBOOKS: Mapping[str, LazyString] = {
    "not_a_spreadsheet": lazy_gettext(
        "This is not a spreadsheet that can be read here. Save it as Excel (.xlsx), "
        "OpenDocument (.ods) or CSV."
    ),
    "old_or_locked_workbook": lazy_gettext(
        "The workbook is of an older kind (.xls) or locked with a password. Save it as .xlsx "
        "without a password."
    ),
    "never_calculated": lazy_gettext(
        "The workbook holds formulas that were never calculated, so their figures can't be read. "
        "Open it in Excel or LibreOffice, save it and try again."
    ),
    "workbook_broken": lazy_gettext("The workbook is damaged. Open it, save it and try again."),
}
FILE_SENTENCES: Mapping[str, LazyString] = {
    **FILES,
    **WORKBOOKS,
    "encoding_unknown": lazy_gettext(
        "The file's letters can't be read. Save it as Excel or as CSV in UTF-8 and try again."
    ),
}
ROUND_CLOSED = lazy_gettext("The survey round is closed. Nothing of the file was stored.")
FILE_MISSING = lazy_gettext("Choose a file.")
OUTDATED = lazy_gettext(
    "Somebody reported in the meantime. Look at the rows once more before you import."
)


def row_sentence(rule: RuleBroken) -> str:
    """Why a row is refused."""
    return str(ROWS[rule.code]) % {name: str(value) for name, value in rule.facts.items()}


def file_sentence(rule: RuleBroken) -> str:
    """Why a whole file can't be read."""
    facts = {
        name: value if isinstance(value, str) else str(format_decimal(value, format="#,##0"))
        for name, value in rule.facts.items()
    }
    return str(FILE_SENTENCES[rule.code]) % facts
