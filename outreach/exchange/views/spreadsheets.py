"""The report as a workbook to fill in: one association's, or all that the person reports for."""

from typing import TYPE_CHECKING

from flask import Response
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.connections.forms.typed import Typed
from outreach.connections.queries.grid import GridRow, grid_rows
from outreach.connections.queries.report_head import ReportHead, round_to_report
from outreach.connections.views.asking import ONE_REPORT, WRITERS, found_head
from outreach.connections.views.pages import typed_of_version
from outreach.days import today
from outreach.exchange.queries.places import associations_to_report
from outreach.exchange.queries.rows import rows_of
from outreach.exchange.views.blueprint import blueprint, found_run
from outreach.extensions import db
from outreach.late import Late
from outreach.web.access import open_to
from outreach.web.answers import private

if TYPE_CHECKING:
    from outreach.exchange import workbooks
else:
    workbooks = Late("outreach.exchange.workbooks")

ASSOCIATIONS_MOST = 150
"""In one workbook; a county has fewer."""


@blueprint.get(f"{ONE_REPORT}/spreadsheet")
@open_to(WRITERS)
def spreadsheet(association_id: int, day: str) -> Response:
    """The association's report as a workbook."""
    head = found_head(association_id, day)
    content = workbooks.prefilled([_report(head)])
    return _download(content, f"report-{association_id}-{head.reference_date}.xlsx")


@blueprint.get("/imports/spreadsheet")
@open_to(WRITERS)
def all_spreadsheet() -> Response:
    """The reports of all associations that the person reports for, in one workbook."""
    session = db.session()
    reference_date = round_to_report(session, today=today())
    if reference_date is None:
        raise NotFound
    ids = associations_to_report(session, reach=current_reach(), most=ASSOCIATIONS_MOST)
    heads = (found_head(each, reference_date.isoformat()) for each in ids)
    content = workbooks.prefilled(_report(head) for head in heads)
    return _download(content, f"reports-{reference_date}.xlsx")


@blueprint.get("/imports/<key:run_id>/faults")
@open_to(WRITERS)
def faults(run_id: int) -> Response:
    """The file that was sent, with its faults marked."""
    run = found_run(run_id)
    if run.layout is None:
        raise NotFound
    content = workbooks.marked(run.layout, rows_of(db.session(), run.id))
    return _download(content, f"import-{run.id}.xlsx")


def _report(head: ReportHead) -> tuple[ReportHead, list[GridRow], Typed]:
    return head, grid_rows(db.session(), head), typed_of_version(head)


def _download(content: bytes, name: str) -> Response:
    response = Response(content, content_type=workbooks.MIME)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return private(response)
