"""The record of a frozen round: its hash, its files, and what was corrected since."""

import json

from flask import Response, render_template
from flask_babel import force_locale
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.connections.queries.corrections import corrections_of
from outreach.connections.queries.records import record_content, records_of
from outreach.connections.recording import PARTS
from outreach.connections.rules import RoundState
from outreach.connections.views.asking import STAFF
from outreach.connections.views.blueprint import blueprint
from outreach.connections.views.round_pages import ONE_ROUND, found_round
from outreach.extensions import db
from outreach.web.access import open_to
from outreach.web.answers import private
from outreach.web.csv_files import csv_response
from outreach.web.i18n import DEFAULT_LANGUAGE


@blueprint.get(f"{ONE_ROUND}/record")
@open_to(STAFF)
def round_record(round_id: int) -> Response:
    """What is on record of a round, by county; 404 until it is frozen."""
    head = found_round(round_id)
    if head.state is not RoundState.FROZEN:
        raise NotFound
    session, reach = db.session(), current_reach()
    page = render_template(
        "connections/round_record.html",
        head=head,
        records=records_of(session, head.id, reach=reach),
        corrections=corrections_of(session, head.id, reach=reach),
    )
    return private(page)


@blueprint.get(f"{ONE_ROUND}/record/<county_code>.json")
@open_to(STAFF)
def round_record_json(round_id: int, county_code: str) -> Response:
    """The record, byte for byte as it was stored."""
    return _file(
        _found(round_id, county_code), "application/json", f"{round_id}-{county_code}.json"
    )


@blueprint.get(f"{ONE_ROUND}/record/<county_code>/<part>.csv")
@open_to(STAFF)
def round_record_csv(round_id: int, county_code: str, part: str) -> Response:
    """One of its tables, made from the stored text and nothing else.

    Neither the address nor the reader's language, which give the same table other bytes.
    """
    if part not in PARTS:
        raise NotFound
    rows, header = json.loads(_found(round_id, county_code))[part], PARTS[part]
    cells = ([row.get(name) for name in header] for row in rows)
    name = f"round-{round_id}-{county_code}-{part}.csv"
    with force_locale(DEFAULT_LANGUAGE):
        return private(csv_response(name, header, cells, says_where=False))


def _found(round_id: int, county_code: str) -> str:
    content = record_content(db.session(), round_id, county_code=county_code, reach=current_reach())
    if content is None:
        raise NotFound
    return content


def _file(text: str, content_type: str, name: str) -> Response:
    response = Response(text.encode(), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="round-{name}"'
    return private(response)
