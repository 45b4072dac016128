"""The blueprint that imports and spreadsheets hang on, and what its pages ask of a request."""

from flask import Blueprint
from werkzeug.exceptions import NotFound

from outreach.accounts.current import user_id
from outreach.exchange import jobs
from outreach.exchange.queries.runs import Run, run_of
from outreach.extensions import db
from outreach.mail.queue import add_task

blueprint = Blueprint("exchange", __name__)
add_task(blueprint, jobs.TASK, jobs.work_on_imports)

ONE_IMPORT = "/imports/<key:run_id>"


def found_run(run_id: int) -> Run:
    """The person's own import, or 404."""
    run = run_of(db.session(), run_id, user_id=user_id())
    if run is None:
        raise NotFound
    return run
