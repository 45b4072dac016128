"""The blueprint that imports and spreadsheets hang on, and what its pages ask of a request."""

from flask import Blueprint
from werkzeug.exceptions import NotFound

from outreach.accounts.current import user_id
from outreach.exchange import jobs
from outreach.exchange.queries.runs import Run, run_of
from outreach.extensions import db

blueprint = Blueprint("exchange", __name__)
blueprint.record_once(lambda state: jobs.init_app(state.app))  # type: ignore[arg-type]  # it is a Flask

ONE_IMPORT = "/imports/<key:run_id>"


def found_run(run_id: int) -> Run:
    """The person's own import, or 404."""
    run = run_of(db.session(), run_id, user_id=user_id())
    if run is None:
        raise NotFound
    return run
