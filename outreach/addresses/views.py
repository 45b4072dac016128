"""Send a file of addresses, see it counted into villages, and make a report of the sums."""

from dataclasses import dataclass
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    render_template,
    request,
    url_for,
)
from flask_babel import get_locale, gettext
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach, user_id
from outreach.addresses import jobs, spool
from outreach.addresses.commands import NotThisState, Sent, hand_on, take_in
from outreach.addresses.queries import Counting, association_choices, counting_of, countings_of
from outreach.addresses.rules import Counted
from outreach.addresses.wording import STATES, row_sentence
from outreach.connections.queries.report_head import round_to_report
from outreach.connections.rules import REASON_MAXIMUM
from outreach.connections.views.asking import WRITERS
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.days import today
from outreach.exchange.queries.places import associations_to_report, rounds_to_import
from outreach.exchange.views.imports import go_on
from outreach.exchange.wording import FILE_MISSING
from outreach.extensions import db
from outreach.mail.queue import add_task, wake_worker
from outreach.web.access import open_to
from outreach.web.answers import private, see_other
from outreach.web.asking import whole_number
from outreach.web.csv_files import csv_text
from outreach.web.requests import larger_body

blueprint = Blueprint("addresses", __name__)
add_task(blueprint, jobs.TASK, jobs.count_addresses)

ONE = "/addresses/<key:counting_id>"
LARGEST_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the form was sent with."""

    round_id: int | None
    association_id: int | None


@blueprint.get("/addresses")
@open_to(WRITERS)
def index() -> Response:
    """The way to send a file of addresses, and what was sent before."""
    return _index(Chosen(None, whole_number(request.args.get("association", ""))))


@blueprint.post("/addresses")
@open_to(WRITERS)
@larger_body(LARGEST_BYTES)
def upload() -> Response:
    """Lay the file in the spool and have the worker count it."""
    session = db.session()
    chosen = Chosen(
        whole_number(request.form.get("round", "")),
        whole_number(request.form.get("association", "")),
    )
    if chosen.round_id not in {each.id for each in rounds_to_import(session)}:
        raise NotFound
    association_id = _association(chosen)
    if association_id is None:
        return _index(chosen, errors=[("association", gettext("Choose an association."))])
    place = _spooled(request.files.get("file"))
    if place is None:
        return _index(chosen, errors=[("file", str(FILE_MISSING))])
    sent = Sent(
        file_name=request.files["file"].filename or "",
        spool_name=place.name,
        bytes_all=place.stat().st_size,
        round_id=chosen.round_id or 0,
        association_id=association_id,
        locale=str(get_locale()),
    )
    with transaction(session):
        counting_id = take_in(session, sent, user_id=user_id(), at=utc_now())
    wake_worker(jobs.TASK)
    return _to(counting_id)


@blueprint.get(ONE)
@open_to(WRITERS)
def show(counting_id: int) -> Response:
    """How far the counting has come, or the sums it gave."""
    counting = _found(counting_id)
    counted = counting.counted
    page = render_template(
        "addresses/counting.html",
        counting=counting,
        counted=counted,
        state=str(STATES[counting.state]),
        refused=[(each, row_sentence(each)) for each in (counted.refused if counted else ())],
        longest_reason=REASON_MAXIMUM,
    )
    return private(page)


@blueprint.get(f"{ONE}/progress")
@open_to(WRITERS)
def progress(counting_id: int) -> Response:
    """How far the counting has come, for the script on the page."""
    counting = _found(counting_id)
    return private(
        jsonify(at_work=counting.is_at_work, done=counting.bytes_done, all=counting.bytes_all)
    )


@blueprint.post(f"{ONE}/hand-on")
@open_to(WRITERS)
def make_import(counting_id: int) -> Response:
    """Make an import of the sums, and show it: there they are looked at and reported."""
    session, counting = db.session(), _found(counting_id)
    counted = counting.counted
    reason = " ".join(request.form.get("reason", "").split())[:REASON_MAXIMUM]
    sheet = b"" if counted is None else _sheet(counted, reason)
    try:
        with transaction(session):
            run_id = hand_on(session, counting, sheet=sheet, user_id=user_id(), at=utc_now())
    except NotThisState:
        return _to(counting_id)
    go_on(run_id, is_small=True)
    address = url_for("exchange.show_import", run_id=run_id)
    return see_other(address)


def _index(chosen: Chosen, *, errors: list[tuple[str, str]] | None = None) -> Response:
    session, reach = db.session(), current_reach()
    rounds = rounds_to_import(session)
    expected = round_to_report(session, today=today())
    usual = next((each.id for each in rounds if each.reference_date == expected), None)
    mine = countings_of(session, user_id=user_id())
    page = render_template(
        "addresses/index.html",
        rounds=rounds,
        chosen_round=chosen.round_id or usual,
        associations=association_choices(session, reach=reach),
        chosen_association=chosen.association_id,
        countings=[(each, str(STATES[each.state])) for each in mine],
        errors=errors or [],
        page_has_errors=bool(errors),
        largest_megabytes=LARGEST_BYTES // (1024 * 1024),
    )
    return private((page, 422 if errors else 200))


def _association(chosen: Chosen) -> int | None:
    """The association that was chosen, or the only one that the person reports for."""
    session, reach = db.session(), current_reach()
    if chosen.association_id is None:
        known = associations_to_report(session, reach=reach, most=2)
        return known[0] if len(known) == 1 else None
    known = associations_to_report(session, reach=reach, only=chosen.association_id)
    if not known:
        raise NotFound
    return chosen.association_id


def _spooled(sent: FileStorage | None) -> Path | None:
    """The file where the worker finds it; None where nothing was sent."""
    if sent is None or not sent.filename:
        return None
    place = spool.new_place(jobs.folder_of(current_app))
    with sent.stream:
        sent.save(place)
    if place.stat().st_size:
        return place
    place.unlink()
    return None


def _found(counting_id: int) -> Counting:
    found = counting_of(db.session(), counting_id, user_id=user_id())
    if found is None:
        raise NotFound
    return found


def _sheet(counted: Counted, reason: str) -> bytes:
    """The sums of the villages that the person reports for, as a sheet of the usual columns."""
    header = ("village code", "village", "dwellings", "homes passed", "connected", "reason")
    rows = [
        (
            each.village.code,
            each.village.name,
            each.sums.dwellings,
            each.sums.homes_passed,
            each.sums.connected,
            reason,
        )
        for each in counted.reported
    ]
    return csv_text(header, rows).encode()


def _to(counting_id: int) -> Response:
    address = url_for("addresses.show", counting_id=counting_id)
    return see_other(address)
