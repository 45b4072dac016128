"""The public list of commitments, the same as a file, and one commitment's page."""

from datetime import date

from flask import Response, render_template, request
from flask_babel import gettext, pgettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.queries.commitments import (
    CommitmentFilter,
    all_commitments,
    commitment,
    commitments,
    count_commitments,
)
from outreach.associations.queries.one import all_names, association_facts, rights
from outreach.associations.queries.register import municipality_choices
from outreach.associations.rules import CommitmentKind, CommitmentStatus
from outreach.associations.views.blueprint import blueprint
from outreach.associations.wording import COMMITMENT_KINDS, COMMITMENT_STATUSES
from outreach.days import today
from outreach.extensions import db
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import page_of_today
from outreach.web.asking import address, asked_member, asked_number, asked_text
from outreach.web.csv_files import csv_response
from outreach.web.paging import Paging, page_number
from outreach.web.tables import Column


@blueprint.get("/commitments")
@open_to(PUBLIC)
def commitments_index() -> Response:
    """All commitments that the filter finds, a page at a time, open ones first."""
    return page_of_today(_index)


def _index(day: date) -> str:
    session = db.session()
    wanted = _wanted()
    paging = Paging(
        page_number(request.args.get("page")), count_commitments(session, wanted, today=day)
    )
    return render_template(
        "associations/commitments.html",
        rows=commitments(session, wanted, today=day, paging=paging),
        paging=paging,
        wanted=wanted,
        columns=_columns(),
        page_href=lambda number: address(
            "associations.commitments_index", _arguments(wanted) | {"page": number}
        ),
        csv=address("associations.commitments_csv", _arguments(wanted)),
        is_filtered=wanted != CommitmentFilter(),
        municipalities=municipality_choices(session, today=day),
        associations=[(a.id, a.name) for a in all_names(session)],
        kinds=COMMITMENT_KINDS,
        statuses=COMMITMENT_STATUSES,
    )


@blueprint.get("/commitments.csv")
@open_to(PUBLIC)
def commitments_csv() -> Response:
    """The commitments as a file: all that the filter finds."""
    day = today()
    rows = all_commitments(db.session(), _wanted(), today=day)
    header = [
        gettext("Association"),
        gettext("Kind"),
        gettext("Title"),
        gettext("Villages"),
        gettext("Target"),
        gettext("Due date"),
        gettext("Status"),
        pgettext("commitment", "Overdue"),
        gettext("As of"),
    ]
    return csv_response(
        "commitments.csv",
        header,
        (
            (
                row.association_name,
                str(COMMITMENT_KINDS[row.kind.value]),
                row.title,
                ", ".join(f"{place.name} ({place.municipality})" for place in row.villages),
                row.target,
                row.due_date,
                str(COMMITMENT_STATUSES[row.status.value]),
                gettext("yes") if row.is_overdue else gettext("no"),
                day,
            )
            for row in rows
        ),
    )


@blueprint.get("/commitments/<key:commitment_id>")
@open_to(PUBLIC)
def commitment_page(commitment_id: int) -> Response:
    """One commitment."""
    return page_of_today(lambda day: _commitment(commitment_id, day))


def _commitment(commitment_id: int, day: date) -> str:
    session, reach = db.session(), current_reach()
    row = commitment(session, commitment_id, today=day)
    facts = association_facts(session, row.association_id) if row else None
    if row is None or facts is None:
        raise NotFound
    return render_template(
        "associations/commitment.html",
        row=row,
        association=facts,
        may_edit=rights(facts, reach).may_see_contacts,
    )


def _wanted() -> CommitmentFilter:
    return CommitmentFilter(
        text=asked_text("q"),
        kind=asked_member("kind", CommitmentKind),
        status=asked_member("status", CommitmentStatus),
        municipality_code=asked_text("municipality"),
        association_id=asked_number("association"),
        late_only=request.args.get("overdue") == "1",
    )


def _arguments(wanted: CommitmentFilter) -> dict[str, str | int]:
    return {
        "q": wanted.text,
        "kind": wanted.kind.value if wanted.kind else "",
        "status": wanted.status.value if wanted.status else "",
        "municipality": wanted.municipality_code,
        "association": wanted.association_id or "",
        "overdue": "1" if wanted.late_only else "",
    }


def _columns() -> list[Column]:
    return [
        Column("title", gettext("Commitment"), is_sortable=False),
        Column("association", gettext("Association"), is_sortable=False),
        Column("villages", gettext("Villages"), is_sortable=False),
        Column("due", gettext("Due date"), is_sortable=False),
        Column("status", gettext("Status"), is_sortable=False),
    ]
