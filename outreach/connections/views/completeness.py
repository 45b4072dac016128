"""How complete a round is: figures, a map and its table, and the files of both lists."""

from flask import Response, render_template, url_for
from flask_babel import gettext, pgettext

from outreach.accounts.current import current_reach
from outreach.connections.map_of_round import RoundMap, round_map
from outreach.connections.queries.completeness import (
    AreaProgress,
    county_progress,
    municipality_progress,
    total,
)
from outreach.connections.queries.deliveries import deliveries
from outreach.connections.queries.progress import association_progress
from outreach.connections.queries.report_head import round_to_report
from outreach.connections.queries.rounds import round_on
from outreach.connections.reminder_wording import DELIVERIES
from outreach.connections.review_wording import ROUND_STATES
from outreach.connections.round_states import RoundAction, may
from outreach.connections.views.asking import STAFF
from outreach.connections.views.blueprint import blueprint
from outreach.connections.views.round_pages import ONE_ROUND, Typed, found_round, seen
from outreach.days import today
from outreach.extensions import db
from outreach.places.locator import DETAIL_METRES
from outreach.places.queries.outlines import municipality_outlines
from outreach.web.access import open_to
from outreach.web.answers import private
from outreach.web.csv_files import Cell, csv_response


@blueprint.get("/review/associations")
@open_to(STAFF)
def associations_reporting() -> Response:
    """Who has reported in the round that is reported for now."""
    reference_date = round_to_report(db.session(), today=today())
    round_id = round_on(db.session(), reference_date) if reference_date else None
    if round_id is None:
        return seen(url_for("connections.rounds"))
    return seen(url_for("connections.round_associations", round_id=round_id))


@blueprint.get(ONE_ROUND)
@open_to(STAFF)
def round_page(round_id: int) -> Response:
    """The round: its state, what has come in by municipality and county, and what can be done."""
    return round_answer(round_id, Typed())


@blueprint.get(f"{ONE_ROUND}/municipalities.csv")
@open_to(STAFF)
def round_areas_csv(round_id: int) -> Response:
    """The same figures as a file: counties, then municipalities."""
    head = found_round(round_id)
    session = db.session()
    areas = municipality_progress(session, head.id, reach=current_reach())
    header = [
        gettext("Code"),
        gettext("Area"),
        pgettext("villages", "Expected"),
        pgettext("villages", "Received"),
        pgettext("villages", "On time"),
        pgettext("villages", "Returned"),
        pgettext("villages", "Approved"),
        gettext("Will not answer"),
        gettext("Share received"),
        gettext("Share on time"),
    ]
    rows = [_file_row(area) for area in [*county_progress(session, areas), *areas]]
    return private(csv_response(f"round-{head.reference_date}-areas.csv", header, rows))


def round_answer(round_id: int, form: Typed, *, status: int = 200) -> Response:
    """The round's page, with what was typed in one of its forms."""
    head = found_round(round_id)
    session, reach = db.session(), current_reach()
    areas = municipality_progress(session, head.id, reach=reach)
    page = render_template(
        "connections/round.html",
        head=head,
        states=ROUND_STATES,
        areas=areas,
        counties=county_progress(session, areas),
        total=total(areas),
        map=_map(areas),
        how=DELIVERIES,
        deliveries=deliveries(session, head.id, reach=reach),
        waited_for=sum(
            row.is_waited_for for row in association_progress(session, head.id, reach=reach)
        ),
        allowed={action for action in RoundAction if may(head.state, action, roles=reach.roles)},
        is_due=today() > head.due_date,
        form=form,
        page_has_errors=bool(form.errors),
    )
    return private((page, status))


def _map(areas: list[AreaProgress]) -> RoundMap | None:
    counties = sorted({area.county_code for area in areas})
    outlines = [
        outline
        for code in counties
        for outline in municipality_outlines(
            db.session(), county_code=code, metres=DETAIL_METRES * 4
        )
    ]
    return round_map(outlines, areas)


def _file_row(area: AreaProgress) -> list[Cell]:
    counts = area.counts
    return [
        area.code,
        area.name,
        counts.expected,
        counts.received,
        counts.on_time,
        counts.returned,
        counts.approved,
        counts.refused,
        counts.received_share,
        counts.on_time_share,
    ]
