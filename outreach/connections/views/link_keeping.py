"""Staff keep the personal links of a round: make, replace, end, and print them."""

from dataclasses import dataclass

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.connections.commands.links import LinkFor, Maker, end_links, give_key, renew
from outreach.connections.link_models import ReportLink
from outreach.connections.link_rules import LinkEnd
from outreach.connections.mailing import personal_address
from outreach.connections.queries.grid import grid_rows
from outreach.connections.queries.links import ContactLink, LinkRound, contact_links, link_round
from outreach.connections.queries.progress import AssociationProgress, association_progress
from outreach.connections.queries.report_head import ReportHead
from outreach.connections.sheets import Sheet
from outreach.connections.views.asking import ONE_REPORT, STAFF, WRITERS, found_head
from outreach.connections.views.blueprint import blueprint
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.settings import settings_of
from outreach.web.access import open_to
from outreach.web.answers import private, see_other, unkept
from outreach.web.asking import whole_number
from outreach.web.paging import Paging, page_number
from outreach.web.qr import code_of

LINKS = "/review/rounds/<key:round_id>/links"
MOST_SHEETS = 300
"""Printed at once; nobody prints more, and each takes some reads."""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """An association in the round with its contacts' links."""

    association: AssociationProgress
    contacts: list[ContactLink]


@blueprint.get(LINKS)
@open_to(STAFF)
def round_links(round_id: int) -> Response:
    """The contacts of every association in the round, and when each last used their link."""
    dates = _round(round_id)
    asked = whole_number(request.args.get("association", ""))
    found = [row for row in _expected(round_id) if asked in {None, row.association_id}]
    paging = Paging(page_number(request.args.get("page")), len(found))
    page = found[paging.offset : paging.offset + paging.size]
    links = contact_links(db.session(), round_id, [row.association_id for row in page], on=today())
    html = render_template(
        "connections/links.html",
        dates=dates,
        rows=[LinkRow(row, links.get(row.association_id, [])) for row in page],
        is_one=asked is not None,
        paging=paging,
        page_href=lambda number: url_for("connections.round_links", round_id=round_id, page=number),
    )
    return private(html)


@blueprint.post(f"{LINKS}/<key:contact_id>")
@open_to(STAFF)
def make_link(round_id: int, contact_id: int) -> Response:
    """A new link for a contact, in the place of the one that stands, shown this once.

    A form sent again, as by loading the sheet anew, would end the link that was just printed.
    """
    dates, contact = _round(round_id), _contact(round_id, contact_id)
    if request.form.get("replaces", "") != str(contact.link_id or ""):
        flash(
            gettext(
                "%(name)s has got a link meanwhile, and it works. It was shown only then: "
                "replace it if you don't have it any more.",
                name=contact.name,
            ),
            "warning",
        )
        return _to_links(round_id, contact)
    head = found_head(contact.association_id, dates.reference_date.isoformat())
    session = db.session()
    with transaction(session):
        secret = renew(session, _wanted(head, contact), by=_maker())
    return _printed([_sheet(head, contact, secret)], is_one=True)


@blueprint.post(f"{LINKS}/<key:contact_id>/end")
@open_to(STAFF)
def end_link(round_id: int, contact_id: int) -> Response:
    """End a contact's link."""
    _round(round_id)
    contact = _contact(round_id, contact_id)
    session = db.session()
    with transaction(session):
        end_links(
            session,
            [ReportLink.round_id == round_id, ReportLink.contact_id == contact_id],
            cause=LinkEnd.REVOKED,
            by=_maker(),
        )
    flash(gettext("The link of %(name)s no longer works.", name=contact.name), "success")
    return _to_links(round_id, contact)


@blueprint.post(f"{LINKS}/sheets")
@open_to(STAFF)
def print_sheets(round_id: int) -> Response:
    """A sheet with a link of its own for each association that is waited for; none is replaced."""
    dates = _round(round_id)
    waited_for = [row for row in _expected(round_id) if row.is_waited_for][:MOST_SHEETS]
    session = db.session()
    links = contact_links(session, round_id, [row.association_id for row in waited_for], on=today())
    sheets = []
    with transaction(session):
        for row in waited_for:
            head = found_head(row.association_id, dates.reference_date.isoformat())
            contact = next(iter(links.get(row.association_id, [])), None)
            secret = give_key(session, _wanted(head, contact), by=_maker()) if contact else None
            sheets.append(_sheet(head, contact, secret))
    return _printed(sheets, is_one=False)


@blueprint.get(f"{ONE_REPORT}/paper")
@open_to(WRITERS)
def paper(association_id: int, day: str) -> Response:
    """The form on paper, with last time's figures and no link."""
    return _printed([_sheet(found_head(association_id, day), None, None)], is_one=True)


def _round(round_id: int) -> LinkRound:
    found = link_round(db.session(), round_id)
    if found is None:
        raise NotFound
    return found


def _expected(round_id: int) -> list[AssociationProgress]:
    return association_progress(db.session(), round_id, reach=current_reach())


def _contact(round_id: int, contact_id: int) -> ContactLink:
    """A present contact of an association in the round and within reach."""
    ids = [row.association_id for row in _expected(round_id)]
    links = contact_links(db.session(), round_id, ids, on=today())
    for contacts in links.values():
        for contact in contacts:
            if contact.contact_id == contact_id:
                return contact
    raise NotFound


def _to_links(round_id: int, contact: ContactLink) -> Response:
    return see_other(
        url_for("connections.round_links", round_id=round_id, association=contact.association_id)
    )


def _wanted(head: ReportHead, contact: ContactLink) -> LinkFor:
    return LinkFor(
        round_id=head.round_id,
        due_date=head.due_date,
        association_id=head.association_id,
        contact_id=contact.contact_id,
        contact_name=contact.name,
    )


def _maker() -> Maker:
    return Maker(current_reach().user_id, utc_now())


def _sheet(head: ReportHead, contact: ContactLink | None, secret: str | None) -> Sheet:
    address = personal_address(secret) if secret else None
    return Sheet(
        head=head,
        rows=grid_rows(db.session(), head),
        contact_name=contact.name if contact else None,
        address=address,
        code=code_of(address) if address else None,
    )


def _printed(sheets: list[Sheet], *, is_one: bool) -> Response:
    page = render_template(
        "connections/sheets.html",
        sheets=sheets,
        is_one=is_one,
        contact=settings_of(current_app).contact_email,
    )
    return unkept(page)
