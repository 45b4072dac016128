"""Regional staff: what waits, one version beside what counts, approve, return."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import format_date, gettext, ngettext
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.accounts.rules import RoleName
from outreach.associations.forms.base import several_lines
from outreach.associations.queries.register import municipality_choices
from outreach.connections.commands import review as commands
from outreach.connections.commands.links import Maker
from outreach.connections.commands.review import AlreadyDecided, Reviewer
from outreach.connections.forms.flag import FlagForm, flag_values
from outreach.connections.mailing import tell_returned
from outreach.connections.queries import review as queries
from outreach.connections.queries.compared import VillageComparison
from outreach.connections.queries.corrections import effects_noted, effects_of
from outreach.connections.queries.doubted import doubts_of
from outreach.connections.queries.flags import flags_of_version, reviewers
from outreach.connections.queries.grid import RowKey
from outreach.connections.queries.review import QueueFilter, VersionHead
from outreach.connections.queries.window import reporting_window
from outreach.connections.review_wording import sentence
from outreach.connections.rules import ReportState
from outreach.connections.states import checked_note
from outreach.connections.views.blueprint import blueprint
from outreach.connections.views.round_pages import carry_forward_months
from outreach.connections.wording import doubt_sentence
from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.days import today
from outreach.extensions import db
from outreach.mail.queue import wake_mailer
from outreach.rules import RuleBroken
from outreach.web.access import only, open_to
from outreach.web.answers import see_other
from outreach.web.asking import asked_number, whole_number
from outreach.web.filters import closing
from outreach.web.paging import Paging, page_number

STAFF = only(RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF)
MOST_AT_ONCE = 500
NO_FLAG = FlagForm()


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """What was typed in the form that returns a version, and what is wrong with it."""

    note: str = ""
    error: str | None = None


@blueprint.get("/review")
@open_to(STAFF)
def review_queue() -> str:
    """The versions that wait, the oldest first."""
    session, reach = db.session(), current_reach()
    wanted = QueueFilter(asked_number("round"), request.args.get("municipality", "")[:4])
    paging = Paging(
        page_number(request.args.get("page")),
        queries.count_waiting(session, wanted, reach=reach),
    )
    rows = queries.waiting(session, wanted, reach=reach, paging=paging)
    return render_template(
        "connections/review_queue.html",
        rows=rows,
        unwarned=[row.head.id for row in rows if not row.head.warnings],
        paging=paging,
        wanted=wanted,
        is_filtered=wanted != QueueFilter(),
        rounds=[
            (key, format_date(day, "long")) for key, day in queries.round_choices(session).items()
        ],
        municipalities=municipality_choices(session, today=today()),
        page_href=_page_href,
    )


@blueprint.get("/review/<key:version_id>")
@open_to(STAFF)
def review_version(version_id: int) -> str:
    """One version: each figure beside the one that counts, reasons, and the decision."""
    return version_page(found_version(version_id), ReturnForm())


@blueprint.post("/review/<key:version_id>/approve")
@open_to(STAFF)
def approve_version(version_id: int) -> Response:
    """Approve and publish."""
    head = found_version(version_id)
    session = db.session()
    try:
        with transaction(session):
            commands.approve(
                session, head.id, by=reviewer(), carry_forward_months=carry_forward_months()
            )
    except AlreadyDecided:
        return _already_decided(version_id)
    flash(gettext("Approved and published: %(name)s.", name=closing(head.association)), "success")
    return see_other(url_for("connections.review_queue"))


@blueprint.post("/review/<key:version_id>/return")
@open_to(STAFF)
def return_version(version_id: int) -> Response:
    """Send back with a note, which reaches the reporter on the page and by e-mail."""
    head = found_version(version_id)
    session, by = db.session(), reviewer()
    typed = several_lines(request.form.get("note", ""))
    try:
        note = checked_note(typed)
        with transaction(session):
            commands.return_to_reporter(session, head.id, note=note, by=by)
            tell_returned(session, head, note=note, by=Maker(by.reach.user_id, by.at))
            window = reporting_window(session, head.round_id, head.association_id, at=by.at)
    except RuleBroken as broken:
        page = version_page(head, ReturnForm(typed, sentence(broken)))
        return current_app.make_response((page, 422))
    except AlreadyDecided:
        return _already_decided(version_id)
    wake_mailer()
    flash(gettext("Returned with your note: %(name)s.", name=closing(head.association)), "success")
    if not window.is_open:
        flash(
            gettext(
                "The round is closed, so they can't put it right yet. Let them report late on the "
                "round's page."
            ),
            "warning",
        )
    return see_other(url_for("connections.review_queue"))


@blueprint.post("/review/approve")
@open_to(STAFF)
def approve_unwarned() -> Response:
    """Approve those of the versions shown that still wait and have no warning."""
    asked = list(filter(None, map(whole_number, request.form.getlist("version"))))
    session = db.session()
    with transaction(session):
        unwarned = queries.waiting_without_warnings(
            session, asked[:MOST_AT_ONCE], reach=current_reach()
        )
        done = commands.approve_all(
            session, unwarned, by=reviewer(), carry_forward_months=carry_forward_months()
        )
    flash(
        ngettext(
            "Approved and published %(num)s report.",
            "Approved and published %(num)s reports.",
            len(done),
        ),
        "success" if done else "info",
    )
    return see_other(url_for("connections.review_queue"))


def version_page(head: VersionHead, form: ReturnForm, flag_form: FlagForm = NO_FLAG) -> str:
    """One version with its decision and its flags, as typed where something was wrong."""
    session = db.session()
    rows = queries.comparison(session, head)
    waits = head.state is ReportState.SUBMITTED
    months = carry_forward_months()
    return render_template(
        "connections/review_version.html",
        head=head,
        rows=rows,
        doubts=_doubts(head, rows),
        versions=queries.versions_of_report(session, head.report_id, reach=current_reach()),
        waits=waits,
        effects=effects_of(session, head.id, carry_forward_months=months)
        if waits
        else effects_noted(session, head.id),
        form=form,
        flags=flags_of_version(session, head.id, reach=current_reach()),
        flag_form=flag_form,
        flag_values=flag_values(rows),
        reviewers=reviewers(session, head.county_code),
        page_has_errors=bool(form.error or flag_form.errors),
    )


def _doubts(head: VersionHead, rows: list[VillageComparison]) -> dict[RowKey, list[str]]:
    return {
        key: [doubt_sentence(doubt) for doubt in doubts]
        for key, doubts in doubts_of(db.session(), head, rows).items()
    }


def _already_decided(version_id: int) -> Response:
    """Somebody was first: show the version as it stands now."""
    flash(
        gettext("Somebody else has already decided about this version. Nothing was changed."),
        "warning",
    )
    return current_app.make_response((version_page(found_version(version_id), ReturnForm()), 409))


def found_version(version_id: int) -> VersionHead:
    """The version within the reviewer's reach, or 404."""
    head = queries.version_head(db.session(), version_id, reach=current_reach())
    if head is None:
        raise NotFound
    return head


def reviewer() -> Reviewer:
    """Who decides now."""
    return Reviewer(current_reach(), utc_now())


def _page_href(number: int) -> str:
    names = ("round", "municipality")
    kept = {name: request.args[name] for name in names if request.args.get(name)}
    return f"{url_for('connections.review_queue')}?{urlencode(kept | {'page': str(number)})}"
