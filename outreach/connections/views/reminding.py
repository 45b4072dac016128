"""Staff see a round's reminders before and after they are sent, and pause them."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from itertools import product

from flask import Response, abort, flash, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.connections.commands.links import Maker
from outreach.connections.commands.reminders import (
    Paused,
    note_bounce,
    pause,
    resume,
    set_language,
)
from outreach.connections.mailing import personal_address
from outreach.connections.queries.deliveries import deliveries, written_reminders
from outreach.connections.queries.progress import association_progress
from outreach.connections.queries.reminders import (
    DueReminder,
    RoundToRemind,
    due_reminders,
    pauses_of,
    reminded_round,
)
from outreach.connections.reminder_rules import ReminderKind
from outreach.connections.reminder_wording import DELIVERIES, NOT_OWED
from outreach.connections.reminding import text_of, why_withdrawn, write_due
from outreach.connections.views.asking import STAFF
from outreach.connections.views.blueprint import blueprint
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.mail.checks import before_sending
from outreach.mail.queue import wake_mailer
from outreach.mail.rules import TO_MANY
from outreach.mail.texts import MailText
from outreach.web.access import open_to
from outreach.web.answers import private, see_other
from outreach.web.asking import whole_number
from outreach.web.i18n import LANGUAGES
from outreach.web.paging import Paging, page_number

REMINDERS = "/review/rounds/<key:round_id>/reminders"

before_sending(blueprint, TO_MANY, why_withdrawn)


@dataclass(frozen=True, slots=True)
class Preview:
    """One kind of e-mail in one language: who is to get it now, and what it says to the first."""

    kind: ReminderKind
    locale: str
    recipients: list[DueReminder]
    text: MailText


@blueprint.get(REMINDERS)
@open_to(STAFF)
def reminders(round_id: int) -> Response:
    """What would go out now, with its text, and what has gone out."""
    return _page(_round(round_id))


@blueprint.post(REMINDERS)
@open_to(STAFF)
def send_reminders(round_id: int) -> Response:
    """Write what the preview showed, to those who are still to get it."""
    in_round = _open_round(round_id)
    count = write_due(
        db.session(),
        in_round,
        now=utc_now(),
        by=_maker(),
        reach=current_reach(),
        kind=_kind(in_round, request.form),
    )
    wake_mailer()
    said = ngettext("%(num)s e-mail is on its way.", "%(num)s e-mails are on their way.", count)
    flash(said, "success")
    return _back(round_id)


@blueprint.post(f"{REMINDERS}/pause")
@open_to(STAFF)
def pause_reminders(round_id: int) -> Response:
    """Pause or resume the round's reminders, or one association's."""
    _open_round(round_id)
    what = Paused(round_id, _association(round_id))
    session = db.session()
    with transaction(session):
        if request.form.get("to") == "resume":
            resume(session, what, by=_maker())
            said = gettext("Reminders are sent again.")
        else:
            pause(session, what, by=_maker())
            said = gettext("Reminders are paused. What waits to be sent is held back.")
    flash(said, "success")
    return _back(round_id)


@blueprint.post(f"{REMINDERS}/<key:reminder_id>/bounced")
@open_to(STAFF)
def bounced(round_id: int, reminder_id: int) -> Response:
    """Note that a message came back."""
    session = db.session()
    written = written_reminders(session, round_id, reach=current_reach())
    if reminder_id not in {row.id for row in written}:
        raise NotFound
    with transaction(session):
        note_bounce(session, reminder_id, by=_maker())
    flash(gettext("Noted. Ask the association for another address."), "success")
    return _back(round_id)


@blueprint.post(f"{REMINDERS}/language")
@open_to(STAFF)
def mail_language(round_id: int) -> Response:
    """Choose the language in which an association is written to."""
    _open_round(round_id)
    association_id, locale = _association(round_id), request.form.get("locale", "")
    if association_id is None or locale not in LANGUAGES:
        raise NotFound
    session = db.session()
    with transaction(session):
        set_language(session, association_id, locale, by=_maker())
    flash(gettext("The changes are saved."), "success")
    return _back(round_id)


def _round(round_id: int) -> RoundToRemind:
    """A round that is or was open: what was sent can be read when nobody is reminded any more."""
    found = reminded_round(db.session(), round_id)
    if found is None:
        raise NotFound
    return found


def _open_round(round_id: int) -> RoundToRemind:
    """A round that still reminds; where it was closed meanwhile, the answer says so."""
    found = _round(round_id)
    if not found.is_open:
        abort(_page(found, is_late=True))
    return found


def _association(round_id: int) -> int | None:
    """The association that the form names, if it names one; it must be in the round and reach."""
    if not request.form.get("association"):
        return None
    key = whole_number(request.form["association"])
    rows = association_progress(db.session(), round_id, reach=current_reach())
    if key not in {row.association_id for row in rows}:
        raise NotFound
    return key


def _kind(in_round: RoundToRemind, source: Mapping[str, str]) -> ReminderKind | None:
    """The kind that staff have chosen; None for the day's own."""
    choices = {kind.value: kind for kind in in_round.schedule.kinds_to_choose(today())}
    return choices.get(source.get("kind", ""))


def _page(in_round: RoundToRemind, *, is_late: bool = False) -> Response:
    session = db.session()
    chosen = _kind(in_round, request.args)
    written = written_reminders(session, in_round.id, reach=current_reach())
    paging = Paging(page_number(request.args.get("page")), len(written))
    due = due_reminders(session, in_round, reach=current_reach(), at=utc_now(), kind=chosen)
    page = render_template(
        "connections/reminders.html",
        not_owed=NOT_OWED,
        how=DELIVERIES,
        deliveries=deliveries(session, in_round.id, reach=current_reach()),
        in_round=in_round,
        is_late=is_late,
        previews=_previews(in_round, due),
        kinds=in_round.schedule.kinds_to_choose(today()),
        chosen=chosen,
        pauses=pauses_of(session, in_round.id),
        associations=association_progress(session, in_round.id, reach=current_reach()),
        written=written[paging.offset : paging.offset + paging.size],
        paging=paging,
        page_href=lambda number: url_for(
            "connections.reminders", round_id=in_round.id, page=number
        ),
    )
    return private((page, HTTPStatus.CONFLICT if is_late else HTTPStatus.OK))


def _previews(in_round: RoundToRemind, due: list[DueReminder]) -> list[Preview]:
    found = []
    for kind, locale in product(ReminderKind, LANGUAGES):
        recipients = [one for one in due if (one.kind, one.locale) == (kind, locale)]
        if recipients:
            text = text_of(
                recipients[0],
                reference_date=in_round.reference_date,
                due_date=in_round.schedule.due,
                link=personal_address("…"),
            )
            found.append(Preview(kind, locale, recipients, text))
    return found


def _maker() -> Maker:
    return Maker(current_reach().user_id, utc_now())


def _back(round_id: int) -> Response:
    address = url_for("connections.reminders", round_id=round_id)
    return see_other(address)
