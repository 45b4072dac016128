"""Send a file, and see what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Response, current_app, jsonify, render_template, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach, user_id
from outreach.connections.queries.report_head import ReportHead, round_to_report
from outreach.connections.views.asking import WRITERS, found_head
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.days import today
from outreach.exchange.commands.runs import WORK, Upload, receive
from outreach.exchange.finding import overlooked
from outreach.exchange.jobs import TASK
from outreach.exchange.queries.changes import Changes, changes_of
from outreach.exchange.queries.memory import memory_of
from outreach.exchange.queries.places import associations_to_report, rounds_to_import
from outreach.exchange.queries.rows import RowShown, rows_of, tally, versions_of
from outreach.exchange.queries.runs import Run, runs_of
from outreach.exchange.rules import COUNTS, Column, RowOutcome, RunState
from outreach.exchange.surveys import place_written, survey_of
from outreach.exchange.views.blueprint import ONE_IMPORT, blueprint, found_run
from outreach.exchange.wording import (
    COLUMNS,
    FILE_MISSING,
    OF_ANSWERS,
    OF_ONE_ROW,
    OUTCOMES,
    RUN_STATES,
    file_sentence,
)
from outreach.exchange.working import work_on
from outreach.extensions import db
from outreach.files.limits import WORK_SECONDS
from outreach.files.values import text_of
from outreach.late import Late
from outreach.mail.queue import wake_worker
from outreach.maturity.importing import Meaning
from outreach.maturity.questionnaires import QUESTIONNAIRES
from outreach.rules import RuleBroken
from outreach.settings import settings_of
from outreach.web.access import open_to
from outreach.web.answers import private, see_other
from outreach.web.asking import whole_number
from outreach.web.paging import Paging, page_number

if TYPE_CHECKING:
    from openpyxl import utils as workbook_names
else:
    workbook_names = Late("openpyxl.utils")

INLINE_BYTES = 50_000
"""A file up to this size is read while the person waits; the worker reads larger ones."""


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row as the page prints it: the counts as they stand in the sheet, or what they change."""

    row: RowShown
    village: str
    counts: tuple[str, ...]
    label: str
    changes: Changes = ()


@blueprint.get("/imports")
@open_to(WRITERS)
def imports() -> Response:
    """The way to send a file, and what was sent before."""
    return _index()


@blueprint.post("/imports")
@open_to(WRITERS)
def upload() -> Response:
    """Keep the file, and read it at once if it is small."""
    session, sent = db.session(), request.files.get("file")
    round_id = whole_number(request.form.get("round", ""))
    if round_id is None or round_id not in {each.id for each in rounds_to_import(session)}:
        raise NotFound
    content = content_sent(sent)
    if sent is None or not sent.filename:
        return _index(error=str(FILE_MISSING), status=422)
    if not content:
        return _index(error=file_sentence(RuleBroken("file", "empty_file")), status=422)
    new = Upload(
        file_name=sent.filename,
        content=content,
        round_id=round_id,
        association_id=_association(request.form.get("association", "")),
        locale=str(get_locale()),
    )
    with transaction(session):
        run_id = receive(session, new, user_id=user_id(), at=utc_now())
    go_on(run_id, is_small=len(content) <= INLINE_BYTES)
    return to_run(run_id)


@blueprint.get(ONE_IMPORT)
@open_to(WRITERS)
def show_import(run_id: int) -> Response:
    """What was found in the file, what may be done with it, or what has been done."""
    session, run = db.session(), found_run(run_id)
    is_report = run.survey_round_id is None
    counted = tally(session, run.id)
    shown = _shown(request.args.get("show"), RowOutcome.REFUSED if counted.refused else None)
    total = counted.all if shown is None else getattr(counted, shown.value)
    paging = Paging(page_number(request.args.get("page")), total)
    page = render_template(
        "exchange/import.html" if is_report else "exchange/answers.html",
        run=run,
        tally=counted,
        shown=shown,
        outcomes=[
            (each, str((OUTCOMES if is_report else OF_ANSWERS)[each]), getattr(counted, each.value))
            for each in (RowOutcome if is_report else OF_ANSWERS)
        ],
        **({} if is_report else _about_answers(run)),
        state=str(RUN_STATES[run.state]),
        quiet_since=_quiet_since(run, now=utc_now()),
        columns=COLUMNS,
        overlooked=_overlooked(run),
        names=_column_names(run),
        counts=COUNTS,
        lines=_lines(run, rows_of(session, run.id, outcome=shown, paging=paging)),
        paging=paging,
        page_href=lambda number: url_for(
            "exchange.show_import", run_id=run.id, show=shown or "all", page=number
        ),
        versions=versions_of(session, run.id),
        needs_columns=run.state is RunState.NEEDS_COLUMNS,
    )
    return private(page)


