"""The associations of a round: who to call, how far each has come, and the list as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, render_template, request, url_for
from flask_babel import format_datetime, gettext, pgettext

from outreach.accounts.current import current_reach
from outreach.associations.queries.one import ContactRow, associations_within, contacts_on
from outreach.connections.queries.progress import (
    AssociationProgress,
    Standing,
    association_progress,
)
from outreach.connections.queries.round_association import late_until
from outreach.connections.queries.rounds import RoundHead
from outreach.connections.review_wording import ROUND_STATES, STANDINGS
from outreach.connections.round_states import RoundAction, may
from outreach.connections.views.asking import STAFF
from outreach.connections.views.blueprint import blueprint
from outreach.connections.views.round_pages import ONE_ROUND, found_round
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.places.queries.lists import municipality_choices
from outreach.web.access import open_to
from outreach.web.answers import private
from outreach.web.csv_files import Cell, csv_response
from outreach.web.paging import Paging, page_number

CALL = "call"
"""Those that somebody is waiting for; the other choices are standings."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which associations to show: to call, of one standing, or all; and of which municipality."""

    show: str
    municipality_code: str

    def takes(self, row: AssociationProgress) -> bool:
        """Whether the row is asked for."""
        if self.municipality_code and self.municipality_code not in row.municipality_codes:
            return False
        if self.show == CALL:
            return row.is_waited_for
        return not self.show or row.standing == self.show


@blueprint.get(f"{ONE_ROUND}/associations")
@open_to(STAFF)
def round_associations(round_id: int) -> Response:
    """Each association with what is expected and received, and whom to call."""
    head = found_round(round_id)
    session, wanted = db.session(), _wanted()
    everybody = association_progress(session, head.id, reach=current_reach())
    chosen = [row for row in everybody if wanted.takes(row)]
    paging = Paging(page_number(request.args.get("page")), len(chosen))
    rows = chosen[paging.offset : paging.offset + paging.size]
    names = _names(everybody)
    expected = {row.association_id for row in everybody}
    page = render_template(
        "connections/round_associations.html",
        head=head,
        rows=rows,
        states=ROUND_STATES,
        standings=STANDINGS,
        shown=[(CALL, gettext("Those to call")), *STANDINGS.items()],
        municipalities=names,
        contacts=_contacts(rows),
        late=late_until(session, head.id, at=utc_now()),
        wanted=wanted,
        paging=paging,
        page_href=lambda number: _href(head, wanted, page=number),
        csv_href=_csv_href(head, wanted),
        others=[
            one
            for one in associations_within(session, current_reach())
            if one.id not in expected and may(head.state, RoundAction.EXPECT, roles=_roles())
        ],
    )
    return private(page)


@blueprint.get(f"{ONE_ROUND}/associations.csv")
@open_to(STAFF)
def round_associations_csv(round_id: int) -> Response:
    """The same associations as a file, with their contacts."""
    head = found_round(round_id)
    session, wanted = db.session(), _wanted()
    progress = association_progress(session, head.id, reach=current_reach())
    rows = [row for row in progress if wanted.takes(row)]
    names = _names(rows)
    contacts = _contacts(rows)
    header = [
        gettext("Association"),
        gettext("Municipality"),
        gettext("State"),
        pgettext("villages", "Expected"),
        pgettext("villages", "Received"),
        pgettext("villages", "On time"),
        pgettext("villages", "Approved"),
        gettext("Latest submission"),
        gettext("Contact"),
        gettext("E-mail"),
        gettext("Phone"),
    ]
    lines = [_file_row(row, names, contacts.get(row.association_id, [])) for row in rows]
    return private(csv_response(f"round-{head.reference_date}-associations.csv", header, lines))


def _wanted() -> Wanted:
    show = request.args.get("show", "")
    known = show == CALL or show in set(Standing)
    return Wanted(show if known else "", request.args.get("municipality", "")[:4])


def _names(rows: Sequence[AssociationProgress]) -> dict[str, str]:
    """The municipalities in which something is expected, in Swedish order."""
    codes = {code for row in rows for code in row.municipality_codes}
    choices = municipality_choices(db.session())
    return {choice.code: choice.name for choice in choices if choice.code in codes}


def _contacts(rows: Sequence[AssociationProgress]) -> dict[int, list[ContactRow]]:
    found: dict[int, list[ContactRow]] = {}
    ids = [row.association_id for row in rows]
    for contact in contacts_on(db.session(), ids, on=today()):
        found.setdefault(contact.association_id, []).append(contact)
    return found


def _file_row(
    row: AssociationProgress, names: dict[str, str], contacts: Sequence[ContactRow]
) -> list[Cell]:
    latest = row.latest_submitted_at
    return [
        row.name,
        ", ".join(names[code] for code in row.municipality_codes),
        str(STANDINGS[row.standing]),
        row.expected,
        row.received,
        row.on_time,
        row.approved,
        format_datetime(latest, format="yyyy-MM-dd HH:mm") if latest else None,
        ", ".join(contact.name for contact in contacts) or None,
        ", ".join(contact.email for contact in contacts if contact.email) or None,
        ", ".join(contact.phone for contact in contacts if contact.phone) or None,
    ]


def _roles() -> frozenset[str]:
    return frozenset(current_reach().roles)


def _kept(wanted: Wanted) -> dict[str, str]:
    asked = {"show": wanted.show, "municipality": wanted.municipality_code}
    return {name: value for name, value in asked.items() if value}


def _href(head: RoundHead, wanted: Wanted, *, page: int) -> str:
    address = url_for("connections.round_associations", round_id=head.id)
    return f"{address}?{urlencode(_kept(wanted) | {'page': str(page)})}"


def _csv_href(head: RoundHead, wanted: Wanted) -> str:
    address = url_for("connections.round_associations_csv", round_id=head.id)
    kept = _kept(wanted)
    return f"{address}?{urlencode(kept)}" if kept else address
