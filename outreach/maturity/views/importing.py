"""Answers from a file: look first, then store. The file itself is never kept by the program.

Between the two steps it travels in the page, in the browser of whoever sent it: a file of single
answers that lay on the server could be read by others than disclosure control lets through.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from outreach.accounts.current import current_reach
from outreach.database import transaction
from outreach.database.audit import record
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.files import sheets
from outreach.files.budget import Budget
from outreach.files.faults import FileRefused
from outreach.maturity import importing
from outreach.maturity.commands.answers import store_answers
from outreach.maturity.importing import Judged, Layout, Meaning
from outreach.maturity.queries.places import places_of
from outreach.maturity.queries.rounds import RoundRow
from outreach.maturity.questionnaires import QUESTIONNAIRES
from outreach.maturity.views.blueprint import ROUND, STAFF, blueprint, found_round, unkept
from outreach.places.wording import sentence as file_sentence
from outreach.web.access import open_to

MOST_BYTES = 1_000_000
REFUSED_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Look:
    """What a file holds."""

    content: bytes
    layout: Layout
    judged: Judged


@blueprint.get(f"{ROUND}/import")
@open_to(STAFF)
def import_answers(round_id: int) -> Response:
    """The form to choose a file with, and how it should look."""
    found = found_round(round_id, must_be_open=True)
    return _start(found)


@blueprint.post(f"{ROUND}/import")
@open_to(STAFF)
def look_at_import(round_id: int) -> Response:
    """What would become of the file's rows, or, once that has been seen, storing the good ones."""
    found = found_round(round_id, must_be_open=True)
    try:
        look = _look(found)
    except FileRefused as refused:
        return _start(found, message=file_sentence(refused))
    if request.form.get("step") == "store" and look.judged.entries:
        return _store(found, look)
    codes = [one.code for one in QUESTIONNAIRES[found.questionnaire].activities]
    page = render_template(
        "maturity/import_look.html",
        round=found,
        look=look,
        refused=look.judged.refused[:REFUSED_SHOWN],
        packed=base64.b64encode(look.content).decode(),
        meanings=list(Meaning),
        codes=codes,
    )
    return unkept(page)


def _look(found: RoundRow) -> Look:
    content = _content()
    if len(content) > MOST_BYTES:
        raise FileRefused("too_large_file", megabytes=1)
    questionnaire = QUESTIONNAIRES[found.questionnaire]
    rows = sheets.read(content, budget=Budget())[0].rows
    if not rows:
        raise FileRefused("empty_file")
    layout = importing.found_layout(rows, questionnaire)
    if "column" in request.form:
        layout = importing.chosen_layout(layout, request.form.getlist("column"), questionnaire)
    places = places_of(db.session(), found.county_code, on=found.reference_date)
    judged = importing.judged(layout, rows, places=places, questionnaire=questionnaire)
    return Look(content, layout, judged if layout.is_complete else Judged())


def _content() -> bytes:
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        content: bytes = sent.read(MOST_BYTES + 1)
        sent.close()
        return content
    try:
        return base64.b64decode(request.form.get("content", ""), validate=True)
    except binascii.Error as error:
        raise FileRefused("empty_file") from error


def _store(found: RoundRow, look: Look) -> Response:
    session, number = db.session(), len(look.judged.entries)
    digest = hashlib.sha256(look.content).hexdigest()
    with transaction(session):
        is_new = store_answers(session, found, look.judged.entries, receipt=f"file {digest}")
        if is_new:
            record(
                session,
                "survey_answers_imported",
                of=("survey_round", found.id),
                user_id=current_reach().user_id,
                at=utc_now(),
                after={"answers": number, "refused": len(look.judged.refused)},
            )
    if is_new:
        words = ngettext("%(num)s answer was stored.", "%(num)s answers were stored.", number)
        flash(words, "success")
    else:
        flash(gettext("The same file was imported before. Nothing was stored twice."), "warning")
    address = url_for("maturity.round_page", round_id=found.id)
    return current_app.make_response(redirect(address, code=303))


def _start(found: RoundRow, *, message: str | None = None) -> Response:
    page = render_template(
        "maturity/import.html",
        round=found,
        message=message,
        questionnaire=QUESTIONNAIRES[found.questionnaire],
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if message else HTTPStatus.OK
    return unkept(page, status=status)
