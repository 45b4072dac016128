"""The public register: the list, the same as a file, and one association's page."""

from datetime import date
from typing import NamedTuple

from flask import Response, current_app, render_template, request
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations import panels
from outreach.associations.queries import commitments as commitment_queries
from outreach.associations.queries.history import changes_of
from outreach.associations.queries.one import association_facts, contacts_of, rights
from outreach.associations.queries.passings import Passing, passings_of
from outreach.associations.queries.register import (
    BY_NAME,
    RegisterFilter,
    all_registered,
    count_register,
    municipality_choices,
    register,
)
from outreach.associations.queries.served import served_by
from outreach.associations.rules import CLOSED_STATUSES, AssociationStatus
from outreach.associations.views.blueprint import blueprint
from outreach.associations.views.shown import split_by_day
from outreach.associations.wording import STATUSES
from outreach.days import today
from outreach.extensions import db
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import page_of_today
from outreach.web.asking import address, asked_member, asked_text
from outreach.web.csv_files import csv_response
from outreach.web.paging import Paging, page_number
from outreach.web.tables import Column, Sorting, heads, sorting_from

INDEX = "associations.index"


class _Asked(NamedTuple):
    """What the address asks of the register."""

    wanted: RegisterFilter
    sorting: Sorting
    day: date

    def arguments(self) -> dict[str, str | int]:
        """The same question as arguments of an address."""
        return {
            "q": self.wanted.text,
            "municipality": self.wanted.municipality_code,
            "status": self.wanted.status.value if self.wanted.status else "",
            "sort": "" if self.sorting == BY_NAME else str(self.sorting),
        }


@blueprint.get("/associations")
@open_to(PUBLIC)
def index() -> Response:
    """The register, a page at a time."""
    return page_of_today(_index)


def _index(day: date) -> str:
    session = db.session()
    asked = _asked(day)
    total = count_register(session, asked.wanted, today=asked.day)
    paging = Paging(page_number(request.args.get("page")), total)
    rows = register(session, asked.wanted, today=asked.day, sorting=asked.sorting, paging=paging)
    return render_template(
        "associations/index.html",
        rows=rows,
        paging=paging,
        wanted=asked.wanted,
        is_filtered=asked.wanted != RegisterFilter(),
        columns=heads(
            _columns(),
            asked.sorting,
            address=lambda sort: address(INDEX, asked.arguments() | {"sort": sort}),
        ),
        page_href=lambda number: address(INDEX, asked.arguments() | {"page": number}),
        csv=address("associations.index_csv", asked.arguments()),
        municipalities=municipality_choices(session, today=asked.day),
        statuses=STATUSES,
        may_register=bool(current_reach().counties) or current_reach().is_administrator,
    )


@blueprint.get("/associations.csv")
@open_to(PUBLIC)
def index_csv() -> Response:
    """The register as a file: all that the filter finds."""
    asked = _asked(today())
    rows = all_registered(db.session(), asked.wanted, today=asked.day, sorting=asked.sorting)
    header = [
        gettext("Association"),
        gettext("Municipalities"),
        gettext("Status"),
        gettext("Villages served"),
        gettext("Open commitments"),
        gettext("Overdue commitments"),
        gettext("Demonstration"),
        gettext("As of"),
    ]
    return csv_response(
        "associations.csv",
        header,
        (
            (
                row.name,
                ", ".join(row.municipalities),
                str(STATUSES[row.status.value]),
                row.villages,
                row.open_commitments,
                row.late_commitments,
                gettext("yes") if row.is_demonstration else gettext("no"),
                asked.day,
            )
            for row in rows
        ),
    )


@blueprint.get("/associations/<key:association_id>")
@open_to(PUBLIC)
def show(association_id: int) -> Response:
    """One association: public facts, and contacts for staff and its own reporters."""
    return page_of_today(lambda day: _show(association_id, day))


def _show(association_id: int, day: date) -> str:
    session, reach = db.session(), current_reach()
    facts = association_facts(session, association_id)
    if facts is None:
        raise NotFound
    may = rights(facts, reach)
    wanted = commitment_queries.CommitmentFilter(association_id=association_id)
    served = split_by_day(served_by(session, association_id, today=day), day)
    contacts = split_by_day(
        contacts_of(session, association_id) if may.may_see_contacts else [], day
    )
    return render_template(
        "associations/show.html",
        association=facts,
        may=may,
        served=served,
        contacts=contacts,
        commitments=commitment_queries.commitments(session, wanted, today=day),
        panels=panels.of_association(current_app, session, facts, may=may),
        passings=_passings(session, association_id, is_staff=may.may_register),
        is_closed=facts.status in CLOSED_STATUSES,
        changes=changes_of(session, association_id) if may.may_see_contacts else [],
    )


def _passings(session: Session, association_id: int, *, is_staff: bool) -> list[Passing]:
    """Successions from and to the association; of undone ones only the region hears."""
    found = passings_of(session, association_id)
    return [one for one in found if is_staff or one.undone_at is None]


def _asked(day: date) -> _Asked:
    wanted = RegisterFilter(
        text=asked_text("q"),
        municipality_code=asked_text("municipality"),
        status=asked_member("status", AssociationStatus),
    )
    return _Asked(wanted, sorting_from(request.args.get("sort"), _columns(), default=BY_NAME), day)


def _columns() -> list[Column]:
    return [
        Column("name", gettext("Association")),
        Column("municipalities", gettext("Municipalities"), is_sortable=False),
        Column("status", gettext("Status")),
        Column("villages", gettext("Villages served"), is_number=True),
        Column("commitments", gettext("Open commitments"), is_number=True),
    ]
