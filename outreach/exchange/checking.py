"""What becomes of each row of a sheet, judged by the reporting form's own rules."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from outreach.connections.forms.report import FormRow, ReportForm
from outreach.connections.forms.typed import COMMENT, TICKED, Typed, key_of, name_of, typed_from
from outreach.connections.queries.grid import RowKey, counts_stated, grid_rows
from outreach.connections.queries.report_head import ReportHead
from outreach.connections.rules import CountEntry, ReportEntry
from outreach.exchange.rules import COUNTS, CellFault, Column, RowOutcome
from outreach.exchange.wording import row_sentence
from outreach.files.text import header
from outreach.files.values import Cell, text_of
from outreach.rules import RuleBroken

YES = frozenset({"1", "x", "yes", "ja", "j", "y", "true", "sant", "oförändrat", "unchanged"})
NO = frozenset({"", "0", "no", "nej", "n", "false", "falskt"})


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row that is known to be about one village and dwelling type of an association."""

    number: int
    cells: tuple[Cell, ...]
    key: RowKey
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ExaminedRow:
    """A row with what becomes of it."""

    number: int
    cells: tuple[Cell, ...]
    outcome: RowOutcome
    association_id: int | None = None
    key: RowKey | None = None
    base_number: int | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[CellFault, ...] = ()


def texts_of(key: RowKey, said: Mapping[Column, Cell]) -> dict[str, str]:
    """What a row would be typed as in the form. Raises RuleBroken where a tick is unclear."""
    texts = {name_of(key, column): text_of(said.get(column)) for column in (*COUNTS, Column.REASON)}
    tick = header(text_of(said.get(Column.UNCHANGED)))
    if tick not in YES | NO:
        raise RuleBroken(Column.UNCHANGED, "unchanged_unclear")
    texts[name_of(key, "unchanged")] = TICKED if tick in YES else ""
    return {name: text for name, text in texts.items() if text}


def examined(
    session: Session, head: ReportHead, rows: Sequence[PlacedRow], *, columns: Collection[Column]
) -> list[ExaminedRow]:
    """The rows of one association, held against its report as it stands.

    A figure that the report states and the sheet has no column of stays: an empty cell says that
    it is unknown, a missing column says nothing.
    """
    if head.is_closed:
        return [_refused(head, row, row_sentence(RuleBroken("", "window_closed"))) for row in rows]
    grid = grid_rows(session, head)
    stated = counts_stated(session, head.latest.id) if head.latest else {}
    rows = _with_missing_columns(rows, stated, columns)
    texts = {name: text for row in rows for name, text in row.texts.items()}
    form = ReportForm(grid, Typed(texts))
    form.check()
    shown = {row.row.key: row for row in form.rows}
    good = [row for row in rows if row.key in shown and not shown[row.key].has_error]
    entry = overlaid(session, head, {row.key: row.texts for row in good})
    after = {} if entry is None else {(c.village_id, c.dwelling_type): c for c in entry.counts}
    results = []
    for row in rows:
        if row.key not in shown:
            results.append(_refused(head, row, row_sentence(RuleBroken("", "no_such_row"))))
        elif Typed(row.texts).is_blank(row.key):
            results.append(_with(head, row, RowOutcome.EMPTY))
        elif shown[row.key].has_error:
            faults = _faults(shown[row.key])
            results.append(_with(head, row, RowOutcome.REFUSED, faults))
        elif entry is None:
            results.append(_refused(head, row, row_sentence(RuleBroken("", "others_faulty"))))
        else:
            results.append(_with(head, row, _outcome(after[row.key], stated.get(row.key))))
    return results


def overlaid(
    session: Session, head: ReportHead, rows: Mapping[RowKey, Mapping[str, str]]
) -> ReportEntry | None:
    """The report as it stands with these rows in the place of its own; None where rules break.

    A report is a snapshot of all villages: what the sheet leaves out stays as it was.
    """
    typed = overlaid_texts(session, head, rows)
    return ReportForm(grid_rows(session, head), typed).check()


def overlaid_texts(
    session: Session, head: ReportHead, rows: Mapping[RowKey, Mapping[str, str]]
) -> Typed:
    """What would have to be typed for the same."""
    base = Typed()
    if head.latest is not None:
        base = typed_from(counts_stated(session, head.latest.id), head.latest.comment)
    said = {key: texts for key, texts in rows.items() if not Typed(texts).is_blank(key)}
    kept = _without(base.texts, said)
    return Typed(
        {**kept, **{name: text for texts in said.values() for name, text in texts.items()}}
    )


def _with_missing_columns(
    rows: Sequence[PlacedRow],
    stated: Mapping[RowKey, CountEntry],
    columns: Collection[Column],
) -> list[PlacedRow]:
    missing = [column for column in (*COUNTS, Column.REASON) if column not in columns]
    before = typed_from(stated, None).texts

    def completed(row: PlacedRow) -> PlacedRow:
        said = Typed(row.texts)
        if said.is_blank(row.key) or said.is_unchanged(row.key):
            return row
        names = [name_of(row.key, column) for column in missing]
        kept = {name: before[name] for name in names if name in before}
        return replace(row, texts={**row.texts, **kept})

    return [completed(row) for row in rows]


def _without(texts: Mapping[str, str], keys: Collection[RowKey]) -> dict[str, str]:
    return {
        name: text for name, text in texts.items() if name == COMMENT or key_of(name) not in keys
    }


def _outcome(after: CountEntry, before: CountEntry | None) -> RowOutcome:
    if before is None:
        return RowOutcome.NEW
    return RowOutcome.UNCHANGED if after == before else RowOutcome.CHANGED


def _faults(shown: FormRow) -> tuple[CellFault, ...]:
    faults = [CellFault(cell.error, Column(cell.field)) for cell in shown.cells if cell.error]
    if shown.unchanged_error:
        faults.append(CellFault(shown.unchanged_error, Column.UNCHANGED))
    if shown.reason_error:
        faults.append(CellFault(" ".join([*shown.doubts, shown.reason_error]), Column.REASON))
    return tuple(faults)


def _refused(head: ReportHead, row: PlacedRow, message: str) -> ExaminedRow:
    return _with(head, row, RowOutcome.REFUSED, (CellFault(message),))


def _with(
    head: ReportHead, row: PlacedRow, outcome: RowOutcome, faults: tuple[CellFault, ...] = ()
) -> ExaminedRow:
    return ExaminedRow(
        number=row.number,
        cells=row.cells,
        outcome=outcome,
        association_id=head.association_id,
        key=row.key,
        base_number=head.base_number,
        texts=row.texts,
        faults=faults,
    )
