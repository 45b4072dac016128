"""The reporting form: texts and known figures in, an entry or messages beside the fields out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from outreach.connections.forms.typed import COMMENT, Typed, name_of
from outreach.connections.queries.grid import GridRow
from outreach.connections.reading import counted
from outreach.connections.rules import (
    COMMENT_MAXIMUM,
    REASON_MAXIMUM,
    CountEntry,
    CountField,
    CountFigures,
    DwellingsSource,
    ReportEntry,
)
from outreach.connections.wording import FIELDS, doubt_sentence, sentence
from outreach.files.text import clean
from outreach.personal_data import has_personal_number
from outreach.rules import RuleBroken


@dataclass(slots=True)
class Cell:
    """One field for a count as the page shows it."""

    id: str
    field: CountField
    label: str
    text: str
    last: int | None
    error: str | None = None


@dataclass(slots=True)
class FormRow:
    """One village of the form as the page shows it."""

    row: GridRow
    cells: list[Cell]
    unchanged_id: str
    is_unchanged: bool
    unchanged_error: str | None
    reason_id: str
    reason: str
    reason_error: str | None
    doubts: list[str] = field(default_factory=list)

    @property
    def asks_reason(self) -> bool:
        """Whether the field for a reason stands open."""
        return bool(self.doubts or self.reason or self.reason_error)

    @property
    def has_error(self) -> bool:
        """Whether something in the row must be put right."""
        return bool(
            self.reason_error
            or self.unchanged_error
            or any(cell.error is not None for cell in self.cells)
        )


class ReportForm:
    """The form of one report. `check` reads it; until then it shows what is typed, unjudged."""

    def __init__(self, rows: Sequence[GridRow], typed: Typed) -> None:
        self.typed = typed
        self.rows = [_form_row(row, typed) for row in rows]
        self.comment = typed.comment
        self.comment_error: str | None = None
        self.form_errors: list[str] = []

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(element id, message) pairs in the order of the page, each naming its village."""
        found: list[tuple[str, str]] = [("report", message) for message in self.form_errors]
        for row in self.rows:
            found += [(key, f"{row.row.village}: {message}") for key, message in _messages(row)]
        if self.comment_error:
            found.append((COMMENT, self.comment_error))
        return found

    @property
    def filled(self) -> int:
        """How many rows say something."""
        return sum(not self.typed.is_blank(row.row.key) for row in self.rows)

    def refuse(self, rule: RuleBroken) -> None:
        """Say above the form what is wrong with all of it."""
        self.form_errors.append(sentence(rule))

    def check(self) -> ReportEntry | None:
        """What the form says, or None when something must be put right first."""
        counts: list[CountEntry] = []
        doubts = 0
        for shown in self.rows:
            entry = self._row_entry(shown)
            if entry is not None:
                doubts += len(shown.doubts)
                counts.append(entry)
        comment = self._checked_comment()
        if not counts and not self.errors:
            self.refuse(RuleBroken("report", "empty"))
        if self.errors:
            return None
        return ReportEntry(tuple(counts), comment or None, doubts)

    def _checked_comment(self) -> str:
        try:
            return _free_text(self.comment, COMMENT, most=COMMENT_MAXIMUM)
        except RuleBroken as rule:
            self.comment_error = sentence(rule)
            return ""

    def _row_entry(self, shown: FormRow) -> CountEntry | None:
        if self.typed.is_blank(shown.row.key):
            return None
        typed = _figures_typed(shown)
        if typed is None:
            return None
        entry = _unchanged(shown, typed) if shown.is_unchanged else _stated(shown, typed)
        return None if entry is None else _with_reason(shown, entry)


