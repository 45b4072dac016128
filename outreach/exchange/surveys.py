"""Survey answers from a file: where the columns are, what becomes of each row, storing, undoing.

A file of single answers is kept only until somebody decides about it, and seen only by whoever
sent it (docs/adr/0006).
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from outreach.accounts.queries import reach_of
from outreach.database.audit import record
from outreach.exchange.checking import ExaminedRow
from outreach.exchange.commands.importing import move
from outreach.exchange.commands.runs import forget
from outreach.exchange.finding import rows_looked_at
from outreach.exchange.queries.rows import taken_texts
from outreach.exchange.queries.runs import Run, content_of
from outreach.exchange.rules import CellFault, Layout, RowOutcome, RunState
from outreach.files.sheets import NumberedRow, Sheet
from outreach.files.text import header
from outreach.files.values import Cell, text_of
from outreach.maturity import importing, wording
from outreach.maturity.commands.batches import store_batch, take_back
from outreach.maturity.commands.rounds import RoundClosed
from outreach.maturity.queries.places import places_of
from outreach.maturity.queries.receipts import known_receipts, receipt_hash
from outreach.maturity.queries.rounds import RoundRow, round_within
from outreach.maturity.questionnaires import QUESTIONNAIRES, Questionnaire
from outreach.rules import RuleBroken

ROWS_A_TIME = 500
RECEIPT = "receipt"


def survey_of(session: Session, run: Run) -> RoundRow:
    """The survey round that a file is for. Raises RoundClosed where its sender lost the county."""
    reach = reach_of(session, run.user_id)
    found = round_within(session, run.survey_round_id or 0, reach=reach)
    if found is None:
        raise RoundClosed(run.survey_round_id)
    return found


def layout_of(
    session: Session, run: Run, read: Sequence[Sheet], memory: Mapping[str, str | None]
) -> Layout:
    """As told, or the sheet and row in which most columns are known; the first of equals."""
    questionnaire = _questionnaire(survey_of(session, run))
    told = run.layout
    if told is not None and not told.is_told:
        return told
    layouts = [
        replace(one, meanings=importing.found_meanings(one.header, questionnaire, memory))
        for one in rows_looked_at(read, told)
    ]
    return max(layouts, key=_rank)


def _rank(layout: Layout) -> tuple[bool, int, int]:
    known = sum(bool(one) for one in layout.meanings)
    return importing.is_complete(layout.meanings), known, sum(map(bool, layout.header))


def examined(
    session: Session, run: Run, layout: Layout, rows: Sequence[NumberedRow]
) -> Iterator[list[ExaminedRow]]:
    """The rows with what becomes of them, some at a time."""
    of = survey_of(session, run)
    reader = importing.Reader(
        layout.meanings,
        layout.header,
        places=places_of(session, of.county_code, on=of.reference_date),
        questionnaire=_questionnaire(of),
    )
    digest = hashlib.sha256(content_of(session, run.id)).hexdigest()
    seen: dict[str, int] = {}
    for at in range(0, len(rows), ROWS_A_TIME):
        part = rows[at : at + ROWS_A_TIME]
        receipts = {
            number: receipt_hash(of.id, _receipt(reader.uuid(cells), digest, number))
            for number, cells in part
        }
        known = known_receipts(session, receipts.values())
        yield [
            _row(reader, number, cells, receipts[number], known=known, seen=seen)
            for number, cells in part
        ]


def _receipt(uuid: str, digest: str, number: int) -> str:
    """The export's own name of the row; else the file's fingerprint and the row's place in it."""
    return f"answer {uuid}" if uuid else f"file {digest} row {number}"


def _row(
    reader: importing.Reader,
    number: int,
    cells: tuple[Cell, ...],
    receipt: str,
    *,
    known: frozenset[str],
    seen: dict[str, int],
) -> ExaminedRow:
    first = seen.setdefault(receipt, number)
    if first != number:
        told = wording.sentence(RuleBroken("", "import_twice", facts={"row": first}))
        return ExaminedRow(number, cells, RowOutcome.REFUSED, faults=(CellFault(told),))
    if receipt in known:
        return ExaminedRow(number, cells, RowOutcome.UNCHANGED)
    try:
        entry = reader.entry(cells)
    except RuleBroken as rule:
        (place, column), told = reader.column(rule.field), wording.sentence(rule)
        fault = CellFault(f"{column}: {told}" if column else told, place=place)
        return ExaminedRow(number, cells, RowOutcome.REFUSED, faults=(fault,))
    texts = importing.texts_of(entry) | {RECEIPT: receipt}
    return ExaminedRow(number, cells, RowOutcome.NEW, texts=texts)


def import_answers(session: Session, run: Run, *, at: datetime) -> None:
    """Store every good row, and keep nothing else of the file. Raises RoundClosed."""
    of = survey_of(session, run)
    rows = {texts[RECEIPT]: importing.entry_from(texts) for texts in taken_texts(session, run.id)}
    stored = store_batch(session, of, rows, batch=_batch(run))
    move(session, run.id, RunState.IMPORTING, RunState.IMPORTED, imported_at=at, message=None)
    forget(session, run.id)
    record(
        session,
        "survey_answers_imported",
        of=("survey_round", of.id),
        user_id=run.user_id,
        at=at,
        after={"answers": stored},
    )


def undo_answers(session: Session, run: Run, *, at: datetime) -> int:
    """Take all that was stored back, while the round is open; how many answers.

    Raises RoundClosed and NotThisState.
    """
    of = survey_of(session, run)
    move(session, run.id, RunState.IMPORTED, RunState.UNDONE, undone_at=at)
    removed = take_back(session, of, batch=_batch(run))
    record(
        session,
        "import_undone",
        of=("import_run", run.id),
        user_id=run.user_id,
        at=at,
        before={"answers": removed},
    )
    return removed


def told_meanings(
    layout: Layout, meanings: Sequence[str], questionnaire: Questionnaire
) -> Layout | None:
    """The same header with what the reader says of its columns; None where that says too little."""
    are_ours = all(importing.may_hold(one, questionnaire) for one in meanings)
    if len(meanings) != len(layout.header) or not are_ours:
        return None
    return replace(layout, meanings=tuple(meanings)) if importing.is_complete(meanings) else None


def told_by_header(layout: Layout) -> dict[str, str | None]:
    """What each named column holds, to be remembered."""
    pairs = zip(layout.header, layout.meanings, strict=True)
    return {header(name): meaning or None for name, meaning in pairs if name.strip()}


def place_written(layout: Layout, cells: Sequence[Cell]) -> str:
    """Where a row says that somebody lives, as the file writes it."""
    found = (
        text_of(cells[at])
        for wanted in (importing.Meaning.village, importing.Meaning.municipality)
        for at, meaning in enumerate(layout.meanings)
        if meaning == wanted and at < len(cells)
    )
    return next((text for text in found if text), "")


def _questionnaire(of: RoundRow) -> Questionnaire:
    return QUESTIONNAIRES[of.questionnaire]


def _batch(run: Run) -> str:
    return f"import-{run.id}"
