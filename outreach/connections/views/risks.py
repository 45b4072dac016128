"""The associations that the region may lose touch with, as a page and as a file."""

from flask import Response, render_template, request, url_for
from flask_babel import gettext

from outreach.accounts.current import current_reach
from outreach.connections.queries.risks import RiskRow, associations_at_risk
from outreach.connections.review_wording import RISKS
from outreach.connections.views.asking import STAFF
from outreach.connections.views.blueprint import blueprint
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.web.access import open_to
from outreach.web.answers import private
from outreach.web.csv_files import csv_response
from outreach.web.paging import Paging, page_number


@blueprint.get("/review/risks")
@open_to(STAFF)
def risks() -> Response:
    """Who may be lost, with each reason in words."""
    found = _found()
    paging = Paging(page_number(request.args.get("page")), len(found))
    page = render_template(
        "connections/risks.html",
        rows=found[paging.offset : paging.offset + paging.size],
        words=RISKS,
        paging=paging,
        page_href=lambda number: url_for("connections.risks", page=number),
    )
    return private(page)


@blueprint.get("/review/risks.csv")
@open_to(STAFF)
def risks_csv() -> Response:
    """The same as a file."""
    header = [
        gettext("Association"),
        gettext("Why"),
        gettext("Contacts"),
        gettext("Latest report"),
        gettext("As of"),
    ]
    rows = (
        (
            row.name,
            "; ".join(str(RISKS[risk]) for risk in row.risks),
            row.contacts,
            row.latest_submitted_at.date() if row.latest_submitted_at else None,
            today(),
        )
        for row in _found()
    )
    return private(csv_response("risks.csv", header, rows))


def _found() -> list[RiskRow]:
    return associations_at_risk(db.session(), reach=current_reach(), today=today(), at=utc_now())