def _form_row(row: GridRow, typed: Typed) -> FormRow:
    return FormRow(
        row=row,
        cells=[
            Cell(
                id=name_of(row.key, name),
                field=name,
                label=str(FIELDS[name]),
                text=typed.count(row.key, name),
                last=row.last.of(name) if row.last else None,
            )
            for name in CountField
        ],
        unchanged_id=name_of(row.key, "unchanged"),
        is_unchanged=typed.is_unchanged(row.key),
        unchanged_error=None,
        reason_id=name_of(row.key, "reason"),
        reason=typed.reason(row.key),
        reason_error=None,
    )


def _messages(shown: FormRow) -> list[tuple[str, str]]:
    cells = [(cell.id, f"{cell.label}. {cell.error}") for cell in shown.cells if cell.error]
    if shown.unchanged_error:
        cells.insert(0, (shown.unchanged_id, shown.unchanged_error))
    if shown.reason_error:
        said = " ".join([*shown.doubts, shown.reason_error])
        cells.append((shown.reason_id, said))
    return cells


def _figures_typed(shown: FormRow) -> CountFigures | None:
    """The numbers typed, or None where one of them cannot be read."""
    numbers: dict[CountField, int | None] = {}
    for cell in shown.cells:
        try:
            numbers[cell.field] = counted(cell.text, field=cell.field)
        except RuleBroken as rule:
            cell.error = sentence(rule)
    if any(cell.error for cell in shown.cells):
        return None
    return CountFigures(**{name.value: number for name, number in numbers.items()})


def _stated(shown: FormRow, typed: CountFigures) -> CountEntry | None:
    """The row as its numbers say; the register's dwellings where none are typed."""
    row = shown.row
    is_register = typed.dwellings is None
    figures = CountFigures(
        row.register if is_register else typed.dwellings,
        typed.homes_passed,
        typed.connected,
        typed.active,
    )
    for rule in figures.broken_rules():
        _cell(shown, rule.field).error = sentence(_of_register(rule) if is_register else rule)
    if any(cell.error for cell in shown.cells):
        return None
    source = DwellingsSource.REGISTER if is_register else DwellingsSource.REPORTER
    return CountEntry(row.village_id, row.dwelling_type, figures, source)


def _unchanged(shown: FormRow, typed: CountFigures) -> CountEntry | None:
    """The row as the last approved figures say; other numbers beside the tick contradict it."""
    row = shown.row
    if row.last is None:
        shown.unchanged_error = sentence(RuleBroken("unchanged", "nothing_before"))
        return None
    stated = [(typed.of(name), row.last.of(name)) for name in CountField]
    if any(now is not None and now != before for now, before in stated):
        shown.unchanged_error = sentence(RuleBroken("unchanged", "unchanged_but_different"))
        return None
    return CountEntry(
        row.village_id, row.dwelling_type, row.last, row.last_source, is_unchanged=True
    )


def _with_reason(shown: FormRow, entry: CountEntry) -> CountEntry | None:
    shown.doubts = [doubt_sentence(doubt) for doubt in entry.doubts(shown.row.known)]
    try:
        reason = _free_text(shown.reason, "reason", most=REASON_MAXIMUM)
        if shown.doubts and not reason:
            raise RuleBroken("reason", "reason_missing")
    except RuleBroken as rule:
        shown.reason_error = sentence(rule)
        return None
    return replace(entry, reason=reason or None)


def _of_register(rule: RuleBroken) -> RuleBroken:
    """The limit came from the register and can be lifted by counting oneself."""
    if rule.code != "more_than_dwellings":
        return rule
    return RuleBroken(rule.field, "more_than_register", facts=rule.facts)


def _cell(shown: FormRow, field_name: str) -> Cell:
    return next(cell for cell in shown.cells if cell.field == field_name)


def _free_text(text: str, name: str, *, most: int) -> str:
    kept = clean("".join(sign if sign.isprintable() else " " for sign in text))
    if len(kept) > most:
        raise RuleBroken(name, "text_too_long", facts={"most": most})
    if has_personal_number(kept):
        raise RuleBroken(name, "personal_number")
    return kept
