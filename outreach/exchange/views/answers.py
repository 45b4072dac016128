"""Send a file of survey answers: what it should hold, and the way to send it."""

from http import HTTPStatus

from flask import Response, render_template, request
from flask_babel import get_locale

from outreach.accounts.current import user_id
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.exchange.commands.runs import Upload, receive
from outreach.exchange.queries.runs import runs_of
from outreach.exchange.views.blueprint import blueprint
from outreach.exchange.views.imports import INLINE_BYTES, content_sent, go_on, to_run
from outreach.exchange.wording import FILE_MISSING, RUN_STATES
from outreach.extensions import db
from outreach.maturity.queries.rounds import RoundRow
from outreach.maturity.questionnaires import QUESTIONNAIRES
from outreach.maturity.views.blueprint import ROUND, STAFF, found_round
from outreach.web.access import open_to
from outreach.web.answers import unkept


@blueprint.get(f"{ROUND}/import")
@open_to(STAFF)
def answers_file(round_id: int) -> Response:
    """The form to choose a file with, and how it should look."""
    return _start(found_round(round_id, must_be_open=True))


@blueprint.post(f"{ROUND}/import")
@open_to(STAFF)
def send_answers(round_id: int) -> Response:
    """Keep the file until somebody decides about it, and read it at once if it is small."""
    found = found_round(round_id, must_be_open=True)
    session, sent = db.session(), request.files.get("file")
    content = content_sent(sent)
    if sent is None or not sent.filename or not content:
        return _start(found, error=str(FILE_MISSING))
    new = Upload(
        file_name=sent.filename,
        content=content,
        round_id=None,
        association_id=None,
        locale=str(get_locale()),
        survey_round_id=found.id,
    )
    with transaction(session):
        run_id = receive(session, new, user_id=user_id(), at=utc_now())
    go_on(run_id, is_small=len(content) <= INLINE_BYTES)
    return to_run(run_id)


def _start(found: RoundRow, *, error: str | None = None) -> Response:
    runs = [
        (run, str(RUN_STATES[run.state]))
        for run in runs_of(db.session(), user_id=user_id())
        if run.survey_round_id == found.id
    ]
    page = render_template(
        "exchange/answers_file.html",
        round=found,
        error=error,
        page_has_errors=error is not None,
        runs=runs,
        questionnaire=QUESTIONNAIRES[found.questionnaire],
    )
    return unkept((page, HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK))
