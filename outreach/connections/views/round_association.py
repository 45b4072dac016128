"""One association in a round: which villages are expected, exceptions, and a no for an answer."""

from collections.abc import Callable

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.associations.queries.one import contacts_on
from outreach.associations.queries.served import MATCHES_SHOWN, find_villages
from outreach.connections.commands.expecting import Pair, add_pair, remove_pair
from outreach.connections.commands.lateness import (
    OfRound,
    allow_late,
    end_exception,
    note_no_answer,
    withdraw_no_answer,
)
from outreach.connections.queries.round_association import (
    AssociationHead,
    exceptions_of,
    no_answer_of,
    pairs_of,
    served_not_expected,
    staffed_association,
)
from outreach.connections.queries.rounds import RoundHead
from outreach.connections.review_wording import ROUND_STATES
from outreach.connections.round_states import RoundAction, RoundActionRefused, may
from outreach.connections.rounds import entered_day
from outreach.connections.views.asking import STAFF
from outreach.connections.views.blueprint import blueprint
from outreach.connections.views.round_pages import (
    ONE_ROUND,
    Typed,
    found_round,
    seen,
    tell_moved_on,
    typed,
)
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.web.access import open_to
from outreach.web.answers import private
from outreach.web.asking import whole_number

IN_ROUND = f"{ONE_ROUND}/associations/<key:association_id>"


@blueprint.get(IN_ROUND)
@open_to(STAFF)
def round_association(round_id: int, association_id: int) -> Response:
    """What is expected of the association in the round, and what has come in."""
    head, of = _found(round_id, association_id)
    return _page(head, of, Typed())


@blueprint.post(f"{IN_ROUND}/expect")
@open_to(STAFF)
def expect_village(round_id: int, association_id: int) -> Response:
    """Expect the association to report another village."""

    def do(form: Typed) -> None:
        village_id = whole_number(form.texts["village"])
        if village_id is None:
            raise RuleBroken("village", "choose_village")
        pair = Pair(round_id, association_id, village_id)
        reason = form.texts["expect_reason"]
        add_pair(db.session(), pair, reason=reason, by=current_reach(), at=utc_now())

    said = gettext("The village is expected from now on.")
    return _done((round_id, association_id), ("village", "expect_reason"), do, said=said)


@blueprint.post(f"{IN_ROUND}/expect-not")
@open_to(STAFF)
def expect_village_no_more(round_id: int, association_id: int) -> Response:
    """Expect the association to report a village no more."""

    def do(form: Typed) -> None:
        village_id = whole_number(form.texts["removed"])
        if village_id is None:
            raise RuleBroken("removed", "choose_village")
        pair = Pair(round_id, association_id, village_id)
        reason = form.texts["remove_reason"]
        remove_pair(db.session(), pair, reason=reason, by=current_reach(), at=utc_now())

    said = gettext("The village is no longer expected.")
    return _done((round_id, association_id), ("removed", "remove_reason"), do, said=said)


@blueprint.post(f"{IN_ROUND}/late")
@open_to(STAFF)
def let_be_late(round_id: int, association_id: int) -> Response:
    """Let the association report although the round is closed."""

    def do(form: Typed) -> None:
        until = entered_day("until", form.texts["until"])
        of = OfRound(round_id, association_id)
        reason = form.texts["late_reason"]
        allow_late(db.session(), of, reason=reason, until=until, by=current_reach(), at=utc_now())

    said = gettext("The association can report although the round is closed.")
    return _done((round_id, association_id), ("until", "late_reason"), do, said=said)


@blueprint.post(f"{IN_ROUND}/late/end")
@open_to(STAFF)
def let_be_late_no_more(round_id: int, association_id: int) -> Response:
    """End the exception before its time."""
    of = OfRound(round_id, association_id)
    return _done(
        (round_id, association_id),
        (),
        lambda _: end_exception(db.session(), of, by=current_reach(), at=utc_now()),
        said=gettext("The exception is ended."),
    )


@blueprint.post(f"{IN_ROUND}/no-answer")
@open_to(STAFF)
def will_not_answer(round_id: int, association_id: int) -> Response:
    """Note that the association was asked and will not answer."""
    of = OfRound(round_id, association_id)

    def do(form: Typed) -> None:
        reason = form.texts["no_answer_reason"]
        note_no_answer(db.session(), of, reason=reason, by=current_reach(), at=utc_now())

    said = gettext("Noted: the association will not answer.")
    return _done((round_id, association_id), ("no_answer_reason",), do, said=said)


@blueprint.post(f"{IN_ROUND}/no-answer/withdraw")
@open_to(STAFF)
def will_answer(round_id: int, association_id: int) -> Response:
    """Wait for the association's answer again."""
    of = OfRound(round_id, association_id)
    return _done(
        (round_id, association_id),
        (),
        lambda _: withdraw_no_answer(db.session(), of, by=current_reach(), at=utc_now()),
        said=gettext("The association's answer is waited for again."),
    )


def _done(
    key: tuple[int, int],
    names: tuple[str, ...],
    do: Callable[[Typed], object],
    *,
    said: str,
) -> Response:
    """Do it in one transaction and say so, or show the page with what was typed."""
    head, of = _found(*key)
    form = typed(*names)
    try:
        with transaction(db.session()):
            do(form)
    except RuleBroken as broken:
        return _page(head, of, form.refused(_at_field(broken, names)), status=422)
    except RoundActionRefused:
        tell_moved_on()
        return _page(*_found(*key), Typed(), status=409)
    flash(said, "success")
    return seen(url_for("connections.round_association", round_id=head.id, association_id=of.id))


def _at_field(broken: RuleBroken, names: tuple[str, ...]) -> RuleBroken:
    """The page has several reasons: the one that was sent is meant."""
    if broken.field != "reason":
        return broken
    field = next(name for name in names if name.endswith("reason"))
    return RuleBroken(field, broken.code, facts=broken.facts)


def _found(round_id: int, association_id: int) -> tuple[RoundHead, AssociationHead]:
    of = staffed_association(db.session(), association_id, reach=current_reach())
    if of is None:
        raise NotFound
    return found_round(round_id), of


def _page(head: RoundHead, of: AssociationHead, form: Typed, *, status: int = 200) -> Response:
    session, reach, now = db.session(), current_reach(), utc_now()
    asked = request.args.get("q", "").strip()[:80]
    matches = (
        find_villages(session, asked, county_code=of.county_code, today=today()) if asked else []
    )
    page = render_template(
        "connections/round_association.html",
        head=head,
        of=of,
        states=ROUND_STATES,
        pairs=pairs_of(session, head.id, of.id, reach=reach),
        choices=served_not_expected(session, head, of.id),
        asked=asked,
        matches=matches,
        is_cut=len(matches) == MATCHES_SHOWN,
        exceptions=exceptions_of(session, head.id, of.id),
        no_answer=no_answer_of(session, head.id, of.id),
        contacts=contacts_on(session, [of.id], on=today()),
        allowed={action for action in RoundAction if may(head.state, action, roles=reach.roles)},
        now=now,
        form=form,
        page_has_errors=bool(form.errors),
    )
    return private((page, status))
