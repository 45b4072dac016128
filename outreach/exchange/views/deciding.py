"""Tell the columns, import, drop or undo."""

from flask import Response, flash, request
from flask_babel import gettext
from werkzeug.exceptions import Conflict

from outreach.accounts.current import current_reach, user_id
from outreach.connections.commands.review import AlreadyDecided, Reviewer
from outreach.connections.views.asking import WRITERS
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.exchange.commands.importing import NotThisState, drop, queue, undo
from outreach.exchange.commands.runs import forget, tell_columns, tell_header
from outreach.exchange.finding import told_layout
from outreach.exchange.queries.rows import tally
from outreach.exchange.queries.runs import Run, is_small
from outreach.exchange.rules import RECHECKED, Column, Layout
from outreach.exchange.surveys import survey_of, told_by_header, told_meanings, undo_answers
from outreach.exchange.views.blueprint import ONE_IMPORT, blueprint, found_run
from outreach.exchange.views.imports import INLINE_BYTES, go_on, to_run
from outreach.extensions import db
from outreach.files.limits import SHEET_ROWS
from outreach.maturity.commands.rounds import RoundClosed
from outreach.maturity.questionnaires import QUESTIONNAIRES
from outreach.web.access import open_to
from outreach.web.asking import whole_number

INLINE_ROWS = 300
"""So many rows are imported while the person waits; the worker imports more."""


@blueprint.post(f"{ONE_IMPORT}/columns")
@open_to(WRITERS)
def columns(run_id: int) -> Response:
    """Look at the rows anew with the columns as told, and remember them."""
    run, session = found_run(run_id), db.session()
    if run.state not in RECHECKED or run.layout is None:
        raise Conflict
    if run.survey_round_id is not None:
        return _survey_columns(run, run.layout)
    layout = told_layout(run.layout, _told())
    if not layout.is_complete:
        flash(gettext("Choose a column for the village, and at least one for a figure."), "error")
        return to_run(run.id)
    with transaction(session):
        tell_columns(session, run.id, user_id=user_id(), layout=layout, told=_by_header(layout))
    go_on(run.id, is_small=is_small(session, run.id, most=INLINE_BYTES))
    return to_run(run.id)


@blueprint.post(f"{ONE_IMPORT}/header")
@open_to(WRITERS)
def header(run_id: int) -> Response:
    """Look for the columns in the sheet and row that the person says; row 0 means no header."""
    run, session = found_run(run_id), db.session()
    sheet = whole_number(request.form.get("sheet", ""))
    row = whole_number(request.form.get("header_row", "").strip())
    if run.state not in RECHECKED or run.layout is None or sheet is None:
        raise Conflict
    if row is None or row > SHEET_ROWS:
        flash(gettext("Write the number of the row with the columns' names, or 0."), "error")
        return to_run(run.id)
    with transaction(session):
        tell_header(session, run.id, sheet=sheet, header_row=row)
    go_on(run.id, is_small=is_small(session, run.id, most=INLINE_BYTES))
    return to_run(run.id)


@blueprint.post(f"{ONE_IMPORT}/confirm")
@open_to(WRITERS)
def confirm(run_id: int) -> Response:
    """Import all good rows; those that were refused stay out."""
    run, session = found_run(run_id), db.session()
    counted = tally(session, run.id)
    try:
        with transaction(session):
            queue(session, run.id)
    except NotThisState:
        return to_run(run.id)
    go_on(run.id, is_small=counted.taken <= INLINE_ROWS)
    return to_run(run.id)


@blueprint.post(f"{ONE_IMPORT}/drop")
@open_to(WRITERS)
def drop_import(run_id: int) -> Response:
    """Import nothing."""
    run, session = found_run(run_id), db.session()
    try:
        with transaction(session):
            drop(session, run.id, user_id=user_id(), at=utc_now())
            if run.survey_round_id is not None:
                forget(session, run.id)
    except NotThisState:
        return to_run(run.id)
    flash(gettext("Nothing of the file was imported."), "success")
    return to_run(run.id)


@blueprint.post(f"{ONE_IMPORT}/undo")
@open_to(WRITERS)
def undo_import(run_id: int) -> Response:
    """Take all of the import back."""
    run, session = found_run(run_id), db.session()
    try:
        with transaction(session):
            if run.survey_round_id is not None:
                undo_answers(session, run, at=utc_now())
            else:
                undo(session, run, by=Reviewer(current_reach(), utc_now()))
    except RoundClosed:
        flash(gettext("The round is closed and published: nothing can be taken back."), "error")
    except AlreadyDecided:
        flash(
            gettext(
                "The import can no longer be undone: somebody has reported or decided since. "
                "Correct the figures in the form instead."
            ),
            "error",
        )
    except NotThisState:
        return to_run(run.id)
    else:
        flash(gettext("The whole import is undone."), "success")
    return to_run(run.id)


def _survey_columns(run: Run, layout: Layout) -> Response:
    session = db.session()
    questionnaire = QUESTIONNAIRES[survey_of(session, run).questionnaire]
    told = told_meanings(layout, request.form.getlist("column"), questionnaire)
    if told is None:
        flash(gettext("Choose a column for the place, and at least one for an activity."), "error")
        return to_run(run.id)
    with transaction(session):
        tell_columns(session, run.id, user_id=user_id(), layout=told, told=told_by_header(told))
    go_on(run.id, is_small=is_small(session, run.id, most=INLINE_BYTES))
    return to_run(run.id)


def _told() -> dict[Column, int]:
    chosen = {column: whole_number(request.form.get(column.value, "")) for column in Column}
    return {column: at for column, at in chosen.items() if at is not None}


def _by_header(layout: Layout) -> dict[str, Column | None]:
    """What each named column of the file holds, also that it holds nothing of ours."""
    holds = {at: column for column, at in layout.positions.items()}
    return {name: holds.get(at) for at, name in enumerate(layout.header) if name.strip()}
