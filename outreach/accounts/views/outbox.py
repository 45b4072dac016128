"""The outbox, for administrators: what waits, what failed and may be sent again."""

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.views.blueprint import ADMINISTRATORS, blueprint
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.mail import commands, queries
from outreach.mail.models import MessageState
from outreach.mail.queue import wake_mailer
from outreach.settings import settings_of
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.paging import Paging, page_number


@blueprint.get("/accounts/outbox")
@open_to(ADMINISTRATORS)
def outbox() -> str:
    """All messages, the newest first."""
    asked = request.args.get("state", "")
    state = MessageState(asked) if asked in set(MessageState) else None
    paging = Paging(page_number(request.args.get("page")), queries.count(db.session(), state=state))
    return render_template(
        "accounts/outbox.html",
        rows=queries.messages(db.session(), state=state, paging=paging),
        paging=paging,
        state=state,
        states=list(MessageState),
        is_sending=_is_sending(),
        page_href=lambda number: url_for("accounts.outbox", state=asked or None, page=number),
    )


@blueprint.get("/accounts/outbox/<key:message_id>")
@open_to(ADMINISTRATORS)
def message(message_id: int) -> str:
    """One message. A secret link is shown only where no mail is sent, as in a demonstration."""
    found = queries.message(db.session(), message_id)
    if found is None:
        raise NotFound
    return render_template(
        "accounts/message.html", message=found, is_hidden=found.is_secret and _is_sending()
    )


@blueprint.post("/accounts/outbox/<key:message_id>/send-again")
@open_to(ADMINISTRATORS)
def send_again(message_id: int) -> Response:
    """Queue a failed message anew; it may arrive twice if the first was sent after all."""
    with transaction(db.session()):
        is_queued = commands.send_again(db.session(), message_id, now=utc_now())
    if not is_queued:
        raise NotFound
    wake_mailer()
    flash(gettext("The message is sent again."), "success")
    address = url_for("accounts.message", message_id=message_id)
    return see_other(address)


def _is_sending() -> bool:
    return settings_of(current_app).smtp_url is not None
