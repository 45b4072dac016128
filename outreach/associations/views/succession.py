"""Merging, dividing and moving: the form, what would change, doing it, and undoing it."""

from http import HTTPStatus

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from outreach.accounts import commands as accounts
from outreach.accounts.current import current_reach
from outreach.accounts.queries import reporters_of
from outreach.accounts.queries.users import user_facts
from outreach.accounts.rules import Scope, UserChange
from outreach.associations import listeners
from outreach.associations.commands.succession import pass_on, undo
from outreach.associations.forms.succession import SuccessionForm
from outreach.associations.models import Succession
from outreach.associations.queries.one import AssociationFacts, association_facts, rights
from outreach.associations.queries.planning import PlannedVillage, places_served, planned, receivers
from outreach.associations.queries.succession import handed_by, reachable_succession
from outreach.associations.rules import CLOSED_STATUSES, SuccessionEntry, SuccessionKind
from outreach.associations.views.asking import author
from outreach.associations.views.blueprint import STAFF, blueprint
from outreach.associations.views.saving import save
from outreach.associations.wording import sentence
from outreach.database import transaction
from outreach.days import today
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.web.access import open_to
from outreach.web.answers import see_other

TO_SUCCESSOR = "/associations/<key:association_id>/pass-on/<kind>"
UNDO = "/associations/<key:association_id>/passed-on/<key:succession_id>/undo"


@blueprint.get(TO_SUCCESSOR)
@open_to(STAFF)
def passing_on(association_id: int, kind: str) -> tuple[str, int]:
    """The form, from today on."""
    form = SuccessionForm(data={"takes_effect": today().isoformat()})
    return _form_page(form, _facts(association_id), _kind(kind), status=HTTPStatus.OK)


@blueprint.post(TO_SUCCESSOR)
@open_to(STAFF)
def pass_villages_on(association_id: int, kind: str) -> Response | tuple[str, int]:
    """Show what would change, or do it once that has been seen."""
    facts, chosen = _facts(association_id), _kind(kind)
    form = SuccessionForm(request.form)
    form.keep_to(chosen)
    entry = form.to_entry(chosen)
    action = request.form.get("action", "")
    if action == "change":
        return _form_page(SuccessionForm(request.form), facts, chosen, status=HTTPStatus.OK)
    plans = _plans(facts, entry) if entry is not None else []
    for plan in plans:
        if plan.obstacle is not None:
            form.refuse(RuleBroken("villages", plan.obstacle, facts={"village": plan.name}))
    if entry is None or form.errors:
        return _refused(form, facts, chosen)
    if action != "confirm":
        return _preview(form, facts, entry, plans=plans)
    outcome = save(form, lambda session: _make(session, facts, entry, form=form))
    if outcome.key is None:
        return _refused(form, facts, chosen)
    flash(gettext("It is done. Both associations' pages say so."), "success")
    return see_other(url_for("associations.show", association_id=facts.id))


@blueprint.post(UNDO)
@open_to(STAFF)
def undo_passing_on(association_id: int, succession_id: int) -> Response:
    """Give the villages back, where nothing rests on it yet."""
    facts, by = _facts(association_id), author()
    session = db.session()
    found = reachable_succession(session, facts.id, succession_id=succession_id, reach=by.reach)
    if found is None:
        raise NotFound
    try:
        with transaction(session):
            handed = handed_by(session, succession_id)
            change = listeners.VillagesGivenBack(handed, by.reach.user_id, by.at)
            listeners.tell(current_app, session, change=change)
            undo(session, facts.id, succession_id, by=by)
            _tell_served(session, handed)
    except RuleBroken as rule:
        flash(sentence(rule, label=""), "error")
    else:
        flash(gettext("It is undone: everything is as it was before."), "success")
    return see_other(url_for("associations.show", association_id=facts.id))


def _make(
    session: Session, facts: AssociationFacts, entry: SuccessionEntry, *, form: SuccessionForm
) -> Succession | None:
    by = author()
    made = pass_on(session, facts.id, entry, today=today(), by=by)
    if made is None:
        return None
    handed = handed_by(session, made.id)
    change = listeners.VillagesHanded(handed, by.reach.user_id, by.at)
    listeners.tell(current_app, session, change=change)
    _tell_served(session, handed)
    offered = {reporter.user_id for reporter in reporters_of(session, facts.id)}
    for user_id in form.chosen_reporters():
        if user_id in offered and entry.into is not None:
            _let_report(session, user_id, entry.into)
    return made


def _let_report(session: Session, user_id: int, association_id: int) -> None:
    by = accounts.Actor(current_reach(), author().at)
    user = user_facts(session, by.reach, user_id=user_id)
    if user is None:
        return
    scope = user.scope | Scope(associations=frozenset({association_id}))
    change = UserChange(user.name, user.locale, user.roles, scope, user.version)
    accounts.change_user(session, user_id, change, by=by)


def _tell_served(session: Session, handed: tuple[listeners.Handed, ...]) -> None:
    if handed:
        ids = tuple(sorted({one.village_id for one in handed}))
        change = listeners.ServedChanged(ids, at=author().at)
        listeners.tell(current_app, session, change=change)


def _plans(facts: AssociationFacts, entry: SuccessionEntry) -> list[PlannedVillage]:
    session, day = db.session(), entry.takes_effect
    goes = dict(entry.villages)
    if entry.into is not None:
        goes = {place.village_id: entry.into for place in places_served(session, facts.id, on=day)}
    return planned(session, facts.id, goes, on=day)


def _facts(association_id: int) -> AssociationFacts:
    facts = association_facts(db.session(), association_id)
    if facts is None or not rights(facts, current_reach()).may_register:
        raise NotFound
    return facts


def _kind(text: str) -> SuccessionKind:
    try:
        return SuccessionKind(text)
    except ValueError as error:
        raise NotFound from error


def _refused(
    form: SuccessionForm, facts: AssociationFacts, kind: SuccessionKind
) -> tuple[str, int]:
    return _form_page(form, facts, kind, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _offer(form: SuccessionForm, facts: AssociationFacts) -> None:
    session = db.session()
    form.offer(
        receivers(session, facts.id, county_code=facts.county_code, reach=current_reach()),
        places_served(session, facts.id, on=today()),
        {str(one.user_id): one.name for one in reporters_of(session, facts.id)},
    )


def _form_page(
    form: SuccessionForm, facts: AssociationFacts, kind: SuccessionKind, *, status: HTTPStatus
) -> tuple[str, int]:
    form.keep_to(kind)
    _offer(form, facts)
    page = render_template(
        "associations/pass_on.html", form=form, association=facts, kind=kind.value
    )
    return page, status


def _preview(
    form: SuccessionForm,
    facts: AssociationFacts,
    entry: SuccessionEntry,
    *,
    plans: list[PlannedVillage],
) -> tuple[str, int]:
    session = db.session()
    _offer(form, facts)
    names = {
        one.id: one.name
        for one in receivers(
            session, facts.id, county_code=facts.county_code, reach=current_reach()
        )
    }
    going = {plan.village_id for plan in plans}
    places = places_served(session, facts.id, on=entry.takes_effect)
    page = render_template(
        "associations/pass_on_preview.html",
        form=form,
        association=facts,
        entry=entry,
        kind=entry.kind.value,
        plans=plans,
        names=names,
        staying=[place for place in places if place.village_id not in going],
        is_closed=facts.status in CLOSED_STATUSES,
        is_ahead=entry.takes_effect > today(),
        reporters=form.shown().get("reporters", ""),
    )
    return page, HTTPStatus.OK
