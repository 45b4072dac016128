"""Looking after users: the list, inviting, changing, shutting out and letting in."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts import commands, events, invitations, scopes
from outreach.accounts.current import current_reach
from outreach.accounts.forms import DutiesForm, InvitationForm
from outreach.accounts.models import User
from outreach.accounts.queries.users import UserFacts, UserFilter, count_users, user_facts, users
from outreach.accounts.rules import RoleName
from outreach.accounts.views.blueprint import ADMINISTRATORS, CARETAKERS, actor, blueprint, me
from outreach.accounts.wording import ROLES, sentence
from outreach.database import transaction
from outreach.database.versions import StaleEdit
from outreach.extensions import db
from outreach.mail.queue import wake_mailer
from outreach.rules import RuleBroken
from outreach.web.access import open_to
from outreach.web.answers import see_other
from outreach.web.asking import sent_version
from outreach.web.conflicts import Conflict, differences
from outreach.web.paging import Paging, page_number

SEARCH_MAXIMUM = 80


@blueprint.get("/accounts")
@open_to(CARETAKERS)
def index() -> str:
    """The users one looks after, a page at a time."""
    wanted = _wanted()
    total = count_users(db.session(), current_reach(), wanted=wanted)
    paging = Paging(page_number(request.args.get("page")), total)
    rows = users(db.session(), current_reach(), wanted=wanted, paging=paging)
    return render_template(
        "accounts/index.html",
        rows=rows,
        paging=paging,
        wanted=wanted,
        roles=ROLES,
        page_href=lambda number: _address(wanted, number),
    )


@blueprint.get("/accounts/invite")
@open_to(CARETAKERS)
def invite() -> str:
    """The form of an invitation."""
    form = InvitationForm(locale="sv")
    return _form_page("accounts/invite.html", form)


@blueprint.post("/accounts/invite")
@open_to(CARETAKERS)
def send_invitation() -> Response:
    """Create the user and write the invitation in one transaction."""
    form = InvitationForm(request.form)
    try:
        with transaction(db.session()):
            user = commands.invite(db.session(), form.to_invitation(), by=actor())
            invitations.send(db.session(), user, inviter=me().name)
            email, key = user.email, user.id
    except RuleBroken as rule:
        form.refuse_all(rule)
        page = _form_page("accounts/invite.html", form)
        return current_app.make_response((page, HTTPStatus.UNPROCESSABLE_ENTITY))
    wake_mailer()
    flash(gettext("An invitation is on its way to %(email)s.", email=email), "success")
    return _to_user(key)


@blueprint.get("/accounts/<key:user_id>")
@open_to(CARETAKERS)
def show(user_id: int) -> str:
    """One user, and the form to change what they do."""
    facts = _facts(user_id)
    return _user_page(facts, _form_of(facts), version=facts.version)


@blueprint.post("/accounts/<key:user_id>")
@open_to(CARETAKERS)
def save(user_id: int) -> Response:
    """Change a user, unless somebody else has in between."""
    facts = _facts(user_id)
    form = DutiesForm(request.form)
    try:
        with transaction(db.session()):
            change = form.to_change(version=sent_version())
            commands.change_user(db.session(), user_id, change, by=actor())
    except RuleBroken as rule:
        form.refuse_all(rule)
        page = _user_page(facts, form, version=sent_version())
        return current_app.make_response((page, HTTPStatus.UNPROCESSABLE_ENTITY))
    except StaleEdit:
        theirs = _facts(user_id)
        page = _user_page(theirs, form, version=theirs.version, theirs=_form_of(theirs))
        return current_app.make_response((page, HTTPStatus.CONFLICT))
    flash(gettext("Saved."), "success")
    return _to_user(user_id)


@blueprint.post("/accounts/<key:user_id>/disable")
@open_to(CARETAKERS)
def disable(user_id: int) -> Response:
    """Shut a user out at once, on all devices."""
    return _act(
        user_id,
        lambda: commands.set_active(db.session(), user_id, is_active=False, by=actor()),
        done=gettext("The account is disabled and signed out everywhere."),
    )


@blueprint.post("/accounts/<key:user_id>/enable")
@open_to(CARETAKERS)
def enable(user_id: int) -> Response:
    """Let a user in again."""
    return _act(
        user_id,
        lambda: commands.set_active(db.session(), user_id, is_active=True, by=actor()),
        done=gettext("The account can be used again."),
    )


@blueprint.post("/accounts/<key:user_id>/resend")
@open_to(CARETAKERS)
def resend(user_id: int) -> Response:
    """Send a new invitation; the link of the old one stops working."""

    def again() -> User | None:
        user = commands.invite_again(db.session(), user_id, by=actor())
        if user is not None:
            invitations.send(db.session(), user, inviter=me().name)
        return user

    return _act(user_id, again, done=gettext("A new invitation is on its way."))


@blueprint.post("/accounts/<key:user_id>/remove-second-factors")
@open_to(ADMINISTRATORS)
def remove_second_factors(user_id: int) -> Response:
    """Let somebody who has lost phone and codes sign in by password, and write to them."""

    def remove() -> User | None:
        user = commands.remove_second_factors(db.session(), user_id, by=actor())
        if user is not None:
            events.write_to(user, "second_factors_removed")
        return user

    return _act(user_id, remove, done=gettext("Codes and passkeys are removed."))


def _act(user_id: int, command: Callable[[], User | None], *, done: str) -> Response:
    try:
        with transaction(db.session()):
            if command() is None:
                raise NotFound
    except RuleBroken as rule:
        flash(sentence(rule), "error")
        return _to_user(user_id)
    wake_mailer()
    flash(done, "success")
    return _to_user(user_id)


def _wanted() -> UserFilter:
    text = " ".join(request.args.get("q", "").split())[:SEARCH_MAXIMUM]
    role = request.args.get("role", "")
    return UserFilter(text, RoleName(role) if role in set(RoleName) else None)


def _address(wanted: UserFilter, number: int) -> str:
    asked = {"q": wanted.text, "role": wanted.role or "", "page": number}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{url_for('accounts.index')}?{query}"


def _facts(user_id: int) -> UserFacts:
    facts = user_facts(db.session(), current_reach(), user_id=user_id)
    if facts is None:
        raise NotFound
    return facts


def _form_of(facts: UserFacts) -> DutiesForm:
    return DutiesForm(
        name=facts.name,
        locale=facts.locale,
        roles=sorted(facts.roles),
        counties=sorted(facts.scope.counties),
        associations=[str(key) for key in facts.scope.associations],
        organisations=[str(key) for key in facts.scope.organisations],
    )


def _form_page(template: str, form: DutiesForm) -> str:
    form.offer(scopes.choices(db.session(), current_reach()), current_reach())
    return render_template(template, form=form)


def _user_page(
    facts: UserFacts,
    form: DutiesForm,
    *,
    version: int | None,
    theirs: DutiesForm | None = None,
) -> str:
    choices = scopes.choices(db.session(), current_reach())
    form.offer(choices, current_reach())
    return render_template(
        "accounts/user.html",
        user=facts,
        form=form,
        version=version,
        conflict=None
        if theirs is None
        else _conflict(form, theirs, choices, version=facts.version),
        is_me=facts.id == me().id,
        may_remove_second_factors=current_reach().is_administrator,
        may_disable=not facts.scope - choices.scope,
    )


def _conflict(
    mine: DutiesForm, theirs: DutiesForm, choices: scopes.Choices, *, version: int
) -> Conflict:
    theirs.offer(choices, current_reach())
    found = differences(mine.shown(), theirs.shown(), mine.labels())
    return Conflict(version=version, differences=found)


def _to_user(user_id: int) -> Response:
    return see_other(url_for("accounts.show", user_id=user_id))
