"""What an association has reported: all versions, two compared, and all counts as a file."""

from dataclasses import dataclass

from flask import Response, render_template, request
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.connections.queries import history as queries
from outreach.connections.queries.corrections import effects_by_version
from outreach.connections.queries.flags import FlagLine, flags_of_village
from outreach.connections.queries.history import VersionLine
from outreach.connections.rules import CountField
from outreach.connections.views.asking import ONE_REPORT, WRITERS, found_head
from outreach.connections.views.blueprint import blueprint
from outreach.connections.wording import DWELLING_TYPES, FIELDS, SOURCES, STATES
from outreach.days import swedish_day, today
from outreach.extensions import db
from outreach.places import panels
from outreach.places.rules import VillagePlace
from outreach.web.access import open_to
from outreach.web.answers import private
from outreach.web.asking import whole_number
from outreach.web.csv_files import csv_response


@dataclass(frozen=True, slots=True)
class VillagePanel:
    """What was reported of a village, and for staff the flags at it."""

    lines: list[queries.VillageLine]
    flags: list[FlagLine]


@blueprint.get("/reports/<key:association_id>/history")
@open_to(WRITERS)
def history(association_id: int) -> Response:
    """All reports of the association with their versions, the newest first."""
    name = _name(association_id)
    lines = queries.history(db.session(), association_id, reach=current_reach())
    page = render_template(
        "connections/history.html",
        association_id=association_id,
        name=name,
        lines=lines,
        effects=effects_by_version(db.session(), [line.id for line in lines]),
    )
    return private(page)


@blueprint.get("/reports/<key:association_id>/history.csv")
@open_to(WRITERS)
def history_csv(association_id: int) -> Response:
    """Every count of every version as a file."""
    _name(association_id)
    reach = current_reach()
    header = [
        gettext("Reference date"),
        gettext("Version"),
        gettext("State"),
        gettext("Village code"),
        gettext("Village"),
        gettext("Municipality"),
        gettext("Dwelling type"),
        *(str(FIELDS[field]) for field in CountField),
        gettext("Unchanged"),
        gettext("Reason"),
        gettext("Submitted"),
        gettext("By"),
        gettext("Source"),
        gettext("Taken back"),
    ]
    rows = (
        (
            one.count.reference_date,
            one.count.number,
            str(STATES[one.state]),
            one.count.village_code,
            one.count.village,
            one.count.municipality,
            str(DWELLING_TYPES[one.count.dwelling_type]),
            *(one.count.figures.of(field) for field in CountField),
            gettext("yes") if one.count.is_unchanged else gettext("no"),
            one.count.reason,
            swedish_day(one.submitted_at),
            one.submitted_by,
            str(SOURCES[one.source]),
            swedish_day(one.withdrawn_at) if one.withdrawn_at else None,
        )
        for one in queries.all_counts(db.session(), association_id, reach=reach)
    )
    return private(csv_response(f"reports-{association_id}-{today()}.csv", header, rows))


@blueprint.get(f"{ONE_REPORT}/versions/<key:number>")
@open_to(WRITERS)
def version(association_id: int, day: str, number: int) -> Response:
    """One version beside another of the same report, at first beside the one before it."""
    head = found_head(association_id, day)
    lines = queries.report_versions(
        db.session(),
        association_id,
        reference_date=head.reference_date,
        reach=current_reach(),
    )
    shown = _numbered(lines, number)
    if shown is None:
        raise NotFound
    asked = whole_number(request.args.get("with", ""))
    beside = _numbered(lines, asked if asked is not None else number - 1)
    page = render_template(
        "connections/version.html",
        head=head,
        shown=shown,
        beside=beside,
        lines=lines,
        rows=queries.side_by_side(db.session(), shown, earlier=beside),
    )
    return private(page)


def _numbered(lines: list[VersionLine], number: int) -> VersionLine | None:
    return next((line for line in lines if line.number == number), None)


def _name(association_id: int) -> str:
    name = queries.association_name(db.session(), association_id, reach=current_reach())
    if name is None:
        raise NotFound
    return name


def _of_village(session: Session, village: VillagePlace) -> VillagePanel | None:
    """For staff and the village's own reporters; the public has the published figures."""
    reach = current_reach()
    if reach.user_id is None:
        return None
    lines = queries.village_history(session, village.id, reach=reach)
    return (
        VillagePanel(lines, flags_of_village(session, village.id, reach=reach)) if lines else None
    )


panels.on_village(blueprint, order=60, load=_of_village, template="connections/village_panel.html")
