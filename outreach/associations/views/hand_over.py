"""A reporter, or staff for them, hands the role for an association to a new person."""

from http import HTTPStatus

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from outreach.accounts import invitations
from outreach.accounts.commands import Actor
from outreach.accounts.current import current_reach
from outreach.accounts.handing_over import HandOver, hand_over
from outreach.accounts.queries import reporters_of
from outreach.accounts.views.blueprint import me
from outreach.associations import listeners
from outreach.associations.commands.hand_over import replace_contact
from outreach.associations.forms.hand_over import HandOverForm
from outreach.associations.queries.one import AssociationFacts, association_facts, rights
from outreach.associations.views.asking import author
from outreach.associations.views.blueprint import STAFF_AND_REPORTERS, blueprint
from outreach.database import transaction
from outreach.days import today
from outreach.extensions import db
from outreach.mail.commands import enqueue
from outreach.mail.queue import wake_mailer
from outreach.mail.rules import NewMessage
from outreach.mail.texts import mail_text
from outreach.rules import RuleBroken
from outreach.web.access import open_to
from outreach.web.answers import see_other

HAND_OVER = "/associations/<key:association_id>/hand-over"


@blueprint.get(HAND_OVER)
@open_to(STAFF_AND_REPORTERS)
def handing_over(association_id: int) -> tuple[str, int]:
    """The form; a reporter hands over their own role only."""
    facts = _facts(association_id)
    offered = _offered(facts)
    first = next(iter(offered), None) if len(offered) == 1 else None
    form = HandOverForm(data={"locale": "sv", "who": str(first or "")})
    return _page(form, facts, HTTPStatus.OK)


@blueprint.post(HAND_OVER)
@open_to(STAFF_AND_REPORTERS)
def hand_role_over(association_id: int) -> Response | tuple[str, int]:
    """Let the new person begin and the old one end, in one transaction."""
    facts = _facts(association_id)
    form = HandOverForm(request.form)
    entry = form.to_entry(facts.id, offered=_offered(facts))
    if entry is None:
        return _page(form, facts, HTTPStatus.UNPROCESSABLE_ENTITY)
    session = db.session()
    try:
        with transaction(session):
            _hand(session, facts, entry)
    except RuleBroken as rule:
        form.refuse(rule)
        return _page(form, facts, HTTPStatus.UNPROCESSABLE_ENTITY)
    wake_mailer()
    flash(gettext("The role is handed over. An e-mail is on its way to the new person."), "success")
    return see_other(url_for("associations.show", association_id=facts.id))


def _hand(session: Session, facts: AssociationFacts, entry: HandOver) -> None:
    by, inviter = author(), me().name
    handed = hand_over(session, entry, by=Actor(by.reach, by.at))
    contact_id = replace_contact(
        session,
        facts.id,
        handed.before.email,
        name=entry.name,
        email=entry.email,
        today=today(),
        by=by,
    )
    left = listeners.ContactLeft(
        facts.id, contact_id, user_id=handed.before.id, email=handed.before.email, at=by.at
    )
    listeners.tell(current_app, session, change=left)
    if handed.is_new:
        invitations.send(session, handed.after, inviter=inviter)
        return
    text = mail_text(
        "handed_over",
        locale=handed.after.locale,
        name=handed.after.name,
        association=facts.name,
        inviter=inviter,
    )
    message = NewMessage("handed_over", handed.after.email, text.subject, text.body)
    enqueue(session, message, now=by.at)


def _offered(facts: AssociationFacts) -> dict[int, str]:
    """Whose role may be handed over: any reporter's by staff, one's own by a reporter."""
    reach = current_reach()
    found = reporters_of(db.session(), facts.id)
    is_staff = rights(facts, reach).may_register
    return {one.user_id: one.name for one in found if is_staff or one.user_id == reach.user_id}


def _facts(association_id: int) -> AssociationFacts:
    facts = association_facts(db.session(), association_id)
    if facts is None or not rights(facts, current_reach()).may_see_contacts:
        raise NotFound
    return facts


def _page(form: HandOverForm, facts: AssociationFacts, status: HTTPStatus) -> tuple[str, int]:
    form.who.choices = {str(key): name for key, name in _offered(facts).items()}
    page = render_template("associations/hand_over.html", form=form, association=facts)
    return page, status
