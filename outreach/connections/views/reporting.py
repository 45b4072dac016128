"""The reporter's way in: the associations, and the form of one report."""

from flask import Response, render_template, url_for
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.connections.forms.report import ReportForm
from outreach.connections.queries.compared import counts_of
from outreach.connections.queries.grid import grid_rows
from outreach.connections.queries.my_reports import MyReport, my_reports
from outreach.connections.queries.report_head import round_to_report
from outreach.connections.queries.rounds import late_rounds
from outreach.connections.queries.submissions import Receipt
from outreach.connections.queries.submissions import receipt as find_receipt
from outreach.connections.views.asking import ONE_REPORT, REPORTERS, WRITERS, found_head
from outreach.connections.views.blueprint import blueprint
from outreach.connections.views.desk import own_desk
from outreach.connections.views.pages import form_page, opened_now
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.web.access import open_to
from outreach.web.answers import private, see_other
from outreach.web.compressing import compressed


@blueprint.get("/reports")
@open_to(REPORTERS)
def my_associations() -> Response:
    """The associations that the person reports for, and what is to be done for each."""
    session, day = db.session(), today()
    reference_date = round_to_report(session, today=day)
    rows = (
        my_reports(session, reference_date=reference_date, reach=current_reach(), today=day)
        if reference_date
        else []
    )
    page = render_template(
        "connections/my_reports.html",
        rows=rows,
        late=late_rounds(session, reach=current_reach(), at=utc_now()),
        reference_date=reference_date,
        today=day,
    )
    return private(page)


@blueprint.get("/reports/<key:association_id>")
@open_to(WRITERS)
def current_report(association_id: int) -> Response:
    """The association's report in the round that is open."""
    reference_date = round_to_report(db.session(), today=today())
    if reference_date is None:
        raise NotFound
    head = found_head(association_id, reference_date.isoformat())
    address = url_for(
        "connections.report", association_id=head.association_id, day=head.reference_date
    )
    return see_other(address)


@blueprint.get(ONE_REPORT)
@open_to(WRITERS)
def report(association_id: int, day: str) -> Response:
    """The form: all villages of the association on the reference date."""
    head = found_head(association_id, day)
    desk, rows = own_desk(head), grid_rows(db.session(), head)
    opened = opened_now(head, desk, rows)
    return form_page(desk, head, ReportForm(rows, opened.typed), opened=opened)


@blueprint.get("/reports/receipts/<number>")
@open_to(WRITERS)
def receipt(number: str) -> Response:
    """That the report has come in, with its number, its content and what happens next."""
    session, reach, day = db.session(), current_reach(), today()
    found = find_receipt(session, number, reach=reach)
    if found is None:
        raise NotFound
    reference_date = round_to_report(session, today=day)
    waiting = (
        my_reports(session, reference_date=reference_date, reach=reach, today=day)
        if reference_date
        else []
    )
    following = next(
        (row for row in waiting if row.is_to_do and row.association_id != found.association_id),
        None,
    )
    return receipt_page(found, following=following)


def receipt_page(found: Receipt, *, following: MyReport | None = None, form: str = "") -> Response:
    """The receipt. `form` is where a personal link's own form stands, if it came by one."""
    page = render_template(
        "connections/receipt.html",
        receipt=found,
        rows=counts_of(db.session(), [found.version_id]),
        following=following,
        link_form=form,
    )
    return compressed(private(page))
