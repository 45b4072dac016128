"""The visit of whoever opened a personal link: a signed cookie that names the keys, nothing more.

The secret is in the address once and never again: it is exchanged for the cookie and the address
is left at once. Each request asks anew whether the key still lets anybody in, so that ending a
link ends the visits too.

Who reports for two associations has two links, and may have both open in one browser. So the cookie
holds several, and each form and receipt says in its address which link it is of: what is typed in
one can't go into the other's report. In its path, as pages with a query are not compressed.
"""

from dataclasses import dataclass

from flask import Response, current_app, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from outreach.accounts.rules import Reach
from outreach.accounts.session_rows import IDLE
from outreach.connections.queries.links import Holder, holder_of_key
from outreach.connections.queries.report_head import ReportHead, report_head
from outreach.connections.views.desk import Desk
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db

VISIT_SECONDS = int(IDLE.total_seconds())
MOST_OPEN = 8
"""So many links stay open in one browser; the next one lets go of the oldest."""


class NoVisit(Exception):
    """The link does not let anybody in, or is not open in this browser."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The report that the link opens, and the desk to write it at."""

    holder: Holder
    head: ReportHead
    desk: Desk


def open_visit(holder: Holder | None) -> Visit:
    """The visit of a link's holder. Raises NoVisit where the round takes no report of theirs."""
    if holder is None:
        raise NoVisit
    reach = Reach(associations=frozenset({holder.association_id}))
    head = report_head(
        db.session(),
        holder.association_id,
        reference_date=holder.reference_date,
        reach=reach,
        at=utc_now(),
    )
    if head is None or head.is_closed:
        raise NoVisit
    desk = Desk(
        reach=reach,
        link_id=holder.link_id,
        form=url_for("connections.links.form", of=holder.link_id),
        draft=url_for("connections.links.keep_draft", of=holder.link_id),
        discard=url_for("connections.links.discard", of=holder.link_id),
        one_receipt=url_for("connections.links.receipt", of=holder.link_id),
    )
    return Visit(holder, head, desk)


def current_visit(of: int) -> Visit:
    """The visit of the link with this number, where this browser has opened it. Raises NoVisit."""
    key_id = dict(_opened()).get(of)
    if key_id is None:
        raise NoVisit
    return open_visit(holder_of_key(db.session(), key_id, at=utc_now(), today=today()))


def remember(response: Response, visit: Visit) -> Response:
    """Let this browser go on without the secret, until it is closed or half a day has passed."""
    mine = visit.holder.link_id, visit.holder.key_id
    others = [each for each in _opened() if each[0] != mine[0]]
    response.set_cookie(
        _cookie_name(),
        _signer().dumps([*others, mine][-MOST_OPEN:]),
        path="/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def _opened() -> list[tuple[int, int]]:
    """The links and keys that this browser has opened, the latest last."""
    try:
        kept = _signer().loads(request.cookies.get(_cookie_name(), ""), max_age=VISIT_SECONDS)
    except BadSignature:
        return []
    return [(link, key) for link, key in kept] if isinstance(kept, list) else []


def _cookie_name() -> str:
    return "__Host-link" if current_app.config["SESSION_COOKIE_SECURE"] else "link"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="personal-link")