@blueprint.get(f"{ONE_IMPORT}/progress")
@open_to(WRITERS)
def progress(run_id: int) -> Response:
    """How far the program has come, for the script on the page."""
    run = found_run(run_id)
    return private(jsonify(at_work=run.is_at_work, done=run.rows_done, all=run.rows_all))


def go_on(run_id: int, *, is_small: bool) -> None:
    """Do what waits: now where it is little, else in the worker."""
    if is_small:
        work_on(db.session(), clock=utc_now, run_id=run_id, seconds=WORK_SECONDS)
    else:
        wake_worker(TASK)


def to_run(run_id: int) -> Response:
    """On to the import's page."""
    address = url_for("exchange.show_import", run_id=run_id)
    return see_other(address)


def _index(*, error: str | None = None, status: int = 200) -> Response:
    session, reach = db.session(), current_reach()
    head = _asked_head()
    rounds = rounds_to_import(session)
    page = render_template(
        "exchange/imports.html",
        head=head,
        rounds=rounds,
        chosen=head.reference_date if head else round_to_report(session, today=today()),
        reports_many=len(associations_to_report(session, reach=reach, most=2)) > 1,
        runs=[
            (run, str(RUN_STATES[run.state]))
            for run in runs_of(session, user_id=user_id())
            if run.survey_round_id is None
        ],
        remembered=bool(memory_of(session, reach)),
        keep_days=settings_of(current_app).import_days,
        error=error,
        page_has_errors=error is not None,
    )
    return private((page, status))


def content_sent(sent: FileStorage | None) -> bytes:
    """What a form sent as a file."""
    if sent is None:
        return b""
    with sent.stream as stream:
        return stream.read()


def _asked_head() -> ReportHead | None:
    """The report that the page was opened from, where it was opened from one."""
    association_id = whole_number(request.values.get("association", ""))
    day = request.values.get("day", "")
    return found_head(association_id, day) if association_id is not None and day else None


def _association(text: str) -> int | None:
    """The association that all rows belong to, where the person came from its report."""
    association_id = whole_number(text)
    if association_id is None:
        return None
    known = associations_to_report(db.session(), reach=current_reach(), only=association_id)
    if not known:
        raise NotFound
    return association_id


def _quiet_since(run: Run, *, now: datetime) -> datetime | None:
    """When something was last heard of work that should have come further; None otherwise."""
    heard = max(run.created_at, run.claimed_at or run.created_at)
    return heard if run.is_at_work and now - heard > WORK.lost_after else None


def _column_names(run: Run) -> list[str]:
    """The columns of the sheet to choose from: as they are headed, or else by their place."""
    header = run.layout.header if run.layout else ()
    return [
        name or gettext("Column %(letter)s", letter=workbook_names.get_column_letter(at))
        for at, name in enumerate(header, start=1)
    ]


def _overlooked(run: Run) -> list[str]:
    if run.state is not RunState.EXAMINED or run.layout is None:
        return []
    return overlooked(run.layout, memory_of(db.session(), current_reach()))


def _shown(text: str | None, default: RowOutcome | None) -> RowOutcome | None:
    if text is None:
        return default
    return RowOutcome(text) if text in set(RowOutcome) else None


def _about_answers(run: Run) -> dict[str, object]:
    """What a page about survey answers says besides."""
    found = survey_of(db.session(), run)
    return {
        "round": found,
        "codes": [one.code for one in QUESTIONNAIRES[found.questionnaire].activities],
        "has_uuid": run.layout is not None and Meaning.uuid in run.layout.meanings,
    }


def _lines(run: Run, rows: Sequence[RowShown]) -> list[RowLine]:
    """The rows as printed; once they are imported nothing is told of what they changed."""
    changes = changes_of(db.session(), run, rows) if run.state is RunState.EXAMINED else {}
    return [replace(_line(run, row), changes=changes.get(row.number, ())) for row in rows]


def _line(run: Run, row: RowShown) -> RowLine:
    positions = run.layout.positions if run.layout else {}

    def text(column: Column) -> str:
        at = positions.get(column)
        return text_of(row.cells[at]) if at is not None and at < len(row.cells) else ""

    village = row.village or text(Column.VILLAGE) or text(Column.VILLAGE_CODE)
    if run.layout and run.layout.meanings:
        village = place_written(run.layout, row.cells)
    return RowLine(row, village, tuple(map(text, COUNTS)), str(OF_ONE_ROW[row.outcome]))
